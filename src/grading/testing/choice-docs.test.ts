import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import type { Gold } from "../../domain/grader.ts";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const options = { A: "儒家", B: "道家", C: "法家", D: "墨家" };
const golds: Readonly<Record<string, Partial<Gold>>> = {
  single: { question: "庄子是下列哪一学派的代表人物？", options, answer: "B" },
  wrong: { question: "下列关于诸子百家的说法，错误的一项是", options, answer: "B" },
  several: { question: "（多选）下列学派中，产生于春秋战国的有", options, answer: "ACD" },
};

/** A row of the pages' tables; ⏎ stands for a line end, — for unresolved. */
const row = /^\| (.+?) \| (single|wrong|several) \| ([A-D]+|—) \|$/gm;
const rows = ["choice.md", "choice.zh-CN.md"].flatMap((name) => {
  const page = readFileSync(new URL(`../../../docs/graders/${name}`, import.meta.url), "utf8");
  return Array.from(page.matchAll(row), ([, reply = "", question = "", letters = ""]) => {
    const text = reply.replaceAll("⏎", "\n").replaceAll("\\|", "|");
    return [text, question, letters === "—" ? null : letters] as const;
  });
});

test("the pages have tables", () => {
  expect(rows.length).toBeGreaterThan(60);
});

test.each(rows)("%j, %s: %s", async (reply, question, letters) => {
  const sample = sampleOf(reply, golds[question] ?? {});
  const grade = await gradeSample(grader, parseGraderOptions(grader, {}), sample);
  expect([grade.extracted, grade.why]).toEqual([letters, grade.why]);
});
