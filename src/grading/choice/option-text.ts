import type { Gold } from "../../domain/grader.ts";
import type { Group } from "./group.ts";
import type { Stem } from "./question/stem.ts";

import { formulaKey, isFormula } from "../../text/formula.ts";
import { plain } from "../../text/normalise.ts";
import { optionTexts } from "./question/labels.ts";
import { optionOfNumber } from "./question/option-words.ts";
import { readOptionVerdicts } from "./verdicts.ts";

/** An option's text as it is compared: values keep their signs, words lose punctuation. */
const keyOf = (text: string): string => (isFormula(text) ? formulaKey(text) : bareOf(text));

/** Words alone; the arrows and dashes of an order (②→①→③, 秦—汉—隋) count no more than other marks. */
const bareOf = (text: string): string =>
  plain(/[→➔>]/.test(text) ? text.replaceAll(/ ?(?:→|➔|[-=]>)+ ?/g, "") : text);

type Keyed = readonly (readonly [label: string, key: string])[];
type Keys = {
  readonly all: Keyed;
  readonly formulas: boolean;
  readonly words: boolean;
  /** A longer text cannot equal any option. */
  readonly longest: number;
};
const cache = new WeakMap<Gold, Keys>();

function keysOf(gold: Gold): Keys {
  const known = cache.get(gold);
  if (known !== undefined) return known;
  const texts = [...optionTexts(gold)];
  const keys = {
    all: texts
      .map(([label, text]) => [label, keyOf(text)] as const)
      .filter(([, key]) => key !== ""),
    formulas: texts.some(([, text]) => isFormula(text)),
    words: texts.some(([, text]) => !isFormula(text)),
    longest: 4 * Math.max(0, ...texts.map(([, text]) => text.length)) + 40,
  };
  cache.set(gold, keys);
  return keys;
}

/** Every option is a number or a formula, perhaps with a unit, and no words. */
export const areValues = (gold: Gold): boolean => {
  const { all, words } = keysOf(gold);
  return (
    all.length > 1 &&
    (!words || [...optionTexts(gold)].every(([, text]) => isFormula(text) || amount.test(text)))
  );
};
const amount = /^[\s$]*-?\d[\d.,/]*[\s$]*(?:%|\p{Script=Han}{0,3})[\s$.。]*$/u;

const keyedOptions = (gold: Gold): Keyed => keysOf(gold).all;

const only = (hits: Keyed): string | null => (hits.length === 1 ? (hits[0]?.[0] ?? null) : null);

/** The one option that a text equals, word for word or value for value, or null. */
export function optionSaid(text: string, gold: Gold): string | null {
  const { all, formulas, words, longest } = keysOf(gold);
  if (all.length === 0 || text.length > longest) return null;
  const formula = formulas ? formulaKey(text) : null;
  const bare = words ? bareOf(text) : null;
  return only(all.filter(([, key]) => key === formula || key === bare));
}

