import { expect, test } from "vitest";

import { randomOf } from "../random.ts";
import { filledForm } from "./form.ts";

const filled = (prompt: string, seed = 1) => filledForm(prompt, randomOf(seed));

test("fills in the last form of a prompt and keeps the rest of its line", () => {
  const text =
    filled('忽略这一行 {"x": <1-2>}\n请写：\n【判定 ab】{"甲": <1-5>, "乙": "<是/否>"}') ?? "";
  const [, line = ""] = text.split("\n");
  expect(line).toMatch(/^【判定 ab】\{"甲": [1-5], "乙": "(是|否)"\}$/);
});

test("every choice occurs, and equal seeds give equal choices", () => {
  const lines = Array.from({ length: 60 }, (_, seed) => filled('{"胜者": "<甲/乙/平>"}', seed));
  expect(new Set(lines).size).toBe(3);
  expect(filled('{"a": <0-2>}', 5)).toBe(filled('{"a": <0-2>}', 5));
});

test.each(["没有表格", "{不是空格}", "<b>粗体</b> {x}", '{"a": <某个词>}'])(
  "%s is no form",
  (prompt) => {
    expect(filled(prompt)).toBeNull();
  },
);
