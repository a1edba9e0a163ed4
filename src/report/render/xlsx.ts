import type { Cell, Worksheet } from "exceljs";

import type { Text } from "../../domain/text.ts";
import type { Column, Table } from "./table.ts";

import { cellText } from "../../files/cell-guard.ts";
import { loadExcel } from "../../files/xlsx.ts";
import { headerOf } from "./table.ts";
import { widthOf } from "./width.ts";

const lineHeight = 15;
const highest = 300;
const usualWidth = 14;
const colours = { head: "FFDDE6F2", input: "FFFFF8DC", given: "FFF5F5F5" } as const;

/**
 * A workbook of two sheets: the table, and its instructions in both languages. All cells are text and stay text when
 * they are edited, so that nothing that a model wrote becomes a formula. Nothing is locked: people sort, filter and delete.
 */
export async function renderXlsx(
  title: string,
  { columns, rows }: Table,
  guide: readonly Text[],
): Promise<Uint8Array> {
  const Excel = await loadExcel();
  const workbook = new Excel.Workbook();
  const sheet = workbook.addWorksheet(title.slice(0, 31), {
    views: [{ state: "frozen", ySplit: 1, xSplit: 0 }],
  });
  sheet.columns = columns.map(({ width = usualWidth }) => ({ width }));
  columns.forEach((column, index) => writeHead(sheet.getRow(1).getCell(index + 1), column));
  rows.forEach((row, index) => {
    const line = sheet.getRow(index + 2);
    columns.forEach((column, place) =>
      writeCell(line.getCell(place + 1), column, cellText(row[place] ?? "")),
    );
    line.height = heightOf(columns, row);
  });
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: rows.length + 1, column: columns.length },
  };
  writeGuide(workbook.addWorksheet("说明 Guide"), guide);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function writeHead(cell: Cell, column: Column): void {
  cell.value = headerOf(column);
  cell.font = { bold: true };
  cell.fill = fill(colours.head);
  cell.alignment = { vertical: "middle", wrapText: true };
  cell.border = { bottom: { style: "thin" } };
}

function writeCell(cell: Cell, { choices, input }: Column, text: string): void {
  cell.value = text === "" ? null : escaped(text);
  cell.numFmt = "@";
  cell.alignment = { vertical: "top", wrapText: true };
  cell.fill = fill(input === true ? colours.input : colours.given);
  if (choices === undefined) return;
  cell.dataValidation = {
    type: "list",
    allowBlank: true,
    formulae: [`"${choices.join(",")}"`],
    showErrorMessage: true,
    errorTitle: "baimo",
    error: `请从列表中选 · Choose from the list: ${choices.join(" / ")}`,
  };
}

/** `_x0041_` stands for A in a workbook, so what only looks like it needs its own underscore spelt out. */
export const escaped = (text: string): string => text.replaceAll(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

const fill = (argb: string) => ({ type: "pattern", pattern: "solid", fgColor: { argb } }) as const;

/** Spreadsheets do not all fit rows to wrapped text, so the height is estimated here, and bounded. */
function heightOf(columns: readonly Column[], row: Table["rows"][number]): number {
  const lines = columns.map(({ width = usualWidth }, index) =>
    (row[index] ?? "")
      .slice(0, 4_000)
      .split("\n")
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0),
  );
  return Math.min(highest, Math.max(...lines, 1) * lineHeight + 4);
}

function writeGuide(sheet: Worksheet, guide: readonly Text[]): void {
  sheet.columns = [{ width: 70 }, { width: 80 }];
  for (const { zh, en } of guide) {
    const row = sheet.addRow([zh, en]);
    row.alignment = { vertical: "top", wrapText: true };
    row.height =
      Math.max(Math.ceil(widthOf(zh) / 66), Math.ceil(widthOf(en) / 76)) * lineHeight + 4;
  }
}
