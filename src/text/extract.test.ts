import { expect, test } from "vitest";

import { stripThink } from "./extract.ts";

test.each([
  ["答案：B", "答案：B", false],
  ["<think>先看A</think>\n答案：B", "答案：B", false],
  ["先看A，再看B</think>答案：C", "答案：C", false],
  ["<think>一</think>中<think>二</think>答案：D", "中答案：D", false],
  ["<think>想到一半就没有了，答案可能是A", "", true],
  ["<Think>大写</THINK>答案：A", "答案：A", false],
  ["◁think▷月之暗面◁/think▷B", "B", false],
  ["若 a<b，则选A", "若 a<b，则选A", false],
])("%j", (reply, text, unclosed) => {
  expect(stripThink(reply)).toEqual({ text, unclosed });
});
