import type { Column, Table } from "./table.ts";

import { cellText, guarded } from "../../files/cell-guard.ts";
import { headerOf } from "./table.ts";

/** The whole table as CSV (RFC 4180), with a byte order mark, without which Excel takes the Chinese for GBK. */
export function renderCsv({ columns, rows }: Table): string {
  return csvBegin + [columns.map(csvHeader), ...rows].map(csvLine).join("");
}

/** Before the first line of a CSV file. */
export const csvBegin = "\u{FEFF}";

/** One line with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** There is no list to choose from, so the header says what may stand below it. */
const csvHeader = (column: Column): string =>
  column.choices === undefined
    ? headerOf(column)
    : `${headerOf(column)}（${column.choices.join(" / ")}）`;

function csvCell(text: string): string {
  const safe = guarded(cellText(text));
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
