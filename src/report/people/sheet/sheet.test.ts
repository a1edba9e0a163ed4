import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { SheetColumn, SheetRow } from "./columns.ts";

import { cellText, guarded, unguarded } from "../../../files/cell-guard.ts";
import { headerOf } from "../../render/table.ts";
import { columnAt, tableOf } from "./columns.ts";
import { momentOf } from "./moment.ts";
import { readSheet } from "./read.ts";
import { writeSheet } from "./write.ts";

const columns: readonly SheetColumn[] = [
  { name: "id", title: "编号", width: 12 },
  { name: "answer", title: "回答", width: 40 },
  {
    name: "ruling",
    title: "裁定",
    width: 12,
    input: true,
    choices: ["对 right", "未作答 no answer"],
  },
  { name: "reason", title: "理由", width: 30, input: true },
];
const folder = mkdtempSync(join(tmpdir(), "sheet-"));
const fileOf = (name: string): string => join(folder, name);

const write = async (name: string, rows: readonly SheetRow[]): Promise<string> => {
  const title = "裁定 Rulings";
  const guide = [{ zh: "说明", en: "Guide" }];
  await writeSheet(fileOf(name), { title, guide, table: tableOf(columns, rows) }, true);
  return fileOf(name);
};
const read = async (file: string) => readSheet(file, columns, ["id", "ruling"]);
const cellsOf = (rows: Awaited<ReturnType<typeof read>>) =>
  rows.map((row) => ("cells" in row ? row.cells : row.problem.zh));

const dangerous = [
  '=HYPERLINK("http://evil.example","点我")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(A1)",
  "\t=1+1",
  "  =1+1",
  "＝1+1",
];
const rows: readonly SheetRow[] = [
  { id: "r-1", answer: '第一行\n第二行，有“引号”和"双引号"', ruling: "对 right", reason: "好" },
  ...dangerous.map((answer, index) => ({ id: `r-x${index}`, answer, ruling: "", reason: answer })),
  { id: "r-2", answer: "𠮷😀;\t, _x0041_ _x005F_", ruling: "", reason: "" },
];
/** Blanks at the ends of a cell mean nothing. */
const trimmed = (row: SheetRow): SheetRow =>
  Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text.trim()]));

