import { seldom } from "../finding/seldom.ts";

const ones = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, value) => [word, value] as const),
);
const tens = new Map(
  "twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .map((word, index) => [word, 20 + 10 * index] as const),
);
const groups = new Map([
  ["thousand", 1_000n],
  ["million", 1_000_000n],
  ["billion", 1_000_000_000n],
]);

const word = [...ones.keys(), ...tens.keys(), "hundred", ...groups.keys()]
  .toSorted((a, b) => b.length - a.length)
  .join("|");
const spelt = new RegExp(
  String.raw`(?<![A-Za-z\d-]|\d[ ]?)(?:(?:a )(?=hundred|thousand|million|billion))?(?:${word})(?:(?:[ -]|,? and | a )(?:${word})){0,12}(?![A-Za-z-])`,
  "gi",
);

const hasWord = seldom(/[a-z]{3}/i);

/** Writes numbers in English words as digits: forty-two, three hundred and five, two million. One alone is a pronoun too and stays. */
export const englishInDigits = (text: string): string =>
  hasWord.test(text)
    ? text
        .replaceAll(spelt, (words, at: number) => {
          if (
            /^one$/i.test(words) &&
            !/(?:\bis|\bare|=|:|\banswer)\s*$/i.test(text.slice(Math.max(0, at - 8), at))
          )
            return words;
          return valueOf(words) ?? words;
        })
        .replaceAll(part, (all, n: string, name: string) => {
          const d = parts.get(name.toLowerCase().replace(/s$/, ""));
          return d === undefined ? all : `${n}/${d}`;
        })
        .replaceAll(/\bnegative (?=\d)/gi, "-")
        .replaceAll(/(?<![\d.,/])(\d{1,6}) and a half\b/gi, "$1.5")
        .replaceAll(/\b(half a|a|\d{1,4}) dozen\b/gi, (_, n: string) =>
          String(/^half/i.test(n) ? 6 : 12 * (/^a$/i.test(n) ? 1 : Number(n))),
        )
    : text;

const parts = new Map([
  ["half", 2],
  ["halve", 2],
  ["third", 3],
  ["quarter", 4],
  ["fourth", 4],
  ["fifth", 5],
  ["sixth", 6],
  ["eighth", 8],
  ["tenth", 10],
]);
const part =
  /\b(\d{1,3})[ -](halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)\b/gi;

function valueOf(words: string): string | null {
  let total = 0n;
  let section = 0n;
  // The least value that the next word may not reach: twenty one, but not one twenty.
  let room = 1_000_000_000_000n;
  for (const part of words.toLowerCase().split(/[\s,-]+/)) {
    if (part === "and" || part === "a") continue;
    const group = groups.get(part);
    if (group !== undefined) {
      total += (section === 0n ? 1n : section) * group;
      section = 0n;
      room = group;
      continue;
    }
    if (part === "hundred") {
      if (section > 99n) return null;
      section = (section === 0n ? 1n : section) * 100n;
      room = 100n;
      continue;
    }
    const ten = tens.get(part);
    const value = BigInt(ten ?? ones.get(part) ?? 0);
    if (value >= room) return null;
    section += value;
    room = ten === undefined ? 1n : 10n;
  }
  return String(total + section);
}
