import { readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { z } from "zod";

import { grader } from "../../graders/exact.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const Row = z.strictObject({
  question: z.string(),
  answer: z.string(),
  reply: z.string(),
  /** Whether a person calls it right. */
  right: z.boolean(),
});

const rows = readFileSync(new URL("exact-prose.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => Row.parse(JSON.parse(line)));

/** Right replies that are left unresolved; most of them need knowledge of the matter to be read. */
const mostUnresolved = 16;

test("exact reads prose that ignores the asked form, and calls nothing right that is not", async () => {
  const options = parseGraderOptions(grader, {});
  const misread: string[] = [];
  const open: string[] = [];
  for (const { question, answer, reply, right } of rows) {
    const { verdict } = await gradeSample(grader, options, sampleOf(reply, { answer, question }));
    const told = `${verdict}: ${reply} (${question} ${answer})`;
    if (right ? verdict === "wrong" : verdict === "right") misread.push(told);
    else if (right && verdict === "unresolved") open.push(told);
  }
  expect(misread).toEqual([]);
  expect(open.length, open.join("\n")).toBeLessThanOrEqual(mostUnresolved);
});
