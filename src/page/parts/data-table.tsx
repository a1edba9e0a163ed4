import {
  type CellData,
  columnVisibilityFeature,
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";

import type { Table } from "../../report/render/table.ts";

import { usePreferences } from "../data/preferences.ts";
import { words } from "../words.ts";

type Row = { readonly number: number; readonly cells: readonly string[] };

export type DataTableProps = {
  readonly table: Table;
  /** What the table is about, for screen readers. */
  readonly caption: string;
  /** A search field and a choice of columns above it. */
  readonly tools?: boolean;
  /** Draws a cell in another way than as its text. */
  readonly draw?: (row: number, column: number, text: string) => ReactNode;
  /** Columns that are not shown until they are chosen. */
  readonly hidden?: readonly number[];
};

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

const none: readonly number[] = [];

/** A table of texts that is sorted by a click on a heading, by the number that a cell begins with. */
export function DataTable({ table, caption, tools = false, draw, hidden = none }: DataTableProps) {
  const { lang } = usePreferences();
  const data = useMemo(() => table.rows.map((cells, number): Row => ({ number, cells })), [table]);
  const columns = useMemo(
    () =>
      table.columns.map(({ title }, at) => ({
        id: String(at),
        header: title,
        accessorFn: (row: Row): CellData => row.cells[at] ?? "",
        sortFn: (a: { original: Row }, b: { original: Row }) =>
          compareCells(
            a.original.cells[at] ?? "",
            b.original.cells[at] ?? "",
            table.columns[at]?.align === "right",
          ),
        sortDescFirst: table.columns[at]?.align === "right",
      })),
    [table],
  );
  const [start] = useState(() => ({
    columnVisibility: Object.fromEntries(hidden.map((at) => [String(at), false])),
  }));
  const shown = useTable({
    features,
    columns,
    data,
    initialState: start,
    globalFilterFn: (row: { original: Row }, _: string, wanted: string) =>
      row.original.cells.join(" ").toLowerCase().includes(wanted.toLowerCase()),
  });
  const visible = (at: number): boolean => shown.getColumn(String(at))?.getIsVisible() ?? true;
  return (
    <div className="table-block">
      {tools && (
        <div className="table-tools no-print">
          <input
            type="search"
            aria-label={words.filterRows[lang]}
            placeholder={words.filterRows[lang]}
            onChange={({ target }) => {
              shown.setGlobalFilter(target.value);
            }}
          />
          <details className="menu">
            <summary>{words.columns[lang]}</summary>
            <div className="menu-body">
              {table.columns.map(({ title }, at) => (
                <label key={title}>
                  <input
                    type="checkbox"
                    checked={visible(at)}
                    onChange={() => {
                      shown.getColumn(String(at))?.toggleVisibility();
                    }}
                  />
                  {title === "" ? words.interval[lang] : title}
                </label>
              ))}
            </div>
          </details>
        </div>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption className="sr-only">{caption}</caption>
          <thead>
            {shown.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const at = Number(header.column.id);
                  const sorted = header.column.getIsSorted();
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={alignOf(table, at)}
                      aria-sort={
                        sorted === false ? "none" : sorted === "asc" ? "ascending" : "descending"
                      }
                    >
                      <button
                        type="button"
                        onClick={() => {
                          header.column.toggleSorting();
                        }}
                      >
                        {table.columns[at]?.title}
                        <span aria-hidden="true" className="sort-mark">
                          {sorted === false ? "" : sorted === "asc" ? "▲" : "▼"}
                        </span>
                      </button>
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {shown.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getVisibleCells().map((cell) => {
                  const at = Number(cell.column.id);
                  const text = row.original.cells[at] ?? "";
                  return (
                    <td
                      key={cell.id}
                      className={`${alignOf(table, at)}${isProse(text) ? " prose" : ""}`}
                    >
                      {draw?.(row.original.number, at, text) ?? text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const alignOf = ({ columns }: Table, at: number): string =>
  columns[at]?.align === "right" ? "right" : "left";

/** Texts of this length are broken into lines instead of making the table wide. */
const isProse = (text: string): boolean => text.length > 60;

export const medals: readonly string[] = ["🥇", "🥈", "🥉"];

/** The first number of a cell, or null: `82.4 (79.9–84.8)`, `≥¥3.10*`, `1,024`, `红线 61.0`, a medal. */
function firstNumber(text: string): number | null {
  const medal = medals.indexOf(text);
  if (medal >= 0) return medal + 1;
  const found = /(?<![\d.])-?\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  return found === undefined ? null : Number(found.replaceAll(",", ""));
}

/** Figures by their first number, what holds none last; words by their letters, with numbers in them in order. */
function compareCells(a: string, b: string, isFigure: boolean): number {
  const [left, right] = isFigure ? [firstNumber(a), firstNumber(b)] : [null, null];
  if (left !== null && right !== null) return left - right || a.localeCompare(b, "zh");
  if (left !== null) return 1;
  if (right !== null) return -1;
  return a.localeCompare(b, "zh", { numeric: true });
}
