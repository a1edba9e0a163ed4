import { join } from "node:path";

import ExcelJS from "exceljs";

import type { ImportedRow } from "../importer.ts";

import { fileOf } from "./rows.ts";

export type SheetCell = ExcelJS.CellValue;

/** A sheet as a test writes it down. */
export type SheetOf = {
  readonly name?: string;
  readonly rows: readonly (readonly SheetCell[])[];
  readonly merges?: readonly string[];
  readonly formats?: Readonly<Record<string, string>>;
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly string[];
  readonly state?: "hidden";
  /** Rows beside which a picture lies. */
  readonly pictures?: readonly number[];
};

/** One transparent pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Writes a workbook of these sheets and returns its path. */
export async function workbookOf(...sheets: readonly SheetOf[]): Promise<string> {
  const book = new ExcelJS.Workbook();
  for (const [index, given] of sheets.entries()) {
    const sheet = book.addWorksheet(given.name ?? `Sheet${index + 1}`, {
      state: given.state ?? "visible",
    });
    for (const row of given.rows) sheet.addRow([...row]);
    for (const [cell, format] of Object.entries(given.formats ?? {}))
      sheet.getCell(cell).numFmt = format;
    for (const range of given.merges ?? []) sheet.mergeCells(range);
    for (const row of given.hiddenRows ?? []) sheet.getRow(row).hidden = true;
    for (const column of given.hiddenColumns ?? []) sheet.getColumn(column).hidden = true;
    for (const row of given.pictures ?? []) {
      const imageId = book.addImage({ base64: pixel, extension: "png" });
      sheet.addImage(imageId, { tl: { col: 0, row: row - 1 }, ext: { width: 9, height: 9 } });
    }
  }
  const file = join(await fileOf("题库.txt", ""), "..", "题库.xlsx");
  await book.xlsx.writeFile(file);
  return file;
}

/** Each row in one line: where, type, grader, gold, options; or why it was left out. */
export function told(rows: readonly ImportedRow[]): readonly string[] {
  return rows.flatMap(({ row, place = String(row), outputs }) =>
    outputs.map((output) => {
      if ("skip" in output) return `${place} 跳过：${output.skip.zh}`;
      const { item, task, kind = "?" } = output;
      const gold =
        typeof item.answer === "object" ? JSON.stringify(item.answer) : String(item.answer ?? "—");
      const options =
        item.options === undefined ? "" : ` [${Object.values(item.options).join("|")}]`;
      return `${place} ${kind} ${task.grader.use} ${gold}${options}`;
    }),
  );
}

/** Rows that a person should look at, with the reasons. */
export const doubted = (rows: readonly ImportedRow[]): readonly string[] =>
  rows.flatMap(({ row, place = String(row), outputs }) =>
    outputs.flatMap((output) =>
      "skip" in output ? [] : (output.doubts ?? []).map(({ zh }) => `${place} ${zh}`),
    ),
  );

/** What was said of the file as a whole; guesses are marked. */
export const notesOf = (rows: readonly ImportedRow[]): readonly string[] =>
  rows.flatMap(({ notes = [] }) => notes.map(({ text, sure }) => `${sure ? "" : "？"}${text.zh}`));
