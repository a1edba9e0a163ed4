import type { Cell, Row, stream, Worksheet } from "exceljs";

import type { Lang } from "../../../domain/text.ts";
import type { Align } from "../../render/width.ts";
import type { PaperCell, PaperTable } from "../numbers.ts";

import { cellText } from "../../../files/cell-guard.ts";
import { widthOf } from "../../render/width.ts";
import { escaped } from "../../render/xlsx.ts";

export type PaperBook = stream.xlsx.WorkbookWriter;

/** A sheet that is written from its top to its bottom; what was written is no longer in memory. */
export type PaperSheet = {
  /** A line of text over the sheet's whole width. */
  readonly line: (text: string, kind?: LineKind) => void;
  /** The head of a table and its rows; gives the numbers of the first and the last row. */
  readonly table: (table: PaperTable) => { readonly first: number; readonly last: number };
  readonly head: (titles: readonly string[]) => void;
  readonly row: (cells: readonly PaperCell[], kind?: RowKind) => void;
  readonly blank: () => void;
  /** The number of the row that comes next. */
  readonly next: () => number;
  readonly close: () => Promise<void>;
};

type LineKind = "title" | "heading" | "notice" | "text";
type RowKind = "plain" | "total";

export type SheetLayout = {
  readonly name: string;
  readonly lang: Lang;
  /** In characters, by column. */
  readonly widths: readonly number[];
  readonly aligns?: readonly (Align | undefined)[];
  /** Rows that stay at the top, on the screen and on paper; and columns at the left. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  /** What stands above each printed page. */
  readonly header: string;
};

/** Characters that an A4 sheet across holds at a size that can be read. */
const charsOnPage = 170;
const a4 = 9;
const lineHeight = 15;
const highest = 320;
const colours = { head: "FFDDE6F2", notice: "FFFFF4CE", total: "FFF2F2F2" } as const;

/** Adds a sheet, set up for A4 across: the head on every page, page numbers, as many pages wide as it takes. */
export function addSheet(book: PaperBook, layout: SheetLayout): PaperSheet {
  const { name, lang, widths, frozen, aligns = [] } = layout;
  const face = faces[lang];
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const sheet = book.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: frozen.rows, xSplit: frozen.columns }],
    pageSetup: {
      paperSize: a4,
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: Math.max(1, Math.ceil(whole / charsOnPage)),
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: `1:${frozen.rows}`,
      ...(frozen.columns === 0 ? {} : { printTitlesColumn: `A:${columnName(frozen.columns)}` }),
    },
    headerFooter: {
      oddHeader: `&L${headerText(layout.header)}&R${headerText(name)}`,
      oddFooter: lang === "zh" ? "&C第 &P 页，共 &N 页" : "&CPage &P of &N",
    },
  });
  sheet.columns = widths.map((width) => ({ width }));
  let next = 1;
  const take = (): Row => {
    next += 1;
    return sheet.getRow(next - 1);
  };
  const row = (cells: readonly PaperCell[], kind: RowKind = "plain"): void => {
    const line = take();
    cells.forEach((cell, at) => {
      const written = line.getCell(at + 1);
      writeCell(written, cell, aligns[at]);
      written.font = { ...face, bold: kind === "total" };
      if (kind === "total") written.fill = fill(colours.total);
    });
    line.height = heightOf(cells, widths);
    line.commit();
  };
  const head = (titles: readonly string[]): void => {
    const line = take();
    titles.forEach((title, at) => {
      writeHead(line.getCell(at + 1), title, face);
    });
    line.height = heightOf(
      titles.map((value) => ({ value })),
      widths,
    );
    line.commit();
  };
  return {
    line: (text, kind = "text") => {
      writeLine(sheet, take(), text, { kind, widths, face });
    },
    table: ({ columns, rows }) => {
      head(columns.map(({ title }) => title));
      const first = next;
      for (const cells of rows) row(cells);
      return { first, last: next - 1 };
    },
    head,
    row,
    blank: () => {
      take().commit();
    },
    next: () => next,
    close: async () => {
      await Promise.resolve(sheet.commit());
    },
  };
}