describe.each(["a.xlsx", "a.csv", "a.jsonl"])("%s", (name) => {
  test("comes back as it went out", async () => {
    expect(cellsOf(await read(await write(name, rows)))).toEqual(rows.map(trimmed));
  });

  test("a file that is there is not replaced unless it is said", async () => {
    const file = await write(name, rows);
    const before = readFileSync(file);
    const sheet = { title: "x", guide: [], table: tableOf(columns, []) };
    await expect(writeSheet(file, sheet, false)).rejects.toMatchObject({ exitCode: 2 });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("what a spreadsheet could run", () => {
  test("no cell of a workbook is a formula, and all stay text when they are edited", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await write("f.xlsx", rows));
    const kinds: unknown[] = [];
    book.worksheets[0]?.eachRow((row, number) => {
      if (number > 1) row.eachCell((cell) => kinds.push([cell.type, cell.numFmt]));
    });
    expect(kinds.length).toBeGreaterThan(20);
    expect(new Set(kinds.map(String))).toEqual(new Set([`${ExcelJS.ValueType.String},@`]));
  });

  test.each(dangerous)("%j stands behind an apostrophe in CSV", async (answer) => {
    const text = readFileSync(await write("f.csv", [{ id: "r", answer }]), "utf8");
    const cells = text.split("\r\n")[1] ?? "";
    expect(cells).toMatch(/^r,"?'/);
  });

  test("guarding is undone exactly", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        if (!text.startsWith("'")) expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });
});

describe("what people do to a sheet", () => {
  test("a workbook sorted, cut, with rows above, columns between and saved again", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await write("b.xlsx", rows));
    const sheet = book.worksheets[0];
    if (sheet === undefined) throw new Error("no sheet");
    sheet.getCell("C3").value = { richText: [{ text: "未作答 " }, { text: "no answer" }] };
    sheet.getCell("D3").value = { formula: '"因"&"为"', result: "因为" };
    sheet.getCell("C4").value = { formula: "NA()" };
    sheet.spliceRows(2, 1);
    sheet.spliceColumns(1, 0, ["", "", ""]);
    sheet.insertRow(1, ["我们部门的裁定表"]);
    book.addWorksheet("别的").addRow(["没有用"]);
    await book.xlsx.writeFile(fileOf("b2.xlsx"));
    const back = await read(fileOf("b2.xlsx"));
    expect(back).toHaveLength(rows.length - 1);
    expect(back[0]).toMatchObject({
      row: 3,
      cells: { id: "r-x0", ruling: "未作答 no answer", reason: "因为" },
    });
    expect(back[1]).toMatchObject({ row: 4, problem: { zh: expect.stringContaining("ruling") } });
  });

  test("the list to choose from stands in every row", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await write("l.xlsx", rows));
    const lists = rows.map((_, index) => book.worksheets[0]?.getCell(index + 2, 3).dataValidation);
    for (const list of lists) {
      expect(list).toMatchObject({ type: "list", formulae: ['"对 right,未作答 no answer"'] });
    }
    expect(book.worksheets[0]?.getCell("B2").alignment).toMatchObject({ wrapText: true });
    expect(book.worksheets.map(({ name }) => name)).toEqual(["裁定 Rulings", "说明 Guide"]);
  });

  test("CSV as a Chinese Excel saves it: GBK, semicolons, other order", async () => {
    // 编号 id;裁定 ruling;理由 reason / r-1;对;好
    const gbk = [
      [0xb1, 0xe0, 0xba, 0xc5, ..." id;".split("").map((c) => c.charCodeAt(0))],
      [0xb2, 0xc3, 0xb6, 0xa8, ..." ruling;".split("").map((c) => c.charCodeAt(0))],
      [0xc0, 0xed, 0xd3, 0xc9, ..." reason\r\n".split("").map((c) => c.charCodeAt(0))],
      [..."r-1;".split("").map((c) => c.charCodeAt(0)), 0xb6, 0xd4, 0x3b, 0xba, 0xc3, 0x0d, 0x0a],
    ].flat();
    writeFileSync(fileOf("g.csv"), Uint8Array.from(gbk));
    expect(await read(fileOf("g.csv"))).toEqual([
      { row: 2, cells: { id: "r-1", answer: "", ruling: "对", reason: "好" } },
    ]);
  });

  test("CSV begins with the mark without which Excel takes it for GBK", async () => {
    expect(
      readFileSync(await write("m.csv", rows))
        .subarray(0, 3)
        .toString("hex"),
    ).toBe("efbbbf");
  });

  test.each([
    ["x.csv", "a,b\r\n1,2\r\n"],
    ["x.jsonl", '{"a":1}\n'],
    ["x.xlsx", "no workbook"],
  ])("%s that is something else is refused", async (name, text) => {
    writeFileSync(fileOf(name), text);
    await expect(read(fileOf(name))).rejects.toMatchObject({ exitCode: 2 });
  });

  test.each(["x.pdf", "x", "x.xls"])("%s names no format", async (name) => {
    await expect(read(fileOf(name))).rejects.toMatchObject({
      text: { zh: expect.stringContaining(".xlsx、.csv、.jsonl") },
    });
  });
});

test("a header is found by its name, not by what stands in brackets or in other names", () => {
  const [, answer, ruling] = columns;
  if (answer === undefined || ruling === undefined) throw new Error("columns");
  const header = ["裁定 ruling（对 / 未作答 no answer）", "ruling_points", headerOf(answer)];
  expect([columnAt(header, answer), columnAt(header, ruling)]).toEqual([2, 0]);
  expect(columnAt(["回答"], answer)).toBe(0);
});

test("text that no cell can hold is cut and says so; control characters go", () => {
  const long = cellText("字".repeat(40_000));
  expect(long.length).toBeLessThan(32_767);
  expect(long).toContain("后面还有 8000 字");
  expect(cellText("a\u0000b\u001b[31m\r\nc\uD800")).toBe("ab\nc\uFFFD");
});

test.each([
  ["2026-11-21 20:16", "2026-11-21T12:16:00.000Z"],
  ["2026/11/21 20:16:05", "2026-11-21T12:16:05.000Z"],
  ["2026年11月21日 20：16", "2026-11-21T12:16:00.000Z"],
  ["2026-11-21", "2026-11-20T16:00:00.000Z"],
  ["2026-11-21T20:16:00Z", "2026-11-21T20:16:00.000Z"],
  ["2026-11-21T20:16:00.123+09:00", "2026-11-21T11:16:00.000Z"],
  ["2026-02-30", null],
  ["2026-11-21 25:00", null],
  ["昨天", null],
  ["45982.5", null],
])("the moment %s", (text, iso) => {
  const moment = momentOf(text);
  expect(moment === null ? null : new Date(moment).toISOString()).toBe(iso);
});
