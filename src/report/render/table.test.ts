import { describe, expect, test } from "vitest";

import type { Table } from "./table.ts";

import { renderCsv } from "./csv.ts";
import { markdownCell, renderMarkdown } from "./markdown.ts";
import { columnsThatFit, renderBlocks, renderTerminal } from "./terminal.ts";
import { widthOf } from "./width.ts";

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
    String.raw`| a\|b \`c\` [d\](e) | 1 |  |  |`,
  );
});

/** One column; its cell as it stands in the file. */
const inCsv = (text: string): string => {
  const csv = renderCsv({ columns: [{ title: "x" }], rows: [[text]] });
  return csv.slice("\u{FEFF}x\r\n".length, -"\r\n".length);
};

test("CSV begins with its mark and quotes what needs it", () => {
  const rows = [["a", "1", 'a,"b"', "两\n行"]];
  expect(renderCsv({ columns: table.columns, rows })).toBe(
    '\u{FEFF}模型,分,首字延迟,机构\r\na,1,"a,""b""","两\n行"\r\n',
  );
});

describe("a cell that a spreadsheet could run stands behind an apostrophe", () => {
  test.each([
    ["=cmd()", "'=cmd()"],
    ["＝1+1", "'＝1+1"],
    [" =1+1", "' =1+1"],
    ["\u3000＝1+1", "'\u3000＝1+1"],
    ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
    ["＋1", "'＋1"],
    ["-2+3", "'-2+3"],
    ["-1e5", "'-1e5"],
    ["－1", "'－1"],
    ["--1", "'--1"],
    ["- 一条", "'- 一条"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["＠SUM(A1)", "'＠SUM(A1)"],
    ["\t=1+1", '"\'\t=1+1"'],
    ["\r=1+1", '"\'\n=1+1"'],
    ['=HYPERLINK("http://evil.example","点我")', `"'=HYPERLINK(""http://evil.example"",""点我"")"`],
  ])("%j", (text, expected) => {
    expect(inCsv(text)).toBe(expected);
  });

  test.each(["-3.5", "-", "-0", "-12", "3.5", "—", "1=1", "a-b", "12.5%", "82.4 (70.1–90.2)"])(
    "and %j stays as it is",
    (text) => {
      expect(inCsv(text)).toBe(text);
    },
  );
});

test.each([
  ["max_tokens 与 model_returned", "max_tokens 与 model_returned"],
  ["_斜体_ **粗** `码`", String.raw`\_斜体\_ \*\*粗\*\* \`码\``],
  ["<img src=x> <!-- 藏 -->", String.raw`\<img src=x> \<!-- 藏 -->`],
  ["[点我](http://x) [a][b] [b]: http://x", String.raw`[点我\](http://x) [a\][b] [b\]: http://x`],
  ["~~删~~ #123 a|b c:\\d", String.raw`\~~删\~~ \#123 a\|b c:\\d`],
  ["- 项", String.raw`\- 项`],
  ["> 引", String.raw`\> 引`],
  ["---", String.raw`\---`],
  ["-5.6 (-12.3…+1.1) [0.0, 75.6]", "-5.6 (-12.3…+1.1) [0.0, 75.6]"],
])("Markdown cannot begin in %j", (text, escaped) => {
  expect(markdownCell(text)).toBe(escaped);
});

test("blocks hold every column once beside the kept ones, and no line is wider than the screen", () => {
  const text = renderBlocks(table, 28, 1);
  expect(text.split("\n\n")).toEqual([
    renderTerminal({
      columns: table.columns.slice(0, 2),
      rows: table.rows.map((row) => row.slice(0, 2)),
    }),
    expect.stringContaining("首字延迟"),
    expect.stringContaining("机构"),
  ]);
  for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(28);
});