/** The one option with whose words a passage begins, up to the end of a clause, or null. */
export function optionBegun(passage: string, gold: Gold): string | null {
  if (keyedOptions(gold).length === 0) return null;
  const clauses = [/[。;\n]/, /[。;,\n]/, /[。;,\n(]/].map((end) => passage.split(end)[0] ?? "");
  clauses.unshift(passage);
  for (const clause of clauses) {
    const option = optionSaid(clause, gold);
    if (option !== null) return option;
  }
  const words = plain(passage);
  const begun = keyedOptions(gold).filter(
    ([, key]) =>
      hasWords(key) && (words.startsWith(key) || (words.length >= 6 && key.startsWith(words))),
  );
  return only(longest(begun));
}

const hasWords = (key: string): boolean =>
  key.length >= 6 && /\p{Script=Han}{3}|[a-z]{4}/u.test(key);

function longest(hits: Keyed): Keyed {
  const length = Math.max(...hits.map(([, key]) => key.length));
  return hits.filter(([, key]) => key.length === length);
}

const parts = /[、,;。\n]|和|与|及|以及/;

/** Two or more options that a passage lists in their own words with nothing else between them. */
export function optionsListed(passage: string, gold: Gold): readonly string[] {
  if (keyedOptions(gold).length === 0 || passage.length > 300) return [];
  const named = passage
    .split(parts)
    .filter((part) => part.trim() !== "")
    .map((part) => optionSaid(part, gold));
  const letters = named.filter((letter) => letter !== null);
  const distinct = new Set(letters);
  return distinct.size > 1 && distinct.size === named.length ? [...distinct].toSorted() : [];
}

const deniedBefore = /(?:不是|并非|而非|不属于|不选|排除|而不)$/;

/** “敷衍”“冷漠”都要排除. */
const deniedAfter =
  /^[都均皆全也]?(?:应该?|需要?|要|可以?|得|被|该)?(?:排除|去掉|剔除|不[能可合符如及]|不对|错|[比赶]不[过上]|逊于)/;
/** 后来廉颇负荆请罪的对象 is another. */
export const attributive = /^\p{Script=Han}{2,12}的\p{Script=Han}{1,4}$/u;

/** The one option whose words a sentence contains and does not deny; values are too short for this. */
export function optionWithin(sentence: string, gold: Gold): string | null {
  if (sentence.length > 300 || !keysOf(gold).words) return null;
  const words = plain(sentence);
  const hits = keyedOptions(gold).filter(([, key]) => {
    const at = /\p{Script=Han}{2}|[a-z]{3}/u.test(key) ? words.indexOf(key) : -1;
    const rest = words.slice(at + key.length);
    return (
      at >= 0 &&
      !deniedBefore.test(words.slice(Math.max(0, at - 4), at)) &&
      !deniedAfter.test(rest) &&
      !attributive.test(rest)
    );
  });
  return only(
    hits.filter(([, key]) => !hits.some(([, other]) => other !== key && other.includes(key))),
  );
}

/** The same for options of so many words that a sentence hardly has them by chance. */
export const longOptionWithin = (sentence: string, gold: Gold): string | null =>
  keyedOptions(gold).every(([, key]) => /\p{Script=Han}{6}/u.test(key))
    ? optionWithin(sentence, gold)
    : null;

/** The one option that is an amount (24名) and stands in a sentence. */
export function amountWithin(sentence: string, gold: Gold): string | null {
  const words = plain(sentence);
  return only(
    keyedOptions(gold).filter(
      ([, key]) =>
        /^\d+\p{Script=Han}{1,2}$/u.test(key) &&
        words.includes(key) &&
        !/\d/.test(words.charAt(words.indexOf(key) - 1)),
    ),
  );
}

/** How many options a passage has the words of: a list of them is no result. */
const saidIn = (passage: string, gold: Gold): number => {
  const words = plain(passage);
  return keyedOptions(gold).filter(([, key]) => /\p{L}{3}/u.test(key) && words.includes(key))
    .length;
};

const steps = /等于|得到|得出|应该是|应为|所以|因此|[=≈:,是为得即有]/g;

/** The one option whose value is a sentence's result (after its last =, 是, 为, 得 or comma), or null. */
export function optionReached(sentence: string, gold: Gold): string | null {
  if (keyedOptions(gold).length === 0) return null;
  const tail = sentence.slice(-200);
  if (saidIn(tail, gold) > 1) return null;
  const starts = [...tail.matchAll(steps)]
    .filter(({ index }) => !/[不非]$/.test(tail.slice(0, index)))
    .map((match) => match.index + match[0].length);
  for (const start of starts.toReversed().slice(0, 6)) {
    const value = tail.slice(start);
    if (refused.test(value)) continue;
    const option =
      optionSaid(value, gold) ??
      (/\d/.test(value) ? optionSaid(value.replace(unit, ""), gold) : null) ??
      counted(value, gold) ??
      optionOfNumber(value.replace(/[\s$.。)\\\]]+$/, "").replace(/^[\s$(\\[]+/, ""), gold);
    if (option !== null) return option;
  }
  return null;
}

/** A value with such an ending is judged, not a result. */
const refused = /(?:[错误誤錯]|不[对對成是符]|不正确|不成立|排除|[✗×✘❌])[^\p{Script=Han}]*$/u;

const unit = /[\p{Script=Han}\s$.。]{1,5}$/u;

/** 3盏灯 for the option 3盏. */
function counted(value: string, gold: Gold): string | null {
  const words = plain(value);
  return only(
    keyedOptions(gold).filter(
      ([, key]) =>
        /^\d+\p{Script=Han}{1,2}$/u.test(key) &&
        words.startsWith(key) &&
        /^\p{Script=Han}{0,3}$/u.test(words.slice(key.length)),
    ),
  );
}

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
