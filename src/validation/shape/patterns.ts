/** The text of a pattern that matches just this text, its UTF-8 being read as Latin-1. */
export const literalPattern = (text: string): string =>
  Buffer.from(text, "utf8")
    .toString("latin1")
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
    .replaceAll("\n", String.raw`\n`);

const plain = String.raw`[^"\\\x00-\x1f]*`;
/** What may stand between the quotes of a text. Escapes by number are left out: they are rare, and half a pair is none. */
export const textPattern = String.raw`${plain}(?:\\["\\/bfnrt]${plain})*`;

/** What a schema may ask of a number. */
export type NumberBounds = {
  readonly isWhole: boolean;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The minimum itself is not allowed. */
  readonly isAbove: boolean;
};

/** Few enough digits that the number is finite, and whole ones are exact. */
const digits = String.raw`(?:0|[1-9]\d{0,14})`;
const fraction = String.raw`(?:\.\d{1,18})?`;

/** A pattern of numbers that keep the rule, or null where this knows none. Numbers with exponents are left out. */
export function numberPattern({ isWhole, minimum, maximum, isAbove }: NumberBounds): string | null {
  if (maximum !== null) {
    // A fraction below 1 is read as 1 at most.
    return minimum === 0 && maximum === 1 && !isAbove && !isWhole
      ? String.raw`(?:1|0(?:\.\d{1,18})?)`
      : null;
  }
  const end = isWhole ? "" : fraction;
  if (minimum === null) return `-?${digits}${end}`;
  if (minimum !== 0) return null;
  if (!isAbove) return `${digits}${end}`;
  return isWhole ? String.raw`[1-9]\d{0,14}` : null;
}

/** A class of ASCII letters, digits and signs that mean nothing in JSON. */
const plainClass = /\[(?:\d-\d|a-z|A-Z|a-f|A-F|[A-Za-z0-9+:._])+\]/g;

/**
 * The inner part of an anchored pattern, to be put into another one, or null where it might mean something else there or take
 * what must be escaped in JSON: beside ASCII letters, digits and a few signs it may hold classes of them, groups without captures,
 * alternatives within groups, and counts.
 */
export function innerPattern({ source, flags }: RegExp): string | null {
  const inner = /^\^(.*)\$$/.exec(source)?.[1];
  if (inner === undefined || flags !== "" || inner.includes("<")) return null;
  const rest = inner
    .replaceAll(/\\[d.]/g, "0")
    .replaceAll(plainClass, "0")
    .replaceAll("(?:", "<");
  if (!/^[\w:<)|{},+*?-]*$/.test(rest)) return null;
  let depth = 0;
  for (const char of rest) {
    if (char === "<") depth += 1;
    if (char === ")") depth -= 1;
    if (depth < 0 || (char === "|" && depth === 0)) return null;
  }
  return inner;
}
