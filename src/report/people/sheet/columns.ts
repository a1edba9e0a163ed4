import type { Text } from "../../../domain/text.ts";

/** A column of a sheet for people. Its name stands in the header and is how it is found again. */
export type SheetColumn<Name extends string = string> = {
  readonly name: Name;
  readonly title: Text;
  /** In characters. */
  readonly width: number;
  /** What may be chosen; where there is a list, Excel offers it. */
  readonly choices?: readonly string[];
  /** Filled in by people. */
  readonly input?: true;
};

/** What stands in the first row: both languages, because who exports and who rules may not share one. */
export const headerOf = ({ title, name }: SheetColumn): string => `${title.zh} ${name}`;

/** Which column of a header has the name, whatever stands around it but in brackets; -1 where none has. */
export function columnAt(header: readonly string[], { name, title }: SheetColumn): number {
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "i");
  const named = header.findIndex((cell) => word.test(cell.replace(/[（(].*/s, "")));
  return named >= 0 ? named : header.findIndex((cell) => cell.trim() === title.zh);
}

export type SheetRow = Readonly<Record<string, string>>;

/** A table for people to fill in, with its instructions. */
export type Sheet = {
  readonly title: Text;
  readonly guide: readonly Text[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
};
