import { expect, test } from "vitest";

import { fold, plain, stripLatex, stripMarkdown } from "./normalise.ts";

test.each([
  ["答案：Ｂ。", "答案:B。"],
  ["１２．５％", "12.5%"],
  ["甲\u200b乙\u0000丙\r\n丁\ufe0f", "甲乙丙\n丁"],
  ["孤\ud83d立", "孤\ufffd立"],
])("fold %j", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each([
  ["**答案：** `D`", "答案： D"],
  ["## 结论\n> 选 *B*", "结论\n选 B"],
  ["3*4=12", "3*4=12"],
])("stripMarkdown %j", (text, bare) => {
  expect(stripMarkdown(text)).toBe(bare);
});

test("stripLatex keeps the text", () => {
  expect(stripLatex("故选 $\\text{BD}$，\\(\\left(1\\right)\\)")).toBe("故选 {BD}，(1)");
});

test.each([
  ["“道家”。", "道家", true],
  ["《红楼梦》", "红楼梦", true],
  ["3.50", "350", false],
  ["-5", "5", false],
  ["1,200", "1200", true],
  ["**Apple**", "apple", true],
  ["50%", "50", false],
])("plain %j and %j", (a, b, equal) => {
  expect(plain(a) === plain(b)).toBe(equal);
});
