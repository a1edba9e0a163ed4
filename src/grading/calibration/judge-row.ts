import { z } from "zod";

import type { Gold } from "../../domain/grader.ts";

import { goldOfRow, LabelledRow } from "./row.ts";

const Marks = z.record(z.string(), z.number());

const Battle = z.enum(["win", "tie", "loss"]);

/** A judge's recorded verdict: marks, one mark, yes or no, or the text it wrote; of a pair, also that of each order. */
export const Recorded = z.union([
  z.string().min(1),
  z.number(),
  z.boolean(),
  z.object({
    judge: z.string().min(1).optional(),
    marks: Marks.optional(),
    mark: z.number().optional(),
    text: z.string().optional(),
    reason: z.string().optional(),
    orders: z.tuple([Battle, Battle]).optional(),
  }),
]);
export type Recorded = z.infer<typeof Recorded>;

/** One person's marks of a reply: of the whole, or of the whole and by criterion. */
const RaterMarks = z.union([
  z.number(),
  z.boolean(),
  z.object({ mark: z.number().optional(), marks: Marks.optional() }),
]);

/**
 * A reply marked by people, for a judge: `label` in [0, 1] or yes or no, or `mark` on the judge's own scale, and `marks`
 * by criterion, or each person's own under `raters`, whose mean then stands for them all. With `recorded`, no judge is
 * called.
 */
export const JudgeRow = LabelledRow.extend({
  label: LabelledRow.shape.label.optional(),
  mark: z.number().optional().describe("a person's mark on the scale of the judge"),
  marks: Marks.optional().describe("a person's marks by criterion"),
  raters: z
    .union([z.array(RaterMarks).min(1), z.record(z.string(), RaterMarks)])
    .optional()
    .describe("each person's own marks, by name or in a list"),
  kind: z.string().nullish().describe("reported by kind"),
  reference: z.string().nullish(),
  rubric: z.union([z.string(), z.array(z.json())]).nullish(),
  baseline: z.string().nullish().describe("the other answer of a pair"),
  dimension: z.union([z.string(), z.array(z.string())]).nullish(),
  category: z.string().nullish(),
  recorded: z.array(Recorded).min(1).optional().describe("what judges said earlier, a vote each"),
}).refine(
  ({ label, mark, marks, raters }) =>
    [label, mark, marks, raters].some((given) => given !== undefined),
  {
    message: "a person's label, mark or marks are needed (or those of several raters)",
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

/** What a row is asked about: rows with one question hang together. */
export const questionOf = ({ question, id, response }: JudgeRow): string =>
  question ?? String(id ?? response);

/** Each person's mark of the whole on the scale up to `high`, in [0, 1]; empty where no single ones are known. */
export const ratersValues = ({ raters = [] }: JudgeRow, high: number): readonly number[] =>
  Object.values(raters).flatMap((given) => {
    const mark = typeof given === "object" ? given.mark : Number(given);
    return mark === undefined ? [] : [mark / high];
  });

/** People's mark in [0, 1]: theirs together, else the mean of the raters'; null where they marked only single criteria. */
export function humanValue(row: JudgeRow, high: number): number | null {
  if (row.label !== undefined) return Number(row.label);
  if (row.mark !== undefined) return row.mark / high;
  const own = ratersValues(row, high);
  return own.length === 0 ? null : own.reduce((sum, each) => sum + each, 0) / own.length;
}

/** People's marks by criterion, as they gave them: together, and each person's own. */
export function humanMarks(
  row: JudgeRow,
): ReadonlyMap<string, { readonly person: number; readonly people: readonly number[] }> {
  const own = Object.values(row.raters ?? []).flatMap((given) =>
    typeof given === "object" && given.marks !== undefined ? Object.entries(given.marks) : [],
  );
  const people = Map.groupBy(own, ([name]) => name);
  const names = new Set([...Object.keys(row.marks ?? {}), ...people.keys()]);
  return new Map(
    [...names].map((name) => {
      const marks = (people.get(name) ?? []).map(([, mark]) => mark);
      const mean = marks.reduce((sum, each) => sum + each, 0) / marks.length;
      return [name, { person: row.marks?.[name] ?? mean, people: marks }];
    }),
  );
}
