import { createRequire } from "node:module";

import type { CellValue, Row, Workbook } from "exceljs";

import { UserError } from "../domain/text.ts";
import { readBytes } from "./text-file.ts";

/**
 * The package that reads and writes workbooks is optional: with its dependencies it outweighs everything else. `from` is
 * the module that looks for it. Rejects with a `UserError` where it is not installed.
 */
export async function loadExcel(from: string = import.meta.url): Promise<typeof import("exceljs")> {
  try {
    createRequire(from).resolve("exceljs");
  } catch {
    throw new UserError({
      zh: "读写 Excel 文件需要 exceljs：请在项目里执行 npm i exceljs，或改用 CSV",
      en: "Excel files need exceljs: run npm i exceljs, or use CSV instead",
    });
  }
  return (await import("exceljs")).default;
}

/** The workbook in a file. Rejects with a `UserError` where it cannot be read as one. */
export async function openWorkbook(file: string): Promise<Workbook> {
  const Excel = await loadExcel();
  const bytes = await readBytes(file);
  try {
    return await new Excel.Workbook().xlsx.load(Uint8Array.from(bytes).buffer);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      zh: `${file}：无法按 xlsx 读取（${reason}）`,
      en: `${file}: cannot be read as xlsx (${reason})`,
    });
  }
}

/** Stands for a formula that was saved without its result, or with an error. */
export const noResult = Symbol("a formula without a result");

/** What a cell shows; null where it is empty. */
export type XlsxCell = string | number | boolean | Date | typeof noResult | null;

/** A row's cells from the first column on. */
export const cellsOfRow = (row: Row): readonly XlsxCell[] =>
  Array.from({ length: row.cellCount }, (_, index) => shownValue(row.getCell(index + 1).value));

function shownValue(value: CellValue): XlsxCell {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object" || value instanceof Date) return value;
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("hyperlink" in value) return shownValue(value.text);
  if ("error" in value || value.result === undefined) return noResult;
  return shownValue(value.result);
}
