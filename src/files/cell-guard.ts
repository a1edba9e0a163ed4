import { stripVTControlCharacters } from "node:util";

/** What a spreadsheet may take for a formula, also after blanks and in full-width signs. */
const formula = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/u;
/** Looks like the start of a formula but is not: a negative number, a dash alone. */
const harmless = /^-(?:\d+(?:\.\d+)?)?$/;

/** Text that stays text when a spreadsheet opens it from CSV: an apostrophe goes before what could be a formula. */
export const guarded = (text: string): string =>
  formula.test(text) && !harmless.test(text) ? `'${text}` : text;

/** The text as it was before `guarded`. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;

/** A spreadsheet's cell holds no more than 32,767 UTF-16 units. */
const most = 32_000;

/**
 * Text that a cell can hold: well-formed, without terminal escapes, control characters and such that turn the text
 * around, line ends as \n. What is too
 * long is cut, and says so.
 */
export function cellText(text: string): string {
  const clean = stripVTControlCharacters(text)
    .toWellFormed()
    .replaceAll(/\p{Bidi_Control}/gu, "")
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (char) => (char === "\n" || char === "\t" ? char : ""));
  if (clean.length <= most) return clean;
  const kept = clean
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, "");
  const rest = clean.length - kept.length;
  return `${kept}\n【…… 后面还有 ${rest} 字，单元格放不下；${rest} more characters do not fit】`;
}
