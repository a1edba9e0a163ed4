import { readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { z } from "zod";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { goldOf } from "./sample.ts";

const Row = z.strictObject({
  grader: z.enum(["choice", "exact", "value", "numeric", "math"]),
  question: z.string(),
  options: z.record(z.string(), z.string()).optional(),
  answer: z.string(),
  aliases: z.array(z.string()).default([]),
  unit: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  reply: z.string(),
  verdict: z.enum(["right", "wrong", "unresolved"]),
  /** The options that the reply chooses. */
  letters: z.string().optional(),
  /** What a wrong reply gives instead; for bench/numeric-weights.ts and bench/math-weights.ts. */
  expect: z.string().optional(),
});

/** 299, 150 and five times 300 replies, each batch written and labelled before the graders were mended for it. */
const rows = readFileSync(new URL("hard-replies.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => Row.parse(JSON.parse(line)));

/** How many of each grader's replies are left open though they say something, and how many are misread. */
const limits = {
  choice: { open: 134, misread: 12 },
  exact: { open: 95, misread: 3 },
  value: { open: 0, misread: 0 },
  numeric: { open: 22, misread: 13 },
  math: { open: 18, misread: 4 },
} as const;

test.each(["choice", "exact", "value", "numeric", "math"] as const)(
  "%s misreads few of the hard replies",
  async (id) => {
    const grader = await loadGrader(id);
    if (grader === null) throw new Error(id);
    const misread: string[] = [];
    const unread: string[] = [];
    for (const { reply, verdict, letters, ...row } of rows.filter((each) => each.grader === id)) {
      const { question, answer, aliases, unit = null, options = null } = row;
      const gold = goldOf({ question, answer, aliases, unit, options });
      const given = parseGraderOptions(grader, row.with);
      const grade = await gradeSample(grader, given, { gold, reply, finish_reason: "stop" }, {});
      const isOther = letters !== undefined && grade.extracted !== letters;
      if (grade.verdict === verdict && !(isOther && verdict !== "unresolved")) continue;
      (grade.verdict === "unresolved" ? unread : misread).push(`${reply} (${answer})`);
    }
    expect(misread.length, misread.join("\n")).toBeLessThanOrEqual(limits[id].misread);
    expect(unread.length, unread.join("\n")).toBeLessThanOrEqual(limits[id].open);
  },
);
