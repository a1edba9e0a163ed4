import { z } from "zod";

import type { Gold } from "../../domain/grader.ts";

import { goldOfRow, LabelledRow } from "./row.ts";

const Marks = z.record(z.string(), z.number());

/** A judge's recorded verdict: marks, one mark, yes or no, or the text it wrote. */
export const Recorded = z.union([
  z.string().min(1),
  z.number(),
  z.boolean(),
  z.object({
    judge: z.string().min(1).optional(),
    marks: Marks.optional(),
    mark: z.number().optional(),
    text: z.string().optional(),
  }),
]);
export type Recorded = z.infer<typeof Recorded>;

/**
 * A reply marked by people, for a judge: `label` in [0, 1] or yes or no, or `mark` on the judge's own scale, and `marks`
 * by criterion. With `recorded`, no judge is called.
 */
export const JudgeRow = LabelledRow.extend({
  label: LabelledRow.shape.label.optional(),
  mark: z.number().optional().describe("a person's mark on the scale of the judge"),
  marks: Marks.optional().describe("a person's marks by criterion"),
  reference: z.string().nullish(),
  rubric: z.union([z.string(), z.array(z.json())]).nullish(),
  baseline: z.string().nullish().describe("the other answer of a pair"),
  dimension: z.union([z.string(), z.array(z.string())]).nullish(),
  category: z.string().nullish(),
  recorded: z.array(Recorded).min(1).optional().describe("what judges said earlier, a vote each"),
}).refine(
  ({ label, mark, marks }) => label !== undefined || mark !== undefined || marks !== undefined,
  {
    message: "a person's label, mark or marks are needed",
    path: ["label"],
  },
);
export type JudgeRow = z.infer<typeof JudgeRow>;

/** The gold of a row, in the form of a suite's turn. */
export const goldOfJudgeRow = (row: JudgeRow): Gold => ({
  ...goldOfRow(row),
  reference: row.reference ?? null,
  rubric: row.rubric ?? null,
});

/** The path of a row, as one name. */
export const dimensionOf = ({ dimension, category }: JudgeRow): string | null =>
  dimension === undefined || dimension === null ? (category ?? null) : [dimension].flat().join("/");

/** People's mark in [0, 1]; null where they marked only single criteria. */
export function humanValue({ label, mark }: JudgeRow, high: number): number | null {
  if (label !== undefined) return Number(label);
  return mark === undefined ? null : mark / high;
}
