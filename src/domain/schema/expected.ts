import type { Text } from "../text.ts";

/** A schema's message. zod carries one string per issue, so both languages travel in it as JSON. */
export type ExpectedNote = {
  /** Completes “expected …; got …”, unless it is a sentence of its own. */
  readonly expected: Text;
  /** Names that the value may be one of. */
  readonly known: readonly string[];
  readonly sentence?: true;
};

/** What a check of a schema expects, to follow “expected”: `{error: expected("日期", "a date")}`. */
export const expected = (zh: string, en: string): string =>
  noteText({ expected: { zh, en }, known: [] });

/** A whole sentence, for a rule between several fields. */
export const sentence = (zh: string, en: string): string =>
  noteText({ expected: { zh, en }, known: [], sentence: true });

export const noteText = (note: ExpectedNote): string => JSON.stringify(note);
