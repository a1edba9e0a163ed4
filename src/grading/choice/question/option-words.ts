import type { Gold } from "../../../domain/grader.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { optionTexts } from "./labels.ts";

type Words = readonly (readonly [label: string, words: string])[];
const cache = new WeakMap<Gold, Words>();

/** Label and words of each option, longest first, without words that two options share. */
export function wordsOf(gold: Gold): Words {
  const known = cache.get(gold);
  if (known !== undefined) return known;
  const texts = [...optionTexts(gold)];
  const numbered = areNumbered(texts.map(([, text]) => text));
  const all = texts.map(([label, text]) => {
    const folded = foldSimplified(numbered ? text.trim().slice(1) : text).trim();
    return [label, folded.replace(/[。.;,]$/, "")] as const;
  });
  const words = all
    .filter(
      ([, each]) =>
        !/^(?:|[A-Z])$/.test(each) && all.filter(([, other]) => other === each).length === 1,
    )
    .toSorted(([, a], [, b]) => b.length - a.length);
  cache.set(gold, words);
  return words;
}

/** ①铁 ②碳 ③铜 ④硫: the number is only another label. */
export const areNumbered = (texts: readonly string[]): boolean =>
  texts.length > 0 &&
  texts.every(
    (text, index) =>
      text.trim().charCodeAt(0) === 0x2460 + index && !/[①-⑳]/.test(text.trim().slice(1)),
  );

const withNumbers = new WeakMap<Gold, boolean>();

/** An option is a number, with or without a unit. */
export function areNumbers(gold: Gold): boolean {
  const known = withNumbers.get(gold);
  if (known !== undefined) return known;
  const found = wordsOf(gold).some(([, words]) => /\d/.test(words));
  withNumbers.set(gold, found);
  return found;
}

const number = /^[-+]?[\d.,/]+%?$/;

/** The one option that is this number with a unit. */
export function optionOfNumber(value: string, gold: Gold): string | null {
  const bare = value.trim();
  if (!number.test(bare)) return null;
  const hits = wordsOf(gold).filter(
    ([, words]) =>
      words.startsWith(bare) &&
      /^[ ]?[\p{Script=Han}A-Za-z°%℃]{1,6}$/u.test(words.slice(bare.length)),
  );
  return hits.length === 1 ? (hits[0]?.[0] ?? null) : null;
}
