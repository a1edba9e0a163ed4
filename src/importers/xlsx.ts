import type { CellValue, Row, Workbook, Worksheet } from "exceljs";
import type { Importer } from "../importing/importer.ts";
import type { TableRow } from "../importing/table.ts";

import { UserError } from "../domain/text.ts";
import { importTable } from "../importing/table.ts";
import { loadExcel } from "../files/xlsx.ts";

/** A sheet of a workbook with a header row. Rows are named by their numbers in the sheet; merged cells hold what their first one does. */
export const importer: Importer = {
  id: "xlsx",
  title: { zh: "Excel 工作簿", en: "Excel workbook" },
  source: null,
  license: null,
  matches: /\.xlsx$/i,
  async *read(file, settings) {
    const sheet = pick(await open(file), settings.sheet, file);
    const head = firstRow(sheet);
    if (head === null) throw empty(file, sheet.name);
    const header = valuesOf(head).map((value) => String(value ?? "").trim());
    yield* importTable(header, tableRows(sheet, head.number, header), settings);
  },
};

async function open(file: string): Promise<Workbook> {
  const ExcelJS = await loadExcel();
  const workbook = new ExcelJS.Workbook();
  try {
    return await workbook.xlsx.readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      zh: `${file}：无法按 xlsx 读取（${reason}）`,
      en: `${file}: cannot be read as xlsx (${reason})`,
    });
  }
}

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
    if (cells.includes(unknownFormula)) {
      yield { row, problem: { zh: "公式没有保存结果", en: "a formula has no saved result" } };
      continue;
    }
    const named = header.map((name, index) => [name, cells[index] ?? ""] as const);
    yield { row, cells: Object.fromEntries(named.filter(([name]) => name !== "")) };
  }
}

const unknownFormula = Symbol("a formula without a result");

/** The row's cells from the first column on. */
function valuesOf(row: Row): readonly (string | number | typeof unknownFormula | null)[] {
  return Array.from({ length: row.cellCount }, (_, index) =>
    plainValue(row.getCell(index + 1).value),
  );
}

function plainValue(value: CellValue): string | number | typeof unknownFormula | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("hyperlink" in value) return plainValue(value.text);
  if ("error" in value) return unknownFormula;
  const { result } = value;
  return result === undefined ? unknownFormula : plainValue(result);
}

const empty = (file: string, sheet: string): UserError =>
  new UserError({
    zh: `${file}：工作表“${sheet}”是空的`,
    en: `${file}: the sheet "${sheet}" is empty`,
  });
