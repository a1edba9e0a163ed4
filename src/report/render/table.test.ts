import { describe, expect, test } from "vitest";

import type { Table } from "./table.ts";

import { widthOf } from "./width.ts";
import { columnsThatFit, renderCsv, renderMarkdown, renderTerminal } from "./table.ts";

const table: Table = {
  columns: [
    { title: "模型", shrink: 6 },
    { title: "分", align: "right" },
    { title: "首字延迟", align: "right", drop: 1 },
    { title: "机构", drop: 2 },
  ],
  rows: [
    ["qwen/通义千问", "82.4", "0.215", "阿里云"],
    ["deepseek/chat", "9.0", "12.3", "深度求索"],
  ],
};

test("columns stand below each other by width, not by length", () => {
  expect(renderTerminal(table)).toBe(
    [
      "模型             分  首字延迟  机构",
      "─────────────  ────  ────────  ────────",
      "qwen/通义千问  82.4     0.215  阿里云",
      "deepseek/chat   9.0      12.3  深度求索",
    ].join("\n"),
  );
});

describe("a narrow terminal", () => {
  test.each([
    [40, [0, 1, 2, 3]],
    [36, [0, 1, 2]],
    [20, [0, 1]],
    [8, [0, 1]],
  ])("%i columns", (width, shown) => {
    expect(columnsThatFit(table, width)).toEqual(shown);
    for (const line of renderTerminal(table, width).split("\n")) {
      expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });
});

test("Markdown in a cell stays text", () => {
  const rows = [["a|b `c` [d](e)", "1", "", ""]];
  expect(renderMarkdown({ columns: table.columns, rows }).split("\n")[2]).toBe(
    String.raw`| a\|b \`c\` \[d\](e) | 1 |  |  |`,
  );
});

test("CSV quotes, and no cell is a formula", () => {
  const rows = [["=cmd()", "-1.5", 'a,"b"', "-"]];
  expect(renderCsv({ columns: table.columns, rows })).toBe(
    '\u{FEFF}模型,分,首字延迟,机构\r\n\'=cmd(),-1.5,"a,""b""",-\r\n',
  );
});
