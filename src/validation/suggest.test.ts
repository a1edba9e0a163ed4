import { expect, test } from "vitest";

import { pluginIds } from "../plugins.ts";
import { unknownName } from "./suggest.ts";

const kind = { zh: "评分器", en: "grader" };

test.each([
  ["exakt", ["exact", "numeric"], '未知的评分器 "exakt"；是否应为 "exact"？'],
  [
    "rouge1",
    ["rouge-l", "rouge-n", "bleu"],
    '未知的评分器 "rouge1"；是否应为 "rouge-l" 或 "rouge-n"？',
  ],
  ["答案", ["exact", "numeric"], '未知的评分器 "答案"；可用：exact、numeric'],
  ["答案", ["a", "b", "c", "d"], '未知的评分器 "答案"；可用的有 4 个，如 a、b、c'],
  ["答案", [], '未知的评分器 "答案"'],
  ["x".repeat(50), [], `未知的评分器 "${"x".repeat(39)}…"`],
])("%j among %j", (name, known, zh) => {
  expect(unknownName(kind, name, known).zh).toBe(zh);
});

test("of many names three are told at most, in either language", () => {
  const known = pluginIds("protocols");
  expect(known.length).toBeGreaterThan(10);
  for (const name of ["openai", "完全不同", "zz", "open-ai-chat"]) {
    const { zh, en } = unknownName(kind, name, known);
    const told = (text: string) => known.filter((id) => new RegExp(`\\b${id}\\b(?!-)`).test(text));
    expect(told(zh).length).toBeLessThanOrEqual(3);
    expect(told(en)).toEqual(told(zh));
  }
});
