import type { ResultTable, WireValue } from "./box/messages.ts";

type Cell = string | number | boolean | null;

/** SQLite adds doubles in any order; what differs by less is the same number. */
const tolerance = 1e-9;

/**
 * Whether a table holds these rows: as a list where `ordered`, else as a bag. An integer equals a real of its value, a
 * boolean is 0 or 1, NULL equals NULL alone; names of columns do not count.
 */
export function sameRows(
  table: ResultTable,
  expect: readonly (readonly Cell[])[],
  ordered: boolean,
): boolean {
  if (table.rows.length !== expect.length) return false;
  if (ordered) {
    return table.rows.every((row, index) => sameRow(row, expect[index] ?? []));
  }
  const left = [...expect];
  return table.rows.every((row) => {
    const at = left.findIndex((each) => sameRow(row, each));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

/** The rows for people, cut after a few. */
export function shownRows({ rows }: ResultTable): string {
  const shown = rows.slice(0, 5).map((row) => `(${row.map(shownCell).join(", ")})`);
  return `${rows.length === 1 ? "1 row" : `${rows.length} rows`}: ${shown.join(" ")}${rows.length > 5 ? " …" : ""}`;
}

const sameRow = (row: readonly WireValue[], expect: readonly Cell[]): boolean =>
  row.length === expect.length && row.every((cell, index) => sameCell(cell, expect[index] ?? null));

function sameCell([tag, text]: WireValue, expected: Cell): boolean {
  if (expected === null) return tag === "n";
  if (typeof expected === "string") return tag === "s" && text === expected;
  const number = Number(expected);
  if (tag !== "i" && tag !== "f") return false;
  const own = Number(text);
  return own === number || Math.abs(own - number) <= tolerance * Math.max(1, Math.abs(number));
}

function shownCell([tag, text]: WireValue): string {
  if (tag === "n") return "NULL";
  return typeof text === "string" ? text : tag;
}
