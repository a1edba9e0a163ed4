import type { ColumnRoles, Role } from "./columns.ts";
import type { Lettered } from "./gold.ts";

import { lettered } from "./gold.ts";

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
  if (byLetter.length >= 2) return Object.fromEntries(byLetter);
  const [column] = columns.of("options");
  const value = column === undefined ? undefined : cells[column];
  if (Array.isArray(value)) return value.length < 2 ? null : lettered(value.map(optionText));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([letter, text]) => [letter, optionText(text)] as const,
    );
    return entries.length < 2 ? null : Object.fromEntries(entries);
  }
  const lines = (scalarText(value) ?? "").split(/\r?\n|\|/).map((line) => line.trim());
  const texts = lines.filter((line) => line !== "");
  return texts.length < 2 ? null : lettered(texts.map(optionText));
}

/** An option's text without a letter of its own: `A. 甲`, `(A)甲`, `A：甲`. */
const optionText = (value: unknown): string =>
  (scalarText(value) ?? "").replace(/^[(（]?[A-Z][)）]?\s*[.．、:：]\s*|^[(（][A-Z][)）]\s*/, "");

export function answerOf(cells: Cells, columns: ColumnRoles): unknown {
  const [column] = columns.of("answer");
  return column === undefined ? undefined : cells[column];
}

/** The parts of a cell that lists several. */
export const listOf = (text: string | null): string[] =>
  (text ?? "")
    .split(/[,，、;；|]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
