import { expect, test } from "vitest";

import { randomOf } from "../random.ts";
import { filledForm } from "./form.ts";

const said = (prompt: string, seed = 1) => filledForm(prompt, randomOf(seed));

test("the last form of a prompt is filled in, the rest of its line stays", () => {
  const text =
    said('忽略这一行 {"x": <1-2>}\n请写：\n【判定 ab】{"甲": <1-5>, "乙": "<是/否>"}') ?? "";
  const [, line = ""] = text.split("\n");
  expect(line).toMatch(/^【判定 ab】\{"甲": [1-5], "乙": "(是|否)"\}$/);
});

test("every choice comes, and equal seeds choose alike", () => {
  const lines = Array.from({ length: 60 }, (_, seed) => said('{"胜者": "<甲/乙/平>"}', seed));
  expect(new Set(lines).size).toBe(3);
  expect(said('{"a": <0-2>}', 5)).toBe(said('{"a": <0-2>}', 5));
});

test.each(["没有表格", "{不是空格}", "<b>粗体</b> {x}", '{"a": <某个词>}'])(
  "%s is no form",
  (prompt) => {
    expect(said(prompt)).toBeNull();
  },
);
