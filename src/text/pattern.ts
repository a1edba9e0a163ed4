import { RE2JS } from "re2js";

type Groups = readonly (string | null)[];

/** A user's regular expression, matched in time linear in the text whatever the pattern. */
export type Pattern = {
  /** Groups of the last match, the whole match first, or null. A group that did not participate is null. */
  readonly last: (text: string) => Groups | null;
  readonly groups: number;
};

export type PatternFlags = { readonly ignore_case: boolean; readonly multiline: boolean };

/**
 * Compiles RE2 syntax: without look-around and back-references, which no linear-time engine supports.
 * Throws an `Error` that says what is wrong.
 */
export function compilePattern(source: string, flags: PatternFlags): Pattern {
  const bits =
    (flags.ignore_case ? RE2JS.CASE_INSENSITIVE : 0) | (flags.multiline ? RE2JS.MULTILINE : 0);
  const compiled = compiledOnce(source, bits);
  return {
    groups: compiled.groupCount(),
    last: (text) => lastIn(compiled, text),
  };
}

/** Compiling takes longer than most searches, and every answer to an item is graded by the same pattern. */
const mostKept = 256;

const kept = new Map<string, RE2JS>();

function compiledOnce(source: string, bits: number): RE2JS {
  const key = `${bits} ${source}`;
  const compiled = kept.get(key) ?? RE2JS.compile(source, bits);
  kept.delete(key);
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return compiled;
}

/** One search is linear, but finding the last of many matches takes as many searches: beyond this only the end is read. */
const allowance = (text: string): number => Math.min(1_000, Math.max(5, 1e6 / text.length));

function lastIn(compiled: RE2JS, text: string): Groups | null {
  const { groups, exhausted } = lastOf(compiled, text, allowance(text));
  if (exhausted) return groups;
  const from = Math.floor(text.length * 0.75);
  const line = text.indexOf("\n", from);
  return lastIn(compiled, text.slice(line < 0 ? from : line + 1)) ?? groups;
}

function lastOf(
  compiled: RE2JS,
  text: string,
  searches: number,
): { readonly groups: Groups | null; readonly exhausted: boolean } {
  const matcher = compiled.matcher(text);
  let groups: Groups | null = null;
  for (let n = 0; n < searches; n++) {
    if (!matcher.find()) return { groups, exhausted: true };
    groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
  }
  return { groups, exhausted: false };
}
