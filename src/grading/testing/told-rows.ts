import { readFileSync } from "node:fs";

import { z } from "zod";

const Row = z.strictObject({
  grader: z.enum(["exact", "value", "numeric", "math"]),
  kind: z.string().default(""),
  reply: z.string(),
  answer: z.string(),
  unit: z.string().nullable().default(null),
  question: z.string().default(""),
  tolerance: z.number().nullable().default(null),
  with: z.record(z.string(), z.unknown()).default({}),
  /** The answer that the reply gives; null where it gives none. */
  expect: z.string().nullish(),
  /** What a person says of the reply. */
  verdict: z.enum(["right", "wrong", "unresolved"]),
});
export type ToldRow = z.output<typeof Row>;

/**
 * Replies in the manners of models, most of which ignore the form that a prompt asks for, with the verdict of a person. Some
 * are graded otherwise; how many stands in the test beside this file.
 */
export const toldRows: readonly ToldRow[] = ["number-replies.jsonl", "value-replies.jsonl"].flatMap(
  rowsOf,
);

/** Harder replies to questions with numbers: long prose, side remarks, corrections, hedges, tables and JSON. */
export const proseRows: readonly ToldRow[] = rowsOf("number-prose.jsonl");

function rowsOf(file: string): readonly ToldRow[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => Row.parse(JSON.parse(line)));
}
