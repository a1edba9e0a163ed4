import { z } from "zod";

import type { Gold } from "../../domain/grader.ts";

import { letteredOptions } from "../../domain/rotate.ts";
import { Options } from "../../domain/suite.ts";

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One labelled reply. Other fields are ignored, because labelled files have extra columns. */
export const LabelledRow = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  question: z.string().nullish(),
  options: Options.nullish(),
  answer: z.union([Scalar, z.array(Scalar)]).nullish(),
  answers: z.array(z.union([Scalar, z.array(Scalar)])).nullish(),
  aliases: z.array(z.string()).nullish(),
  tolerance: z.number().nonnegative().nullish(),
  unit: z.string().nullish(),
  partial: z.string().nullish(),
  response: z.string(),
  label: z
    .union([z.boolean(), z.number().min(0).max(1)])
    .describe("does the reply give the gold answer, or how much credit it deserves"),
});
export type LabelledRow = z.infer<typeof LabelledRow>;

/** A labelled reply for the graders of one file, which may say more about itself. */
export const GraderRow = LabelledRow.extend({
  grader: z.string().nullish().describe("the grader to measure with this row"),
  with: z.record(z.string(), z.json()).nullish().describe("options of the grader for this row"),
  kind: z.string().nullish().describe("what is special about the reply; reported by kind"),
  expect: Scalar.nullish().describe("the answer that the reply gives; empty where it gives none"),
  debatable: z.boolean().nullish().describe("people may differ about the label; reported apart"),
});
export type GraderRow = z.infer<typeof GraderRow>;

/** The gold of a row, in the form of a suite's turn. */
export const goldOfRow = (row: Omit<LabelledRow, "label">): Gold => ({
  question: row.question ?? "",
  options: letteredOptions(row.options ?? undefined),
  answer: row.answer ?? null,
  answers: row.answers ?? null,
  aliases: row.aliases ?? [],
  tolerance: row.tolerance ?? null,
  unit: row.unit ?? null,
  points: null,
  partial: row.partial ?? null,
  reference: null,
  rubric: null,
  constraints: null,
  tests: null,
  expected_calls: null,
  expect: null,
});
