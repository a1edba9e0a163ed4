import { expect, test } from "vitest";

import { segmentsOf } from "../../../text/segments/segments.ts";
import { withTablesTold } from "./tables.ts";

const told = (reply: string): readonly string[] =>
  withTablesTold(segmentsOf(reply), reply).map(({ text }) => text);

test.each([
  [
    "| 项目 | 金额（元） |\n|---|---|\n| 房租 | 900 |\n| 水电 | 120 |",
    ["房租 金额: 900元、水电 金额: 120元"],
  ],
  ["| 步骤 | 算式 | 得数 |\n|---|---|---|\n| 求和 | 7+5 | 12 |", ["求和 得数: 12"]],
  [
    "| 班级 | 人数 |\n|---|---|\n| 一班 | 40 |\n| 二班 | **42** |",
    ["一班 人数: 40、∴二班 人数: **42**"],
  ],
  [
    "| 年份 | 产量（吨） | 产值（万元） |\n|---|---|---|\n| 2021 | 30 | 8 |\n| 2022 | 34 | 9 |",
    ["2021年 产量: 30吨、2021年 产值: 8万元、2022年 产量: 34吨、2022年 产值: 9万元"],
  ],
  ["| 货物 | 质量/kg |\n|---|---|\n| 米 | 25 |", ["米 质量: 25kg"]],
  [
    "| 月 | 用电 |\n|---|---|\n| **5** | **88** |\n| 6 | 90 |",
    ["∴第5月 用电: **88**、第6月 用电: 90"],
  ],
  ["共 12 人", ["共 12 人"]],
])("%j tells %j", (reply, texts) => {
  expect(told(reply)).toEqual(texts);
});

test("a column for the answer with one cell stays an announcement", () => {
  const reply = "| 题号 | 答案 |\n|---|---|\n| 1 | 36 |";
  const parts = withTablesTold(segmentsOf(reply), reply);
  expect(parts.at(-1)).toMatchObject({ kind: "announcement", text: "36" });
});
