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
  /** What a person says of the reply. */
  verdict: z.enum(["right", "wrong", "unresolved"]),
});
export type ToldRow = z.output<typeof Row>;

/**
 * Replies in the manners of models, most of which ignore the form that a prompt asks for, with the verdict of a person. Some
 * are graded otherwise; how many stands in the test beside this file.
 */
export const toldRows: readonly ToldRow[] = ["number-replies.jsonl", "value-replies.jsonl"].flatMap(
  (file) =>
    readFileSync(new URL(file, import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((line) => Row.parse(JSON.parse(line))),
);
