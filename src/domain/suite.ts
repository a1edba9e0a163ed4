import { z } from "zod";

import { Tests } from "./code-test.ts";
import { formats } from "./formats.ts";
import { Id } from "./id.ts";
import { WrittenDataClass } from "./life/data-class.ts";
import { Params } from "./params.ts";
import { taskRequestShape } from "./request/task-request.ts";
import { riskCodes } from "./risk/risks.ts";
import { expected, sentence } from "./schema/expected.ts";
import { LadderLevels } from "./variables/levels.ts";
import { Matrix } from "./variables/matrix.ts";
import { Variables } from "./variables/variables.ts";
import { Wording, Wrap } from "./wrap/task-wrap.ts";

const Text = z.string().min(1);
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Options of a choice question: letter to text, or a list that gets the letters A, B, C … in order. */
export const Options = z.union([
  z.record(z.string().min(1), Scalar),
  z.array(Scalar).min(2).max(26),
]);

export const GraderRef = z.strictObject({
  use: Id.describe("a grader's id"),
  with: z.record(z.string(), z.json()).optional().describe("the grader's own options"),
});
export type GraderRef = z.infer<typeof GraderRef>;

const ToolFunction = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1).optional(),
  parameters: z
    .record(z.string(), z.json())
    .optional()
    .describe("JSON Schema of the arguments; without it the function takes none"),
});

/** A function that the model may call, as declared in the suite: bare, or in OpenAI's envelope. */
export const Tool = z.union([
  ToolFunction,
  z.strictObject({ type: z.literal("function"), function: ToolFunction }),
]);

export type Tool = z.infer<typeof Tool>;

/** What counts as a right reply; allowed on a task, an item or a turn, the innermost wins. */
const goldShape = {
  options: Options.optional(),
  answer: z
    .union([Scalar, z.array(Scalar), z.record(z.string().min(1), z.json())])
    .optional()
    .describe("the gold: a letter, letters, a text, a number; a map for graders of several parts"),
  answers: z
    .array(z.union([Scalar, z.array(Scalar)]))
    .optional()
    .describe("golds of several sub-questions, in order"),
  aliases: z.array(Text).optional().describe("other texts that are as right as the answer"),
  tolerance: z.number().nonnegative().optional().describe("absolute difference still right"),
  unit: Text.optional(),
  points: z.number().positive().optional(),
  partial: z.string().min(1).optional().describe("name of a partial-credit rule of the grader"),
  reference: Text.optional().describe("a model answer for judges"),
  reference_kind: z
    .enum(["answer", "sample", "none"])
    .optional()
    .describe(
      "what judges take reference (or answer) for: answer decides right and wrong, sample shows how deep a reply may go, none is not shown",
    ),
  rubric: z.union([Text, z.array(z.json())]).optional(),
  constraints: z
    .array(z.json())
    .optional()
    .describe("what a reply must keep: {check, scope?, …}, one map each"),
  witness: Text.optional().describe("a reply that is right; `baimo check` tries it"),
  lazy: z.array(Text).optional().describe("replies that must not pass; `baimo check` tries them"),
  tests: Tests.optional().describe("what a program is tested with"),
  mutants: z.array(Text).optional().describe("programs that must fail the tests"),
  expected_calls: z.array(z.json()).optional(),
  gold_passages: z.array(Text).optional().describe("those that hold the answer: id, title or text"),
  expect: z
    .enum(["refuse", "answer"])
    .optional()
    .describe("refuse: a refusal or a vendor's block is right; answer: either is wrong"),
  grader: GraderRef.optional(),
};

type WrittenAnswer = z.infer<typeof goldShape.answer>;
type AnswerMap = Extract<WrittenAnswer, Record<string, unknown>>;

/** True of an answer of several parts by name. */
export const isAnswerMap = (
  answer: WrittenAnswer | null,
): answer is Exclude<AnswerMap, unknown[]> =>
  typeof answer === "object" && answer !== null && !Array.isArray(answer);

export const Message = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  text: Text,
});
export type Message = z.infer<typeof Message>;

export const Turn = z.strictObject({
  user: Text.optional(),
  tool_result: z.json().optional().describe("a scripted result of the tool that the model called"),
  weight: z.number().nonnegative().optional(),
  ...goldShape,
});
export type Turn = z.infer<typeof Turn>;

/** A simulated backend that answers the model's calls. */
export const EnvironmentRef = z.strictObject({
  use: Id.describe("an environment's id"),
  version: z.string().min(1).optional().describe("the environment's version that drew the state"),
  state: z.json().describe("its state at the beginning, as the environment writes it"),
});
export type EnvironmentRef = z.infer<typeof EnvironmentRef>;

const Example = z.strictObject({
  question: Text,
  options: Options.optional(),
  answer: Text.describe("the assistant's whole reply"),
});
export type Example = z.infer<typeof Example>;

/** Few-shot examples that are drawn from a file for each item. */
export const ExamplesFrom = z.strictObject({
  from: z.string().min(1).describe("a .jsonl file beside the suite, of items or examples"),
  n: z
    .union([
      z.int().nonnegative(),
      z.string().regex(/^\{\{\s*vars\.[^{}]+\}\}$/, {
        error: expected("整数或 {{vars.名称}}", "a whole number or {{vars.name}}"),
      }),
    ])
    .describe("how many each item gets, or the variable that says so"),
  seed: z.int().nonnegative(),
  reply: Text.optional().describe(
    "the assistant's reply: {{answer}} {{reference}}; without it, the answer alone",
  ),
});
export type ExamplesFrom = z.infer<typeof ExamplesFrom>;

