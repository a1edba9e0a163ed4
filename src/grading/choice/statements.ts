import type { Gold } from "../../domain/grader.ts";
import type { Group } from "./group.ts";
import type { Stem } from "./stem.ts";

import { optionTexts } from "./labels.ts";
import { readOptionVerdicts } from "./verdicts.ts";

const run = /[①-⑳](?:[ \t]?(?:[、,]|和|与|及|以及)?[ \t]?(?:选项)?[①-⑳])*/g;

const numbersIn = (text: string): readonly string[] =>
  [...new Set(text.match(/[①-⑳]/g) ?? [])].toSorted();

/**
 * The option whose numbered statements a passage names, in any order, or in the same order where the options differ only
 * in that (①③②). Null where none or several match.
 */
export function optionOfNumbers(passage: string, gold: Gold): string | null {
  const mentioned = passage.match(/[①-⑳]/g) ?? [];
  if (mentioned.length === 0) return null;
  const options = [...optionTexts(gold)].map(
    ([label, words]) => [label, words.match(/[①-⑳]/g) ?? []] as const,
  );
  const sameSet = options.filter(([, numbers]) => key(numbers) === key(mentioned));
  const named =
    sameSet.length > 1
      ? sameSet.filter(([, numbers]) => numbers.join("") === mentioned.join(""))
      : sameSet;
  return named.length === 1 ? (named[0]?.[0] ?? null) : null;
}

const key = (numbers: readonly string[]): string => [...new Set(numbers)].toSorted().join("");

/**
 * For options that are sets of numbered statements (A. ①② B. ①④): the option with exactly the statements that the reply
 * calls right. Null where the options are of another kind or the verdicts match no option.
 */
export function optionOfStatements(text: string, gold: Gold, stem: Stem): string | null {
  if (stem === "not" || !/[①-⑳]/.test(text)) return null;
  const options = [...optionTexts(gold)].map(
    ([label, words]) => [label, numbersIn(words).join("")] as const,
  );
  if (options.length < 2 || options.some(([, numbers]) => numbers.length < 1)) return null;
  const groups: readonly Group[] = Array.from(text.matchAll(run), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    letters: numbersIn(match[0]),
    hedged: false,
    outside: false,
  }));
  const { truth, picked } = readOptionVerdicts(text, groups, stem);
  const fits = [...new Set([...truth.keys(), ...picked.keys()])].filter(
    (number) => picked.get(number) ?? truth.get(number) === (stem !== "wrong"),
  );
  const named = options.filter(([, numbers]) => numbers === fits.toSorted().join(""));
  return named.length === 1 ? (named[0]?.[0] ?? null) : null;
}
