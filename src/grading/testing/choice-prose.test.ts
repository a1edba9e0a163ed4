import { readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { z } from "zod";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const Row = z.strictObject({
  question: z.string(),
  options: z.record(z.string(), z.string()).optional(),
  answer: z.string(),
  reply: z.string(),
  /** What a person reads; null where the reply leaves it open. */
  letters: z.string().nullable(),
});

/** Eleven batches, each written before the rules were mended for it. */
const rows = readFileSync(new URL("choice-prose.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => Row.parse(JSON.parse(line)));

/** Replies with an answer that is not found. */
const mostOpen = 66;

test("choice reads prose as a person does, or not at all", async () => {
  const parsed = parseGraderOptions(grader, {});
  const misread: string[] = [];
  const open: string[] = [];
  for (const { question, options, answer, reply, letters } of rows) {
    const gold = { question, answer, ...(options === undefined ? {} : { options }) };
    const { extracted, why } = await gradeSample(grader, parsed, sampleOf(reply, gold));
    if (extracted === letters) continue;
    const told = `${extracted ?? "-"} (${why}) for ${letters ?? "-"}: ${reply}`;
    (extracted === null ? open : misread).push(told);
  }
  expect(misread).toEqual([]);
  expect(open.length, open.join("\n")).toBeLessThanOrEqual(mostOpen);
});
