import type { Cells } from "../cells.ts";
import type { ColumnRoles } from "../columns.ts";
import type { ImportNote } from "../importer.ts";

import { scalarText } from "../cells.ts";

/** How many rows are named. */
const namedRows = 8;

/**
 * What stands once above several rows in a category or a type, as merged cells are saved in CSV, goes on below. Categories of
 * lower levels go on only where the upper one does.
 */
export function createFiller() {
  let last: Cells = {};
  const passage = new Map<string, unknown>();
  const rows = new Map<string, number[]>();
  const note = (column: string, row: number): void => {
    rows.set(column, [...(rows.get(column) ?? []), row]);
  };
  return {
    fill: (cells: Cells, columns: ColumnRoles, row: number): Cells => {
      const filled: Record<string, unknown> = { ...cells };
      for (const group of [columns.of("dimension"), columns.of("type")]) {
        for (const column of group) {
          if (scalarText(cells[column]) !== null) break;
          if (scalarText(last[column]) === null) continue;
          filled[column] = last[column];
          note(column, row);
        }
      }
      for (const column of columns.of("context"))
        if (scalarText(cells[column]) !== null) passage.set(column, cells[column]);
      last = filled;
      return filled;
    },
    withPassage: (cells: Cells, columns: ColumnRoles): Cells => ({
      ...cells,
      ...Object.fromEntries(
        columns.of("context").map((column) => [column, passage.get(column) ?? ""]),
      ),
    }),
    notes: (): readonly ImportNote[] =>
      [...rows].map(([column, found]) => ({
        text: {
          zh: `“${column}”空着的 ${found.length} 行沿用上面的值（第 ${listed(found, "、")} 行）`,
          en: `"${column}" is empty in ${found.length} rows, which take the value above (rows ${listed(found, ", ")})`,
        },
        change: null,
        sure: false,
      })),
  };
}

const listed = (rows: readonly number[], sign: string): string =>
  `${rows.slice(0, namedRows).join(sign)}${rows.length > namedRows ? " …" : ""}`;
