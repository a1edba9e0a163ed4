import type { Cell, Workbook } from "exceljs";

import { openZip } from "../../../files/zip.ts";

/** What a spreadsheet shows of a cell whose format is one of those that papers use. */
function shownIn(cell: Cell): string {
  const { value, result, numFmt } = cell;
  const held: unknown = typeof value === "object" && value !== null ? result : value;
  if (held === null || held === undefined) return "";
  return typeof held === "number"
    ? shownNumber(held, numFmt)
    : typeof held === "string"
      ? held
      : JSON.stringify(held);
}

/** A number in a format such as `0.0`, `#,##0`, `0.0%`, `"¥"0.00` or `+0.0;-0.0`. */
export function shownNumber(value: number, format: string): string {
  const [positive = "", negative] = format.split(";");
  const chosen = value < 0 && negative !== undefined ? negative : positive;
  const [, before = "", digits = "0", decimals = "", percent = ""] =
    /^([+-]|"[^"]*")*([#,0]+)(?:\.(0+))?(%)?$/.exec(chosen) ?? [];
  const size = Math.abs(value) * (percent === "" ? 1 : 100);
  const text = size.toLocaleString("en-US", {
    useGrouping: digits.includes(","),
    minimumFractionDigits: decimals.length,
    maximumFractionDigits: decimals.length,
  });
  const sign = value < 0 && negative === undefined ? "-" : "";
  return `${sign}${before.replaceAll('"', "")}${text}${percent}`;
}

/** The rows of a sheet as they are shown. */
export function rowsOf(book: Workbook, name: string): readonly (readonly string[])[] {
  const sheet = book.getWorksheet(name);
  const rows: string[][] = [];
  sheet?.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from({ length: row.cellCount }, (_, at) => shownIn(row.getCell(at + 1))));
  });
  return rows;
}

/** What XML 1.0 cannot hold, or a word processor may choke on. */
export const unprintable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/u;

export type WordTable = {
  readonly caption: string;
  readonly rows: readonly (readonly string[])[];
};

/** The tables of a Word document with the paragraph above each, and all its text. */
export async function readWord(
  file: string,
): Promise<{ readonly text: string; readonly tables: readonly WordTable[] }> {
  const zip = await openZip(file);
  try {
    const xml = (await zip.read("word/document.xml"))?.toString("utf8") ?? "";
    const tables: WordTable[] = [];
    let above = "";
    for (const [part] of xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>|<w:p[ >][\s\S]*?<\/w:p>/g)) {
      if (!part.startsWith("<w:tbl>")) {
        above = textIn(part);
        continue;
      }
      const rows = [...part.matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) =>
        [...row.matchAll(/<w:tc[ >][\s\S]*?<\/w:tc>/g)].map(([cell]) => textIn(cell)),
      );
      tables.push({ caption: above, rows });
    }
    return { text: textIn(xml), tables };
  } finally {
    await zip.close();
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

const textIn = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = ""]) =>
      text.replaceAll(/&(\w+);/g, (all, name: string) => entities[name] ?? all),
    )
    .join("");
