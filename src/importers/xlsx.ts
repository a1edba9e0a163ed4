import type { Row, Workbook, Worksheet } from "exceljs";

import type { Importer } from "../importing/importer.ts";
import type { TableRow } from "../importing/table.ts";

import { UserError } from "../domain/text.ts";
import { cellsOfRow, noResult, openWorkbook } from "../files/xlsx.ts";
import { cellsBy, importTable } from "../importing/table.ts";

/** A sheet of a workbook with a header row. Rows are named by their numbers in the sheet; merged cells hold what their first one does. */
export const importer: Importer = {
  id: "xlsx",
  title: { zh: "Excel 工作簿", en: "Excel workbook" },
  source: null,
  license: null,
  matches: /\.xlsx$/i,
  async *read(file, settings) {
    const sheet = pick(await openWorkbook(file), settings.sheet, file);
    const head = firstRow(sheet);
    if (head === null) throw empty(file, sheet.name);
    const header = valuesOf(head).map((value) => String(value ?? "").trim());
    yield* importTable(header, tableRows(sheet, head.number, header), settings);
  },
};

function pick(workbook: Workbook, name: string | null, file: string): Worksheet {
  const sheets = workbook.worksheets;
  const found = name === null ? sheets[0] : sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return found;
  const list = sheets.map((sheet) => sheet.name).join("、");
  throw new UserError({
    zh: `${file}：没有名为“${name ?? ""}”的工作表；有：${list}`,
    en: `${file}: there is no sheet "${name ?? ""}"; it has: ${list}`,
  });
}

function firstRow(sheet: Worksheet): Row | null {
  for (let number = 1; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    if (valuesOf(row).some((value) => value !== null)) return row;
  }
  return null;
}

async function* tableRows(
  sheet: Worksheet,
  headerRow: number,
  header: readonly string[],
): AsyncGenerator<TableRow> {
  for (let row = headerRow + 1; row <= sheet.rowCount; row += 1) {
    const cells = valuesOf(sheet.getRow(row));
    if (cells.every((cell) => cell === null)) continue;
    if (cells.includes(noResult)) {
      yield { row, problem: { zh: "公式没有保存结果", en: "a formula has no saved result" } };
      continue;
    }
    yield { row, cells: cellsBy(header, cells) };
  }
}

/** The row's cells from the first column on; blank ones are null, dates without their time. */
const valuesOf = (row: Row): readonly (string | number | typeof noResult | null)[] =>
  cellsOfRow(row).map((cell) => {
    if (cell instanceof Date) return cell.toISOString().slice(0, 10);
    if (typeof cell === "boolean") return String(cell);
    return typeof cell === "string" && cell.trim() === "" ? null : cell;
  });

const empty = (file: string, sheet: string): UserError =>
  new UserError({
    zh: `${file}：工作表“${sheet}”是空的`,
    en: `${file}: the sheet "${sheet}" is empty`,
  });
