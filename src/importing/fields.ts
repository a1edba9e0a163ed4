import { memberOf } from "../domain/json.ts";
import { SkipRow } from "./importer.ts";

/** The first of the fields that holds a text or a number, trimmed; null where none does. */
export function textField(value: unknown, ...names: readonly string[]): string | null {
  for (const name of names) {
    const found = memberOf(value, name);
    if (typeof found === "number") return String(found);
    if (typeof found === "string" && found.trim() !== "") return found.trim();
  }
  return null;
}

/** The same, but a row without one is left out. */
export function needText(value: unknown, ...names: readonly string[]): string {
  const found = textField(value, ...names);
  if (found !== null) return found;
  const wanted = names.join("/");
  throw new SkipRow(`缺少 ${wanted}`, `no ${wanted}`);
}

/** The elements of the field where it is a list, otherwise none. */
export function listField(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** An id of letters, digits, `.`, `_` and `-` made from any text; null where nothing is left. */
export function toId(text: string | null): string | null {
  const id = (text ?? "")
    .trim()
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return id === "" ? null : id;
}

/** `r000042`: the id of a row that has none. */
export const rowId = (row: number): string => `r${String(row).padStart(6, "0")}`;
