import type { Group } from "./group.ts";
import type { Found, ChoiceReading } from "./reading.ts";

import { isSupposed } from "./announced.ts";
import { enumeration } from "./enumeration.ts";
import { mentions } from "./group.ts";
import { ordinalAt } from "./markers.ts";
import {
  amountWithin,
  areValues,
  attributive,
  optionReached,
  optionSaid,
  optionsListed,
  optionWithin,
  optionOfStatements,
} from "./option-text.ts";
import { areNumbers, optionOfNumber } from "./question/option-words.ts";
import { remarks } from "./remarks.ts";
import { readOptionVerdicts } from "./verdicts.ts";

const conclusion =
  /因此|所以|综上|综合|故|总之|可见|因而|最终|显然|可知|[Tt]herefore|[Tt]hus|[Hh]ence|\b[Ss]o\b/;
const uncertain =
  /(?:无法|不能|难以|没法)(?:准确)?(?:确定|判断|回答|选择|给出|得出)|不确定(?![感性的])|不知道|不清楚|都有可能|(?:[Ii]|[Ww]e|[Oo]ne) (?:can't|cannot|am unable to)|[Cc]annot be (?:determined|decided|answered)|[Nn]ot sure/;

/** An option's own words, position or value; all options but one called wrong. */
export function inOwnWords(reading: ChoiceReading): Found | null {
  const { text, gold, labels } = reading;
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? "";
  const words = reading.several ? optionsListed(text, gold) : [];
  if (words.length > 0) return { letters: words, why: "option texts" };
  const option = optionAlone(text, sentences, reading);
  if (option !== null) return { letters: [option], why: "option text" };
  const place = opening.test(text) ? ordinalAt(text, text.search(/\S/), labels) : null;
  if (place !== null) return { letters: [place], why: "ordinal" };
  const numbers = optionOfStatements(text, gold, reading.stem);
  if (numbers !== null) return { letters: [numbers], why: "statements", doubtful: true };
  const value = canConclude(last, reading) ? optionReached(last, gold) : null;
  return value === null ? null : { letters: [value], why: "option value", doubtful: true };
}

const canConclude = (last: string, { text, labels, gold }: ChoiceReading): boolean =>
  enumeration(text, labels).length <= 1 &&
  // 两位男同学 are those of the question.
  (!remarks.test(last) || gold.question.includes(remarks.exec(last)?.[0] ?? " ")) &&
  !/^\s*(?:若|如果|假如)/.test(last);

/**
 * The value in which a calculation ends, where the options are values: 所以，|MN|=2√3。 Letters are then points and sets of
 * the question and its numbers are steps, so that nothing said of them is said of an option, unless one is called by its label.
 */
export function calculated(reading: ChoiceReading): Found | null {
  const { text, gold, several, stem } = reading;
  if (several || (stem !== "right" && stem !== "unknown") || !areValues(gold)) return null;
  if (byLabel.test(text)) return null;
  const sentences = sentencesOf(text);
  const last = (sentences.at(-1) ?? "").replace(isAmong, "");
  if (sentences.length < 2 || uncertain.test(last) || !canConclude(last, reading)) return null;
  const value =
    /=/.test(last) || (conclusion.test(last) && result.test(last))
      ? optionReached(last, gold)
      : conclusion.test(last)
        ? amountWithin(last, gold)
        : null;
  return value === null ? null : { letters: [value], why: "option value", doubtful: true };
}

const byLabel =
  /选项[ \t("'*$]{0,3}[A-H](?![A-Za-z])|(?<![A-Za-z])[A-H][ \t)"'*$]{0,3}(?:选?项|正确|错误|符合)|[故应选][:选]?[ \t("'*$]{0,3}[A-H](?![A-Za-z])/;
const result = /[是为得]/;
/** 面积是3，这个值在选项中，所以计算应该是正确的. */
const isAmong = /,(?:而?且)?(?:这(?:个|是)?[^,]{0,4}|正好|恰好)在选项(?:中|里|之中).*$/;

const sentencesOf = (text: string): readonly string[] =>
  text.split(/[。\n!?;]|\.\s/).filter((part) => part.trim() !== "");

/** A conclusion that names one option, by label or in its words; only one option mentioned at all. */
export function concluded(reading: ChoiceReading): Found | null {
  const { text, gold } = reading;
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? "";
  const closing = sentences.slice(-2).findLast((sentence) => conclusion.test(sentence)) ?? last;
  const found = one(closing, "conclusion", reading);
  if (found !== null) return found;
  if (uncertain.test(last)) return { letters: [], why: "undecided" };
  const concludes =
    !reading.several &&
    !remarks.test(closing) &&
    (sentences.length === 1 || conclusion.test(closing));
  const parallel = !conclusion.test(closing) && (closing.match(/,/g)?.length ?? 0) > 1;
  const words = concludes && !parallel ? optionWithin(closing, gold) : null;
  if (words !== null) return { letters: [words], why: "option text", doubtful: true };
  if (uncertain.test(text)) return { letters: [], why: "undecided" };
  return one(text, "only letter", reading);
}

/** The option that is the whole reply, or its first sentence where no other sentence is an option. */
function optionAlone(
  text: string,
  sentences: readonly string[],
  { gold }: ChoiceReading,
): string | null {
  const whole =
    text.length <= 300
      ? (optionSaid(text, gold) ?? optionOfNumber(text.replace(/[。.]\s*$/, ""), gold))
      : null;
  if (whole !== null || sentences.length < 2) return whole;
  const [first = "", ...others] = sentences.slice(0, 40);
  const lead = optionSaid(first, gold);
  return lead !== null && others.every((each) => optionSaid(each, gold) === null) ? lead : null;
}

/** A reply that begins with an option's position and stops there or judges it. */
const opening =
  /^\s*(?:选择?)?(?:选项)?(?:倒数)?第[一二三四五六七八九十\d]{1,2}(?:个|项)(?:选项|答案)?[ ]?(?:$|[。.,]|是?(?:正确|对)|符合)/;

const optionBefore = /(?:选项|选|[是为即:(有,;。]|["“「【])[ \t*$"'“(【]{0,4}$/;
const optionAfter = /^[ \t)*$】"'”]{0,4}(?:选?项|[.。,;!、]|$|正确|符合|最|更|对)/;

const aloneInSentence =
  /^[\s*_"“(]*(?:(?:答案)?(?:应该?|就|便|才|正)?是|用|使用|选|填|It(?:'s| is)|That(?:'s| is)|Use|Just)?[ *_"“(]*([A-H])[\s*_"”)!~]*(?:才对|呀|啊|哦|喔)?$/;

/** A sentence of a reply is nothing but one option, and no other sentence is another: Not oxygen, as many assume. Nitrogen. */
export function aloneIn({ text, labels, several }: ChoiceReading): Found | null {
  if (several || !labels.latin || text.length > 1_500) return null;
  const said = text
    // B? No: that is the participle. C. What is asked is not said.
    .replaceAll(/(?:^|(?<=[。\n!]))[^。\n!?]{1,6}\?(?=\s?(?:No\b|不[,。:]|不是|不对))/g, "")
    .split(/[。\n!?;]|\.(?=\s|$)/)
    .map((sentence) => aloneInSentence.exec(sentence)?.[1])
    .filter((letter) => letter !== undefined && labels.list.includes(letter));
  const [only, ...others] = new Set(said);
  return only === undefined || others.length > 0
    ? null
    : { letters: [only], why: "sentence of its own", doubtful: true };
}

/** The only option that a passage names as an option without calling it wrong. */
function one(passage: string, why: string, { labels, stem, several }: ChoiceReading): Found | null {
  const groups = mentions(passage, labels);
  const letters = new Set(groups.flatMap((group) => group.letters));
  const [only] = letters;
  if (only === undefined || letters.size > 1 || several) return null;
  if (!groups.some((group) => looksLikeOption(passage, group))) return null;
  if (groups.every(({ start }) => isSupposed(passage, start))) return null;
  const { truth, picked } = readOptionVerdicts(passage, groups, stem);
  const denied = picked.get(only) === false || truth.get(only) === (stem === "wrong");
  return denied || groups.some(({ hedged }) => hedged)
    ? null
    : { letters: [only], why, doubtful: true };
}

/** The only option that a short reply, or its conclusion, speaks of, in whatever words; not where it is ruled out. */
export function onlyNamed({ text, gold, labels, stem, several }: ChoiceReading): Found | null {
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? "";
  const isResult =
    areNumbers(gold) &&
    last.length <= 24 &&
    !/[;,]\s*$/.test(text.slice(0, text.lastIndexOf(last)));
  const parallel = (last.match(/,/g)?.length ?? 0) > 1 && !conclusion.test(last);
  const passage =
    (sentences.length < 2 && !parallel) || isResult || conclusion.test(last) ? last : "";
  if (passage === "" || several || uncertain.test(text) || remarks.test(passage)) return null;
  const groups = mentions(passage, labels);
  const letters = new Set(groups.flatMap((group) => group.letters));
  const [only] = letters;
  if (only === undefined || letters.size > 1 || groups.some(({ hedged }) => hedged)) return null;
  if (groups.every(({ start }) => isSupposed(passage, start))) return null;
  if (groups.every(({ start }) => warned.test(passage.slice(Math.max(0, start - 10), start))))
    return null;
  if (groups.every(({ end }) => attributive.test(passage.slice(end).replace(/[。.\s]+$/, ""))))
    return null;
  const { truth, picked } = readOptionVerdicts(passage, groups, stem);
  if (picked.get(only) === false || (stem === "right" && truth.get(only) === false)) return null;
  return { letters: [only], why: "only one named", doubtful: true };
}

/** 千万别泼水: a warning says what not to choose. */
const warned =
  /(?:别|不要|切勿|切忌|勿|莫|不能|不可|不该|不应|禁止|严禁|避免|\b(?:never|don't|do not|avoid))[^,。;!\n]{0,4}$/i;

/** Letters also name sets, points and curves. */
function looksLikeOption(passage: string, { start, end }: Group): boolean {
  const before = passage.slice(Math.max(0, start - 8), start);
  const after = passage.slice(end, end + 30);
  if (/选项[ \t("'*$]{0,3}$/.test(before) && !/不|没|无|错|排除/.test(after)) return true;
  return optionBefore.test(before) && optionAfter.test(after);
}
