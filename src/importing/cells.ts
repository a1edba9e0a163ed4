import type { ColumnRoles, Role } from "./columns.ts";
import type { Lettered } from "./gold.ts";

import { lettered } from "./gold.ts";
import { splitStem } from "./typing/stem.ts";

/** What the columns of one row hold. */
export type Cells = Readonly<Record<string, unknown>>;

/** The text that a row holds in a role; that of several columns on a line each. Null where it holds none. */
export function cellText(cells: Cells, columns: ColumnRoles, role: Role): string | null {
  const texts = columns.of(role).map((column) => scalarText(cells[column]));
  const found = texts.filter((text): text is string => text !== null);
  return found.length === 0 ? null : found.join("\n");
}

/** A cell as trimmed text; null where it holds none. */
export function scalarText(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** The options of a row: a column each, or a list, a map or the lines of one cell. Null below two. */
export function optionsOf(cells: Cells, columns: ColumnRoles): Lettered | null {
  const byLetter = columns.letters
    .map(([letter, column]) => [letter, scalarText(cells[column])] as const)
    .filter((entry): entry is readonly [string, string] => entry[1] !== null);
  const told = withoutDashes(byLetter);
  if (told.length >= 2)
    return Object.fromEntries(told.map(([letter, text]) => [letter, ownText(letter, text)]));
  const [column] = columns.of("options");
  const value = column === undefined ? undefined : cells[column];
  if (Array.isArray(value)) return value.length < 2 ? null : lettered(value.map(optionText));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([letter, text]) => [letter, optionText(text)] as const,
    );
    return entries.length < 2 ? null : Object.fromEntries(entries);
  }
  const texts = optionsInCell(scalarText(value) ?? "");
  return texts.length < 2 ? null : lettered(texts.map(optionText));
}

/** The options that one cell lists: behind letters, a line each, between bars or semicolons, or as a JSON list. */
function optionsInCell(text: string): readonly unknown[] {
  const split = splitStem(text, true);
  if (split !== null && split.stem === "") return Object.values(split.options);
  if (text.startsWith("[")) {
    const list = parsedList(text);
    if (list !== null) return list;
  }
  for (const separator of [/\r?\n/u, /\|/u, /[;；]/u, /\$\$|##/u, commas]) {
    const parts = text.split(separator).map((part) => part.trim());
    const texts = parts.filter((part) => part !== "");
    if (texts.length >= 2) return texts;
  }
  return [];
}

const commas = /[,，、]/u;

/** Whether the options of a row could be told apart by commas alone, which may stand inside of an option, too. */
export function optionsByComma(cells: Cells, columns: ColumnRoles): boolean {
  if (columns.letters.length > 0) return false;
  const [column] = columns.of("options");
  const text = column === undefined ? null : scalarText(cells[column]);
  return (
    text !== null &&
    commas.test(text) &&
    !/[\r\n|;；[]|\$\$|##/u.test(text) &&
    splitStem(text, true) === null
  );
}

function parsedList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** An option's text without a letter of its own: `A. 甲`, `(A)甲`, `A：甲`. */
const optionText = (value: unknown): string =>
  (scalarText(value) ?? "").replace(
    /^[(（【[]?[A-ZＡ-Ｚ][)）】\]]?\s*[.．、:：]\s*|^[(（【[][A-ZＡ-Ｚ][)）】\]]\s*|^[A-ZＡ-Ｚ][)）]\s*/u,
    "",
  );

/** `A.买家` in the column of A is 买家; `A股` stays. */
const ownText = (letter: string, text: string): string => {
  const bare = optionText(text);
  const [, given] = /^[(（]?([A-Z])/.exec(text.normalize("NFKC")) ?? [];
  return given === letter && bare !== "" ? bare : text;
};

/** Without cells in which a dash says that there is no such option; among signs it is one. */
function withoutDashes(
  options: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const kept = options.filter(([, text]) => !/^(?:[-—–/／]+|无此项)$/u.test(text));
  return kept.every(([, text]) => /[\p{L}\p{N}]/u.test(text)) ? kept : options;
}

export function answerOf(cells: Cells, columns: ColumnRoles): unknown {
  const [column] = columns.of("answer");
  const value = column === undefined ? undefined : cells[column];
  // An apostrophe makes a spreadsheet take a number for text.
  return typeof value === "string" ? value.replace(/^['‘’](?=[\d=+@-]+)/, "") : value;
}

/** The parts of a cell that lists several. */
export const listOf = (text: string | null): string[] =>
  (text ?? "")
    .split(/[,，、;；|]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
