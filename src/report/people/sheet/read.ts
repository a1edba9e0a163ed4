import { extname } from "node:path";

import type { Worksheet } from "exceljs";

import type { Text } from "../../../domain/text.ts";
import type { XlsxCell } from "../../../files/xlsx.ts";
import type { SheetColumn, SheetRow } from "./columns.ts";

import { memberOf } from "../../../domain/json.ts";
import { UserError } from "../../../domain/text.ts";
import { unguarded } from "../../../files/cell-guard.ts";
import { csvRecords } from "../../../files/csv.ts";
import { decodedText } from "../../../files/decode.ts";
import { jsonRows } from "../../../files/json-rows.ts";
import { lineLimit } from "../../../files/line-limit.ts";
import { cellsOfRow, noResult, openWorkbook } from "../../../files/xlsx.ts";
import { columnAt } from "./columns.ts";
import { checkFormat } from "./write.ts";

/** A row that came back, by its number as a spreadsheet counts (JSON Lines: its line), or why it could not be read. */
export type ReturnedRow =
  | { readonly row: number; readonly cells: SheetRow }
  | { readonly row: number; readonly problem: Text };

/** How many rows are searched for a header: people write titles above their tables. */
const headRows = 20;

/**
 * Reads a sheet that people filled in and saved with whatever they have: columns in any order and with others between
 * them, rows sorted or deleted. Missing cells are empty. Rejects with a UserError where `needed` columns are not there.
 */
export async function readSheet(
  file: string,
  columns: readonly SheetColumn[],
  needed: readonly string[],
): Promise<readonly ReturnedRow[]> {
  checkFormat(file);
  const format = extname(file).toLowerCase();
  const wanted = { columns, needed };
  const rows =
    format === ".jsonl"
      ? await jsonlRows(file, wanted)
      : tableRows(format === ".csv" ? [await csvTable(file)] : await workbookTables(file), wanted);
  if (rows !== null) return rows;
  throw new UserError({
    zh: `${file}：没有找到这些列：${needed.join("、")}。请用 --export 导出的表，不要改表头`,
    en: `${file}: found no columns ${needed.join(", ")}. Use the sheet that --export wrote and keep its header`,
  });
}

type Wanted = { readonly columns: readonly SheetColumn[]; readonly needed: readonly string[] };
/** A cell without a value that could be read is null. */
type RawRow = {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly problem?: Text;
};

/** The rows below the first header of the first table that has one; null where none has. */
function tableRows(
  tables: readonly (readonly RawRow[])[],
  wanted: Wanted,
): readonly ReturnedRow[] | null {
  for (const table of tables) {
    const head = table
      .slice(0, headRows)
      .findIndex(({ cells }) => isHeader(textsOf(cells), wanted));
    const header = table[head]?.cells;
    if (header === undefined) continue;
    const places = wanted.columns.map(
      (column) => [column.name, columnAt(textsOf(header), column)] as const,
    );
    return table
      .slice(head + 1)
      .filter(({ cells, problem }) => problem !== undefined || cells.some((cell) => cell !== ""))
      .map((raw) => returnedRow(raw, places));
  }
  return null;
}

const textsOf = (cells: RawRow["cells"]): readonly string[] => cells.map((cell) => cell ?? "");

const isHeader = (cells: readonly string[], { columns, needed }: Wanted): boolean =>
  columns
    .filter(({ name }) => needed.includes(name))
    .every((column) => columnAt(cells, column) >= 0);

function returnedRow(
  { row, cells, problem }: RawRow,
  places: readonly (readonly [name: string, at: number])[],
): ReturnedRow {
  if (problem !== undefined) return { row, problem };
  const broken = places.find(([, at]) => cells[at] === null);
  if (broken === undefined) {
    return { row, cells: Object.fromEntries(places.map(([name, at]) => [name, cells[at] ?? ""])) };
  }
  const [name] = broken;
  return {
    row,
    problem: {
      zh: `${name} 列是一个没有结果的公式`,
      en: `the column ${name} holds a formula without a result`,
    },
  };
}

async function csvTable(file: string): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const record of csvRecords(decodedText(file, lineLimit()))) {
    const row = rows.length + 1;
    rows.push(
      "problem" in record
        ? { row, cells: [], problem: record.problem }
        : { row, cells: record.cells.map((cell) => unguarded(cell.trim()).trim()) },
    );
  }
  return rows;
}

/** Every row carries the column names, so only the file as a whole can lack the needed ones. */
async function jsonlRows(
  file: string,
  { columns, needed }: Wanted,
): Promise<readonly ReturnedRow[] | null> {
  const rows: ReturnedRow[] = [];
  let headed = false;
  for await (const each of jsonRows(file)) {
    if ("problem" in each) {
      rows.push(each);
      continue;
    }
    const { row, value } = each;
    headed ||= needed.every((name) => memberOf(value, name) !== undefined);
    const cells = columns.map(({ name }) => [name, scalarText(memberOf(value, name))] as const);
    rows.push({ row, cells: Object.fromEntries(cells) });
  }
  return headed ? rows : null;
}

const scalarText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value).trim()
    : "";

async function workbookTables(file: string): Promise<readonly (readonly RawRow[])[]> {
  return (await openWorkbook(file)).worksheets.map(worksheetRows);
}

function worksheetRows(sheet: Worksheet): readonly RawRow[] {
  const rows: RawRow[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) =>
    rows.push({ row: number, cells: cellsOfRow(row).map(plainText) }),
  );
  return rows;
}

/** Null for a formula without a result. A date is what the sheet shows: a spreadsheet knows no zones. */
function plainText(cell: XlsxCell): string | null {
  if (cell === noResult) return null;
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace("T", " ");
  return unguarded(String(cell ?? "")).trim();
}
