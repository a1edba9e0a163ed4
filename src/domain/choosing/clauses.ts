import { z } from "zod";

import { formats } from "../formats.ts";

const text = z.string().trim().min(1);
/** Numbers of clauses are often written without quotes. */
const TextOrNumber = z.union([text, z.number().transform(String)]);

/** A buyer's clauses, each of which is answered by a row of the response table. */
export const Clauses = z.strictObject({
  schema: z.literal(formats.clauses),
  title: text.optional(),
  clauses: z
    .array(
      z.strictObject({
        no: TextOrNumber.describe("number of the clause, as the tender has it"),
        mark: z.enum(["★", "▲"]).optional().describe("★: one miss rejects; ▲: misses are counted"),
        requirement: text.describe("the clause's words"),
        measure: text
          .optional()
          .describe("id or name of a measure (baimo respond --measures); absent: the user answers"),
        bound: TextOrNumber.optional().describe(
          "what the value has to keep, such as ≥ 99 %, ≤ 300 ms",
        ),
        of: text
          .optional()
          .describe(
            "a suite, suite/task, tag=…, difficulty=… or a dimension; absent: the whole run",
          ),
        label: text.optional().describe("of suites that are graded by labels"),
        at: text.optional().describe("the load, such as 200 并发 or 20 QPS"),
        state: text.optional().describe("the user's own answer: 满足, 不满足 or 未测"),
        value: TextOrNumber.optional().describe("what the user states"),
        evidence: text.optional().describe("where the user's evidence is"),
      }),
    )
    .min(1),
});
export type Clauses = z.infer<typeof Clauses>;