/** A, B … Z, AA. Counts from 1. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnName(rest) : "") + String.fromCharCode(65 + ((column - 1) % 26));
}

/** Widths by column that all the tables of a sheet can live with. */
export const widthsOf = (
  tables: readonly PaperTable[],
  { least = 6, most = 44 }: { readonly least?: number; readonly most?: number } = {},
): readonly number[] => {
  const columns = Math.max(1, ...tables.map((table) => table.columns.length));
  return Array.from({ length: columns }, (_, at) => {
    const needed = tables.flatMap(({ columns: heads, rows }) => [
      Math.min(widthOf(heads[at]?.title ?? ""), 12),
      heads[at]?.width ?? 0,
      ...rows.slice(0, 200).map((row) => widthOf(shownIn(row[at]))),
    ]);
    return Math.min(most, Math.max(least, ...needed) + 2);
  });
};

const shownIn = (cell: PaperCell | undefined): string => {
  const value = cell?.value ?? "";
  return typeof value === "number" ? value.toFixed(2) : value.slice(0, 200);
};

function writeCell(cell: Cell, { value, format, formula }: PaperCell, align?: Align): void {
  const top = { vertical: "top", wrapText: true } as const;
  if (formula !== undefined) {
    cell.value = value === null ? { formula } : { formula, result: value };
    cell.numFmt = format ?? "General";
    cell.alignment = { ...top, horizontal: "right" };
  } else if (typeof value === "number") {
    cell.value = value;
    cell.numFmt = format ?? "General";
    cell.alignment = { ...top, horizontal: "right" };
  } else {
    // Text stays text, also when it is edited, whatever a model began it with.
    cell.value = value === null ? null : escaped(cellText(value));
    cell.numFmt = "@";
    cell.alignment = align === undefined ? top : { ...top, horizontal: align };
  }
}

function writeHead(cell: Cell, title: string, face: Face): void {
  cell.value = escaped(cellText(title));
  cell.numFmt = "@";
  cell.font = { ...face, bold: true };
  cell.fill = fill(colours.head);
  cell.alignment = { vertical: "middle", wrapText: true };
  cell.border = { top: { style: "medium" }, bottom: { style: "thin" } };
}

type Face = (typeof faces)[Lang];

/** Faces that Excel and WPS both have; Song is what Chinese papers are set in. */
const faces = {
  zh: { name: "宋体", size: 10, charset: 134 },
  en: { name: "Arial", size: 10 },
} as const satisfies Readonly<Record<Lang, object>>;

const fonts: Readonly<Record<LineKind, object>> = {
  title: { bold: true, size: 16 },
  heading: { bold: true, size: 12 },
  notice: { bold: true },
  text: {},
};

type LineStyle = {
  readonly kind: LineKind;
  readonly widths: readonly number[];
  readonly face: Face;
};

function writeLine(
  sheet: Worksheet,
  row: Row,
  text: string,
  { kind, widths, face }: LineStyle,
): void {
  const cell = row.getCell(1);
  cell.value = escaped(cellText(text));
  cell.numFmt = "@";
  cell.font = { ...face, ...fonts[kind] };
  cell.alignment = { vertical: "top", wrapText: true };
  if (kind === "notice") cell.fill = fill(colours.notice);
  // A line as wide as the widest sheet could not be seen without scrolling.
  const columns = columnsWithin(widths, charsOnPage);
  if (columns > 1) sheet.mergeCells(row.number, 1, row.number, columns);
  const whole = widths.slice(0, columns).reduce((sum, width) => sum + width, 0);
  const lines = Math.ceil(widthOf(text) / Math.max(whole - 2, 10));
  row.height = Math.min(highest, Math.max(1, lines) * (kind === "title" ? 24 : lineHeight) + 3);
  row.commit();
}

function columnsWithin(widths: readonly number[], most: number): number {
  let sum = 0;
  const past = widths.findIndex((width) => (sum += width) > most);
  return past < 0 ? widths.length : Math.max(1, past);
}

/** Spreadsheets do not all fit rows to wrapped text, so the height is estimated, and bounded. */
function heightOf(cells: readonly PaperCell[], widths: readonly number[]): number {
  const lines = cells.map((cell, at) =>
    typeof cell.value !== "string"
      ? 1
      : cell.value
          .slice(0, 4_000)
          .split("\n")
          .reduce(
            (sum, line) =>
              sum + Math.max(1, Math.ceil(widthOf(line) / Math.max((widths[at] ?? 10) - 1, 4))),
            0,
          ),
  );
  return Math.min(highest, Math.max(...lines, 1) * lineHeight + 4);
}

const fill = (argb: string) => ({ type: "pattern", pattern: "solid", fgColor: { argb } }) as const;

/** `&` begins a code in headers. At most 255 characters are allowed in all. */
const headerText = (text: string): string => cellText(text).slice(0, 60).replaceAll("&", "&&");
