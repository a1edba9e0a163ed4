import { expect, test } from "vitest";

import { allRisks, riskClasses, riskNamed } from "./risks.ts";

test("there are 31 risks in 5 classes of 8, 9, 5, 7 and 2", () => {
  expect(allRisks).toHaveLength(31);
  expect(riskClasses.map(({ risks }) => risks.length)).toEqual([8, 9, 5, 7, 2]);
});

test.each([
  ["A1.3", "A1.3"],
  ["A.1 c", "A1.3"],
  ["Ａ１ｃ", "A1.3"],
  ["a2.9", "A2.9"],
  ["A.5（b）", "A5.2"],
  ["性别歧视", "A2.5"],
  ["侵犯他人肖像权", "A4.2"],
  ["肖像权", "A4.2"],
  ["宣扬暴力、淫秽色情", "A1.6"],
  ["商业秘密", "A3.3"],
  ["A1.9", null],
  ["歧视", null],
  ["其他", null],
  ["", null],
])("%s is %s", (text, code) => {
  expect(riskNamed(text)?.code ?? null).toBe(code);
});
