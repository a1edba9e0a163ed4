import type { ValueContext } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { defineValueType } from "./value-type.ts";

const prefixes: Readonly<Record<string, number>> = { "0b": 2, "0o": 8, "0x": 16 };
const words: Readonly<Record<string, number>> = {
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  十二: 12,
  十六: 16,
  三十六: 36,
};
const word =
  "(?<word>三十六|十六|十二|[二三四五六七八九十]|\\d{1,2})\\s?进制(?:数|表示)?(?:为|是|:)?\\s?";
const core = `(?<prefix>0[box])?(?<digits>[0-9a-z][0-9a-z ]{0,200})`;
const whole = new RegExp(
  `^(?:${word})?[(\\[]?\\s?${core}\\s?[)\\]]?(?:_?\\s?[({]?(?<sub>\\d{1,2})[)}]?)?(?:\\s?\\(\\s?${word.replace("<word>", "<after>")}\\))?$`,
  "iu",
);
const piece =
  /(?<![\w.])(?:\(\s?)?(?:0[box])?[0-9a-z]{1,200}(?:\s?\))?(?:_\{?\(?\d{1,2}\)?\}?|\(\d{1,2}\))?(?:\s?\((?:三十六|十六|十二|[二三四五六七八九十]|\d{1,2})\s?进制(?:数|表示)?\))?(?![\w.]|\s?\(\S{1,3}进制)/giu;

/** A whole number in a base: 101101, 101101₂, (101101)₂, 0b101101, 101101（二进制）. A base that is named must be the asked one. */
export const baseN = defineValueType<string>({
  expected: {
    zh: "指定进制（base）下的一个整数，如 101101",
    en: "a whole number in the given base such as 101101",
  },
  parse: digitsOf,
  mentions: (text) => Array.from(undressed(text).matchAll(piece), ([mention]) => mention),
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

/** The digits in lower case without leading zeros, or null. */
function digitsOf(text: string, { options: { base = 2 } }: ValueContext): string | null {
  const bare = undressed(text)
    .replaceAll(/^[“"'「]+|[”"'」。.!,;，；]+$/g, "")
    .trim();
  const groups = whole.exec(bare)?.groups;
  if (groups === undefined) return null;
  const hex = base > 11 && /^0b/i.test(groups["prefix"] ?? "");
  const prefix = hex ? "" : (groups["prefix"] ?? "").toLowerCase();
  const named = [
    prefix === "" ? null : (prefixes[prefix] ?? null),
    baseNamed(groups["word"]),
    baseNamed(groups["after"]),
    groups["sub"] === undefined ? null : Number(groups["sub"]),
  ].filter((each) => each !== null);
  if (named.some((each) => each !== base)) return null;
  const digits = `${hex ? groups["prefix"] : ""}${groups["digits"]}`
    .replaceAll(" ", "")
    .toLowerCase();
  if (Array.from(digits).some((digit) => !(Number.parseInt(digit, 36) < base))) return null;
  return digits.replace(/^0+(?=.)/, "");
}

const baseNamed = (name: string | undefined): number | null =>
  name === undefined ? null : (words[name] ?? Number(name));
