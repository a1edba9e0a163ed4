import type { Column, Table } from "../render/table.ts";

/** A cell of a workbook: what it holds, and how it is shown. Texts have no format. */
export type PaperCell = {
  readonly value: string | number | null;
  /** A number format, as spreadsheets write it. */
  readonly format?: string;
  /** Without its equals sign; `value` is its result. */
  readonly formula?: string;
};

export type PaperTable = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly PaperCell[])[];
};

/**
 * A table of texts as numbers, where a text is one: 82.4, 1,234, 97.5% and ¥0.12 become numbers whose format shows the same
 * text again. Cells that hold a value with its interval, or two values with a stroke between them, become several columns.
 * Only columns that are set right hold numbers; codes and names stay as they are.
 */
export function numberTable({ columns, rows }: Table): PaperTable {
  const made = columns.map((column, at) =>
    columnOf(
      column,
      rows.map((row) => row[at] ?? ""),
    ),
  );
  return {
    columns: made.flatMap(({ heads }) => heads),
    rows: rows.map((_, at) => made.flatMap(({ cells }) => cells[at] ?? [])),
  };
}

type MadeColumn = {
  readonly heads: readonly Column[];
  readonly cells: readonly (readonly PaperCell[])[];
};

function columnOf(column: Column, texts: readonly string[]): MadeColumn {
  if (column.align !== "right")
    return { heads: [column], cells: texts.map((value) => [{ value }]) };
  for (const { pattern, heads } of splits) {
    if (!texts.some((text) => partsOf(pattern, text) !== null)) continue;
    const named = heads(column.title);
    if (named === null) continue;
    return {
      heads: named.map((title) => ({ ...column, title })),
      cells: texts.map((text) => {
        const parts = partsOf(pattern, text) ?? [text];
        return named.map((_, at) => numberCell(parts[at] ?? ""));
      }),
    };
  }
  return { heads: [column], cells: texts.map((text) => [numberCell(text)]) };
}

/** How a cell of several numbers looks, and the titles of the columns that it becomes. */
const splits: readonly {
  readonly pattern: RegExp;
  readonly heads: (title: string) => readonly string[] | null;
}[] = [
  { pattern: /^(\S+) \(([\d.]+)–([\d.]+)\)$/, heads: intervalHeads },
  { pattern: /^([\d.,∞—]+)\/([\d.,∞—]+)$/, heads: pairHeads },
];

function intervalHeads(title: string): readonly string[] | null {
  const name = title.replace(/ ?[(（]95% (?:区间|interval)[)）]/, "");
  const zh = title.includes("区间");
  return name === title
    ? null
    : [name, `${name} ${zh ? "下限" : "low"}`, `${name} ${zh ? "上限" : "high"}`];
}

/** `首字延迟 p50/p95 (秒)` becomes one title for each side of the stroke. */
function pairHeads(title: string): readonly string[] | null {
  const found = /([^\s/]+)\/([^\s/]+)/.exec(title);
  if (found === null) return null;
  return [found[1], found[2]].map((side) => title.replace(found[0], side ?? ""));
}

/** Null where the text is no such cell, or one of its parts is no number and no sign for none. */
function partsOf(pattern: RegExp, text: string): readonly string[] | null {
  const found = pattern.exec(text)?.slice(1);
  if (found === undefined) return null;
  return found.every((part) => numberOf(part) !== null || part === "—" || part === "∞")
    ? found
    : null;
}

/** A text as a number with the format that shows it, or as it is. */
export function numberCell(text: string): PaperCell {
  const found = numberOf(text);
  return found ?? { value: text === "" ? null : text };
}

type Numbered = { readonly value: number; readonly format: string };

/** Null where the text is no number, also where it is a code such as 007. */
function numberOf(text: string): Numbered | null {
  const found = /^(\+|-)?([¥$])?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%)?$/.exec(text);
  if (found === null) return null;
  const [, sign = "", currency = "", whole = "", decimals = "", percent = ""] = found;
  if (/^0\d/.test(whole) || whole.length > 15) return null;
  const size = Number(`${whole.replaceAll(",", "")}${decimals === "" ? "" : `.${decimals}`}`);
  const value = (sign === "-" ? -size : size) / (percent === "" ? 1 : 100);
  const places = decimals === "" ? "" : `.${"0".repeat(decimals.length)}`;
  const digits = `${whole.includes(",") ? "#,##0" : "0"}${places}${percent}`;
  const shown = currency === "" ? digits : `"${currency}"${digits}`;
  return { value, format: sign === "+" ? `+${shown};-${shown}` : shown };
}
