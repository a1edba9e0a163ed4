import type { Column, Table } from "./table.ts";

import { plain } from "./plain.ts";
import { fit, truncate, widthOf } from "./width.ts";

const gap = 2;

/** Indices of the columns that are shown in `width`: those left out go by their `drop`, from the right. */
export function columnsThatFit(table: Table, width: number): readonly number[] {
  let shown = table.columns.map((_, index) => index);
  const widths = naturalWidths(table);
  while (
    spanOf(shown.map((index) => softWidth(table.columns[index], widths[index] ?? 0))) > width
  ) {
    const next = shown.reduce((worst, index) =>
      dropOf(table, index) >= dropOf(table, worst) ? index : worst,
    );
    if (dropOf(table, next) === 0) break;
    shown = shown.filter((index) => index !== next);
  }
  return shown;
}

const dropOf = (table: Table, index: number): number => table.columns[index]?.drop ?? 0;

const softWidth = (column: Column | undefined, natural: number): number =>
  column?.shrink === undefined ? natural : Math.min(natural, 28);

const leastWidth = (column: Column | undefined, natural: number): number =>
  Math.min(natural, column?.shrink ?? natural);

/** The table in lines of at most `width` columns, a rule under the titles. */
export function renderTerminal(table: Table, width = Number.POSITIVE_INFINITY): string {
  const shown = columnsThatFit(table, width);
  const widths = fittedWidths(table, shown, width);
  const line = (cells: readonly string[]): string =>
    shown
      .map((index, place) =>
        fit(plain(cells[index] ?? ""), widths[place] ?? 0, table.columns[index]?.align),
      )
      .join(" ".repeat(gap))
      .trimEnd();
  const rule = widths.map((each) => "─".repeat(each)).join(" ".repeat(gap));
  const lines = [line(table.columns.map(({ title }) => title)), rule, ...table.rows.map(line)];
  return lines.map((each) => truncate(each, width)).join("\n");
}

/**
 * All columns in blocks of at most `width` below each other, each of which begins with the first `kept` columns, so that
 * rows can be told apart. A column that alone does not fit beside them is cut.
 */
export function renderBlocks(table: Table, width: number, kept: number): string {
  const widths = naturalWidths(table).map((natural, index) =>
    index < kept ? softWidth(table.columns[index], natural) : natural,
  );
  const head = table.columns.slice(0, kept).map((_, index) => index);
  const blocks: number[][] = [];
  for (let index = kept; index < table.columns.length; index += 1) {
    const block = blocks.at(-1);
    const joined = [...head, ...(block ?? []), index].map((each) => widths[each] ?? 0);
    if (block !== undefined && spanOf(joined) <= width) block.push(index);
    else blocks.push([index]);
  }
  return blocks
    .map((block) => renderTerminal(part(table, [...head, ...block]), width))
    .join("\n\n");
}

/** Some columns of a table, all of which are shown. */
const part = ({ columns, rows }: Table, shown: readonly number[]): Table => ({
  columns: shown.flatMap((index) =>
    columns.slice(index, index + 1).map((column) => ({ ...column, drop: 0 })),
  ),
  rows: rows.map((row) => shown.map((index) => row[index] ?? "")),
});

function naturalWidths(table: Table): readonly number[] {
  return table.columns.map(({ title }, index) =>
    Math.max(widthOf(plain(title)), ...table.rows.map((row) => widthOf(plain(row[index] ?? "")))),
  );
}

const spanOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width + gap, -gap);

function fittedWidths(table: Table, shown: readonly number[], width: number): readonly number[] {
  const natural = naturalWidths(table);
  const widths = shown.map((index) => natural[index] ?? 0);
  let excess = spanOf(widths) - width;
  for (const [place, index] of shown.entries()) {
    if (excess <= 0) break;
    const full = widths[place] ?? 0;
    const less = Math.max(leastWidth(table.columns[index], full), full - excess);
    excess -= full - less;
    widths[place] = less;
  }
  return widths;
}

/** Lines of text, each of which stays one line. */
export const terminalLines = (lines: readonly string[]): string => lines.map(plain).join("\n");
