import type { Sheet, SheetRow } from "../people/sheet/columns.ts";

/** The rows of a sheet by the names of its columns. */
export const rowsOf = ({ table: { columns, rows } }: Sheet): readonly SheetRow[] =>
  rows.map((row) =>
    Object.fromEntries(columns.map(({ title, name = title }, index) => [name, row[index] ?? ""])),
  );
