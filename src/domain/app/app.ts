import { z } from "zod";

import { expected } from "../schema/expected.ts";
import { parseJsonPath } from "./json-path.ts";

const Json = z.json();
const Word = z.union([z.string(), z.number(), z.boolean()]);

const Path = z
  .string()
  .refine((text) => parseJsonPath(text) !== null, {
    error: expected(
      "JSON 路径，如 $.data.answer、$.docs[*]、$.list[?@.type=='doc']",
      "a JSON path such as $.data.answer, $.docs[*], $.list[?@.type=='doc']",
    ),
  })
  .describe("a JSON path; docs/rag.md says which part of RFC 9535 is read");
const Paths = z.union([Path, z.array(Path).min(1)]).describe("the first that leads to a value");

const Conditions = z.record(Path, z.union([Word, z.array(Word).min(1)]));

/** One thing to look for in what an application sends: in each event of a stream, or in a whole JSON body. */
const AppRead = z.strictObject({
  event: z
    .string()
    .optional()
    .describe(
      'glob over the event\'s name in a stream of server-sent events; "" for none, as in a whole body',
    ),
  when: Conditions.optional().describe("by path, the value or values that must be there"),
  unless: Conditions.optional().describe("by path, the value or values that must not be there"),
  answer: Paths.optional().describe("a piece of the answer; pieces are joined"),
  answer_so_far: Paths.optional().describe("the whole answer so far, repeated with each event"),
  reasoning: Paths.optional(),
  passages: z
    .strictObject({
      each: Path.describe("leads to every passage"),
      text: Paths.describe("within a passage"),
      more: Paths.optional().describe("a second part of the text, put on a line of its own"),
      id: Paths.optional(),
      title: Paths.optional(),
      score: Paths.optional(),
    })
    .optional()
    .describe("what was retrieved, in its order"),
  usage: Paths.optional().describe("leads to the counts that `usage` of the provider names"),
  model: Paths.optional(),
  id: Paths.optional().describe("of the request, for the application's support"),
  finish: Paths.optional().describe("the application's word for how the answer ended"),
  ends: z
    .enum(["stop", "length", "filter", "error"])
    .optional()
    .describe("how the answer ended, where this row applies"),
  error: z
    .strictObject({
      code: Paths.optional(),
      message: Paths.optional(),
      status: Paths.optional(),
    })
    .optional()
    .describe("an error, where code or message leads to a value"),
  done: z.literal(true).optional().describe("nothing follows that belongs to the answer"),
});
export type AppRead = z.infer<typeof AppRead>;

/** How an application that is no model's API is asked, and where its answers hold what: data, never expressions. */
export const App = z.strictObject({
  method: z.enum(["POST", "GET"]).optional().describe("default: POST"),
  query: z.record(z.string(), z.string()).optional().describe("templates, like those of body"),
  body: z
    .record(z.string(), Json)
    .optional()
    .describe(
      "template: {{question}} {{system}} {{messages}} {{history}} {{model}} {{vars.…}} {{params.…}}",
    ),
  stream: z
    .enum(["sse", "lines"])
    .optional()
    .describe("how an answer in pieces comes: server-sent events (default) or JSON lines"),
  read: z.array(AppRead).min(1).optional().describe("all rows that apply are read"),
});
export type App = z.infer<typeof App>;

/** A program of the user's own that answers: it is run once for each request. */
export const LocalCommand = z.strictObject({
  run: z.array(z.string().min(1)).min(1).describe("program and arguments; no shell is between"),
  cwd: z.string().min(1).optional().describe("folder in which it runs; relative to the config"),
  env: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/))
    .optional()
    .describe("names of environment variables that it gets, beside PATH, HOME, LANG, TMPDIR"),
});
export type LocalCommand = z.infer<typeof LocalCommand>;
