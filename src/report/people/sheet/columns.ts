import type { Text } from "../../../domain/text.ts";
import type { Column, Table } from "../../render/table.ts";

/** A column of a sheet for people: what comes back is found by its name. */
export type SheetColumn = Column & { readonly name: string };

/** A table for people to fill in, with its instructions. */
export type Sheet = {
  readonly title: string;
  readonly guide: readonly Text[];
  readonly table: Table;
};

/** Cells by the names of their columns. */
export type SheetRow = Readonly<Record<string, string>>;

/** The table of such rows; what a row does not name is empty. */
export const tableOf = (columns: readonly SheetColumn[], rows: readonly SheetRow[]): Table => ({
  columns,
  rows: rows.map((row) => columns.map(({ name }) => row[name] ?? "")),
});

/** Which column of a header has the name, whatever stands around it but in brackets; -1 where none has. */
export function columnAt(header: readonly string[], { name, title }: SheetColumn): number {
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "i");
  const named = header.findIndex((cell) => word.test(cell.replace(/[（(].*/s, "")));
  return named >= 0 ? named : header.findIndex((cell) => cell.trim() === title);
}