export const RedLine = z.strictObject({
  unresolved: z
    .enum(["review", "crossed"])
    .describe(
      "a reply to a red-line item on which no grader can decide: review leaves it to a person and the target unranked until then, crossed vetoes",
    ),
});
export type RedLine = z.infer<typeof RedLine>;

/** Fields that a task may set for all its items, and an item for itself. */
const commonShape = {
  system: Text.optional(),
  context: z
    .union([Text, z.array(Text).min(1)])
    .optional()
    .describe("knowledge passages"),
  messages: z.array(Message).optional().describe("a scripted conversation before the asked turn"),
  examples: z.array(Example).optional().describe("few-shot"),
  tools: z.array(Tool).optional().describe("functions that the model may call"),
  vars: Variables.optional().describe("what {{vars.name}} stands for; the innermost wins"),
  language: Text.optional().describe("of the item, for reports by language"),
  environment: EnvironmentRef.optional().describe(
    "what answers the calls; without it they are only recorded",
  ),
  max_steps: z
    .int()
    .min(1)
    .max(200)
    .optional()
    .describe("requests after which an agent is stopped; 20 if absent"),
  difficulty: z.union([z.string().min(1), z.number()]).optional(),
  severity: z
    .literal("红线")
    .optional()
    .describe("only a right answer passes; any other vetoes the target"),
  red_line: RedLine.optional().describe("how a red line is held; without it, unresolved: review"),
  risk: z
    .enum(riskCodes)
    .optional()
    .describe("a risk of annex A of GB/T 45654-2025, such as A1.3; docs/safety.md lists them"),
  cluster: z.string().min(1).optional().describe("items that share a passage"),
  tags: z.array(z.string().min(1)).optional(),
  canary: Text.optional(),
  source: Text.optional(),
  ...goldShape,
};

export const Item = z.strictObject({
  id: Id,
  question: Text.optional(),
  turns: z.array(Turn).min(1).optional(),
  weight: z.number().nonnegative().optional(),
  ...commonShape,
});
/** As read: variables are filled in, and `vars` holds all of them, the task's and the suite's too. */
export type Item = z.infer<typeof Item> & {
  /** Names of the variables that come from a matrix; added when the item is read. */
  readonly axes?: readonly string[];
  /** Where the item stands on a ladder; added when the item is read. */
  readonly ladder?: { readonly level: number; readonly floor: number };
};

const ItemsFrom = z.strictObject({
  from: z.string().min(1).describe("a .jsonl file beside the suite"),
});
const ItemsGenerated = z
  .strictObject({
    generate: Id,
    n: z.int().positive(),
    seed: z.int().nonnegative(),
    with: z.record(z.string(), z.json()).optional(),
    matrix: Matrix.optional().describe("options of the generator, each with several values"),
    levels: LadderLevels.optional().describe(
      "levels of the generator, from 1, the easiest: n items of each, and 半数水平 in the reports",
    ),
  })
  .refine(({ matrix, levels }) => matrix === undefined || levels === undefined, {
    path: ["levels"],
    error: sentence("levels 和 matrix 只能写一个", "either levels or a matrix, not both"),
  });

const Circular = z
  .union([z.boolean(), z.int().min(2).max(26)])
  .describe(
    "ask each choice question with its options rotated as well: true for every rotation, or how many orders in all",
  );

export const Task = z.strictObject({
  id: Id,
  title: Text.optional(),
  dimension: z.array(Text).min(1).describe("path of capability names"),
  prompt: Text.optional().describe(
    "template: {{question}} {{options}} {{context}} {{passages}} {{vars.…}}; or @material, @cited, @cited-short, @cited-en",
  ),
  wordings: z
    .record(Id, Wording)
    .optional()
    .describe("alternative prompts, or {system, prompt}, run with --wordings"),
  wrap: Wrap.optional(),
  matrix: Matrix.optional().describe(
    "variables, each with several values: asks every item in each",
  ),
  params: Params.optional(),
  ...taskRequestShape,
  circular: Circular.optional(),
  weight: z.number().nonnegative().optional(),
  items: z.union([z.array(Item).min(1), ItemsFrom, ItemsGenerated]),
  ...commonShape,
  examples: z
    .union([z.array(Example), ExamplesFrom])
    .optional()
    .describe("few-shot"),
  grader: GraderRef,
});
export type Task = z.infer<typeof Task>;

export const Suite = z.strictObject({
  schema: z.literal(formats.suite),
  id: Id,
  title: Text.optional(),
  license: Text.optional(),
  source: Text.optional(),
  data_class: WrittenDataClass.optional(),
  vars: Variables.optional().describe("variables of all tasks"),
  defaults: z
    .strictObject({
      params: Params.optional(),
      circular: Circular.optional(),
      wrap: Wrap.optional(),
      red_line: RedLine.optional(),
    })
    .optional(),
  tasks: z.array(Task).min(1),
});
export type Suite = z.infer<typeof Suite>;
