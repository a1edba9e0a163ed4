import { RE2JS } from "re2js";

/** A user's regular expression, which runs in time linear in the text whatever the pattern. */
export type Pattern = {
  /** Groups of the last match, the whole match first, or null. A group that took no part is null. */
  readonly last: (text: string) => readonly (string | null)[] | null;
  readonly groups: number;
};

export type PatternFlags = { readonly ignore_case: boolean; readonly multiline: boolean };

/**
 * Compiles RE2 syntax: no look-around and no back-references, which no linear-time engine has.
 * Throws an `Error` that says what is wrong.
 */
export function compilePattern(source: string, flags: PatternFlags): Pattern {
  const bits =
    (flags.ignore_case ? RE2JS.CASE_INSENSITIVE : 0) | (flags.multiline ? RE2JS.MULTILINE : 0);
  const compiled = RE2JS.compile(source, bits);
  return {
    groups: compiled.groupCount(),
    last: (text) => {
      const matcher = compiled.matcher(text);
      let groups: readonly (string | null)[] | null = null;
      while (matcher.find()) {
        groups = Array.from({ length: matcher.groupCount() + 1 }, (_, n) => matcher.group(n));
      }
      return groups;
    },
  };
}
