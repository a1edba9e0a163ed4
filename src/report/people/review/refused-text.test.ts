import { expect, test } from "vitest";

import type { Text } from "../../../domain/text.ts";

import { refusedLines } from "./refused-text.ts";

const noName: Text = { zh: "没有裁定人", en: "nobody is named" };
const unknown = (cell: string): Text => ({ zh: `不认识“${cell}”`, en: `unknown “${cell}”` });
const rows = (message: Text, ...numbers: readonly number[]) =>
  numbers.map((row) => ({ row, message }));

test.each([
  ["none", [], [], []],
  ["one", rows(noName, 3), ["  第 3 行：没有裁定人"], ["  row 3: nobody is named"]],
  [
    "neighbours and one apart",
    rows(noName, 2, 3, 4, 5, 6, 7, 8, 9, 12),
    ["  第 2–9、12 行：没有裁定人"],
    ["  rows 2–9, 12: nobody is named"],
  ],
  [
    "in whatever order, past ten",
    rows(noName, 11, 9, 10, 2),
    ["  第 2、9–11 行：没有裁定人"],
    ["  rows 2, 9–11: nobody is named"],
  ],
  [
    "a reason has its own line, in the order in which they first came",
    [
      ...rows(noName, 2, 3),
      ...rows(unknown("也许"), 4),
      ...rows(noName, 5),
      ...rows(unknown("？"), 6),
    ],
    ["  第 2–3、5 行：没有裁定人", "  第 4 行：不认识“也许”", "  第 6 行：不认识“？”"],
    ["  rows 2–3, 5: nobody is named", "  row 4: unknown “也许”", "  row 6: unknown “？”"],
  ],
])("%s", (_, refused, zh, en) => {
  expect(refusedLines(refused, "zh")).toEqual(zh);
  expect(refusedLines(refused, "en")).toEqual(en);
});
