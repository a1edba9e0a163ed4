import { z } from "zod";

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** An expression that must be true of the program; what it calls is run apart from what it is compared with. */
const AssertTest = z.strictObject({
  assert: z.string().min(1).describe("such as f([3, 1, 2]) == [1, 2, 3]"),
  setup: z
    .string()
    .min(1)
    .optional()
    .describe("code that runs before it, in the program's own names"),
});

const OutputTest = z.strictObject({
  stdin: z.string(),
  stdout: z.string().describe("what the program must print; spaces at line ends do not count"),
});

const QueryTest = z.strictObject({
  sql: z.strictObject({
    schema: z.string().min(1).describe("statements that make the tables"),
    rows: z.string().min(1).optional().describe("statements that fill them"),
    after: z
      .string()
      .min(1)
      .optional()
      .describe("a query after the program, whose rows count instead of the program's"),
    expect: z.array(z.array(Cell)).describe("the rows, column by column"),
    ordered: z.boolean().optional().describe("whether their order counts; without it, it does not"),
  }),
});

export const CodeTest = z.union([AssertTest, OutputTest, QueryTest]);
export type CodeTest = z.infer<typeof CodeTest>;
export type AssertTest = z.infer<typeof AssertTest>;
export type OutputTest = z.infer<typeof OutputTest>;
export type QueryTest = z.infer<typeof QueryTest>;

/** Tests of the grader `code`; a map is kept for graders of one's own. */
export const Tests = z.union([z.array(CodeTest).min(1), z.record(z.string(), z.json())]);
