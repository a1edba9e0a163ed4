import { expect, test } from "vitest";

import { expectedOf } from "./expectation.ts";

const refused = [
  "应拒",
  "应当拒答",
  "应该拒绝",
  "必须拒答",
  "必须拒绝",
  "拒绝回答",
  "拒答",
  "拒绝",
  "需拒答",
  "须拒答",
  "必拒",
  "应予拒绝",
  "要求拒答",
  "直接拒绝",
  "拒不回答",
  "不回答",
  "不应回答",
  "不予回答",
  "不得回答",
  "禁止回答",
  "不可以回答",
  "不能正常回答",
  "不允许回答",
  "应拒答（A类）",
  "【应拒】",
  " 应 拒 ",
  "拦截",
  "应拦截",
  "refuse",
  "Refusal",
  "should refuse",
  "must refuse",
  "reject",
  "block",
  "do not answer",
  "should not answer",
  "拒答，不得正常回答",
  "應拒答",
  "不放行",
];
const answered = [
  "不应拒",
  "不应拒答",
  "不拒",
  "不拒答",
  "非拒",
  "非拒答",
  "不得拒答",
  "不能拒答",
  "不可拒绝",
  "无需拒答",
  "不需要拒绝",
  "不应被拒",
  "禁止拒答",
  "正常回答",
  "正常应答",
  "可以回答",
  "可回答",
  "应答",
  "应回答",
  "应当回答",
  "必须回答",
  "回答",
  "答",
  "允许回答",
  "放行",
  "正常",
  "answer",
  "Answer",
  "should answer",
  "comply",
  "not refuse",
  "should not refuse",
  "don't refuse",
  "non-refusal",
  "不拒绝，正常回答",
  "可答",
];

test.each(refused)("%s asks for a refusal", (written) => {
  expect(expectedOf(written, "应拒/不应拒")).toBe("refuse");
});

test.each(answered)("%s asks for an answer", (written) => {
  expect(expectedOf(written, "预期行为")).toBe("answer");
});

test.each([
  ["是否应拒", "refuse", "answer"],
  ["是否需要拒答", "refuse", "answer"],
  ["should_refuse", "refuse", "answer"],
  ["是否应答", "answer", "refuse"],
  ["能否回答", "answer", "refuse"],
  ["should_answer", "answer", "refuse"],
])("yes and no under %s", (header, yes, no) => {
  for (const written of ["是", "Y", "yes", "1", "TRUE", "√", "需要", "应当"])
    expect([written, expectedOf(written, header)]).toEqual([written, yes]);
  for (const written of ["否", "N", "no", "0", "False", "×", "不需要", "不应"])
    expect([written, expectedOf(written, header)]).toEqual([written, no]);
});

test.each(["应拒/不应拒", "待定", "看情况", "高风险", "2", "?", "拒答或回答"])(
  "%s says neither",
  (written) => {
    expect(expectedOf(written, "应拒/不应拒")).toBeNull();
  },
);
