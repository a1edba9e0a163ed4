import type { Align } from "./width.ts";

/** What terminal, Markdown, CSV, HTML and workbook have in common; each takes what it can show. */
export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
};

export type Column = {
  readonly title: string;
  readonly align?: Align;
  /** In a terminal, columns that do not fit are left out, the highest number first; 0 always stays. */
  readonly drop?: number;
  /** Columns go before this one is cut, but past 28 it is cut first, and in the end down to as few as this. */
  readonly shrink?: number;
  /** How a file that comes back is read: the header's cell holds it after the title. */
  readonly name?: string;
  /** Filled in by people. */
  readonly input?: true;
  /** What people may fill in: a list in a workbook, a part of the header in CSV. */
  readonly choices?: readonly string[];
  /** In a workbook, in characters. */
  readonly width?: number;
};

/** What stands above a column in a file. */
export const headerOf = ({ title, name }: Column): string =>
  name === undefined ? title : `${title} ${name}`;
