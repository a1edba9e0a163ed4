import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { expect, test } from "vitest";

import { amountText, count, fixed, percent, seconds, signed } from "../render/format.ts";
import { numberCell, numberTable } from "./numbers.ts";
import { shownNumber } from "./testing/read-paper.ts";

test.each([
  ["82.4", 82.4, "0.0"],
  ["1,234", 1234, "#,##0"],
  ["97.5%", 0.975, "0.0%"],
  ["100%", 1, "0%"],
  ["¥0.00173", 0.00173, '"¥"0.00000'],
  ["$1,204", 1204, '"$"#,##0'],
  ["-3.2", -3.2, "0.0"],
  ["+3.2", 3.2, "+0.0;-0.0"],
])("%s is a number", (text, value, format) => {
  expect(numberCell(text)).toEqual({ value, format });
});

test.each([
  "—",
  "∞",
  "未知",
  "≥¥1.20*",
  "007",
  "1/2",
  "=1+1",
  "12345678901234567",
  "1e5",
  "部分 3.0",
])("%s stays text", (text) => {
  expect(numberCell(text)).toEqual({ value: text });
});

test("what the report's formats write is shown again as it was", () => {
  const size = integer({ min: -9_999_999, max: 9_999_999 });
  const write = constantFrom(
    (n: number) => fixed(n / 1_000, 1),
    (n: number) => percent(Math.abs(n) / 9_999_999),
    (n: number) => seconds(Math.abs(n)),
    (n: number) => signed(n / 9_999_999),
    (n: number) => count(Math.abs(n), "zh"),
    (n: number) => `¥${amountText(Math.abs(n) / 1_000_000)}`,
  );
  assert(
    property(tuple(size, write), ([n, make]) => {
      const text = make(n);
      const { value, format } = numberCell(text);
      expect(typeof value).toBe("number");
      expect(shownNumber(Number(value), format ?? "")).toBe(text);
    }),
  );
});

test("intervals and pairs become columns of their own, and nothing else does", () => {
  const right = (title: string) => ({ title, align: "right" as const });
  const { columns, rows } = numberTable({
    columns: [
      { title: "模型" },
      right("效果分 (95% 区间)"),
      right("首字延迟 p50/p95 (秒)"),
      right("缺答按错/对算"),
    ],
    rows: [
      ["a/7", "82.4 (79.9–84.8)", "0.52/∞", "60.0–80.0"],
      ["007", "部分 3.0", "—", "—"],
    ],
  });
  expect(columns.map(({ title }) => title)).toEqual([
    "模型",
    "效果分",
    "效果分 下限",
    "效果分 上限",
    "首字延迟 p50 (秒)",
    "首字延迟 p95 (秒)",
    "缺答按错/对算",
  ]);
  expect(rows.map((row) => row.map(({ value }) => value))).toEqual([
    ["a/7", 82.4, 79.9, 84.8, 0.52, "∞", "60.0–80.0"],
    ["007", "部分 3.0", null, null, "—", null, "—"],
  ]);
});
