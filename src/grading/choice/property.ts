import type { Group } from "./group.ts";
import type { ChoiceReading, Found } from "./reading.ts";

import { mentions } from "./group.ts";
import { askingClause } from "./question/stem.ts";
import { readOptionVerdicts } from "./verdicts.ts";

/** In a longer reply the words of the question stand everywhere. */
const longest = 500;

/** Words of a question that tell nothing of what it asks. */
const common =
  /[下以]列|[上下]面|关于|有关|属于|选项|说法|叙述|表述|正确|错误|哪[个些项种一]|一[个项组句种]|什么|是否|以下|请问|其中|可以|能够|我们|他们|这个|那个|最[为是]?|中的|的是|的有|的一/g;

/** What somebody says in a question is no part of what it asks. */
const utterance = /(?<=[说道问:：,，] ?)[“"][^”"\n]{6,}[”"]/g;

/** Two-character words of the clause that asks, the last ones first. */
function keywordsOf(question: string): readonly string[] {
  const parts = askingClause(question.replaceAll(utterance, " ")).split(",");
  // What stands before the last comma only sets the scene.
  const asking = parts.findLast((part) => /\p{L}{4}/u.test(part)) ?? parts.join(",");
  const clause = asking.replaceAll(common, " ");
  const found: string[] = [];
  for (const run of clause.match(/[\p{Script=Han}]{2,}|[a-z]{4,}/giu) ?? []) {
    if (/^[a-z]/i.test(run)) found.push(run.toLowerCase());
    else for (let at = 0; at < run.length - 1; at++) found.push(run.slice(at, at + 2));
  }
  return [...new Set(found)].toReversed().slice(0, 24);
}

const negation =
  /不|非|没|无(?!疑|论)|未|缺乏|避免|排除|\bnot\b|n't|\bno\b|错|曾(?:经)?是|only an?|✗|×/i;

/** 作者是（B）: what is asked for, and directly after it the option. */
const isSaidToBe = (text: string, keyword: string, letter: string): boolean =>
  new RegExp(
    `${keyword}[^,。;\\n不非没A-Z]{0,4}[是为:][ (“"*]{0,3}${letter}(?![A-Za-z])`,
    "i",
  ).test(text);

/** A title or quotation that the question is about. */
const isQuoted = (keyword: string, question: string): boolean =>
  (question.match(/《[^》]{1,30}》|“[^”]{1,30}”/g) ?? []).some((each) => each.includes(keyword));

type Clause = { readonly words: string; readonly letters: readonly string[] };

/**
 * What each option is said to be, in the words of the question: 堪培拉是法定首都 where the question asks for a 首都. Null
 * unless exactly one option (several: at least one) has what is asked and another one is said not to, or to be something
 * else.
 */
export function withProperty(reading: ChoiceReading): Found | null {
  const { text, labels, several, stem, gold } = reading;
  if (!labels.known || stem === "wrong" || text.length > longest || gold.question === "")
    return null;
  // What is said of the rest is not said of the last label.
  if (/剩下|余下|其余|其[他它]/.test(text)) return null;
  const groups = mentions(text, labels);
  // Verdicts on the options that did not decide are not overruled by a word.
  if (readOptionVerdicts(text, groups, stem).truth.size > 2) return null;
  const clauses = clausesOf(text, groups);
  const named = new Set(clauses.flatMap(({ letters }) => letters));
  if (named.size < 1) return null;
  const turned = stem === "not";
  for (const keyword of keywordsOf(gold.question)) {
    const has = polarity(clauses, keyword);
    const fitting = [...has].filter(([, value]) => value !== turned).map(([letter]) => letter);
    const contrast =
      [...has.values()].some((value) => value === turned) ||
      isSaidToBe(text, keyword, fitting[0] ?? "") ||
      (named.size > fitting.length &&
        (named.size === labels.list.length || isQuoted(keyword, gold.question)));
    if (fitting.length === 0 || !contrast || [...has.values()].length === 0) continue;
    if (several ? fitting.length < labels.list.length : fitting.length === 1)
      return { letters: fitting.toSorted(), why: `property ${keyword}`, doubtful: true };
    return null;
  }
  return null;
}

/** Clauses with the options they speak of; one without a label goes on about those before it. */
function clausesOf(text: string, groups: readonly Group[]): readonly Clause[] {
  const clauses: Clause[] = [];
  let current: readonly string[] = [];
  let next = 0;
  for (const match of text.matchAll(/[^,。;!?\n]+/g)) {
    const end = match.index + match[0].length;
    const letters: string[] = [];
    for (; (groups[next]?.start ?? Number.POSITIVE_INFINITY) < end; next++)
      letters.push(...(groups[next]?.letters ?? []));
    if (letters.length > 0) current = letters;
    if (/^\s*(?:所以|因此|题目|本题|问题)/.test(match[0]) && letters.length === 0) current = [];
    clauses.push({ words: match[0].toLowerCase(), letters: current });
  }
  return clauses;
}

function polarity(clauses: readonly Clause[], keyword: string): ReadonlyMap<string, boolean> {
  const has = new Map<string, boolean>();
  for (const { words, letters } of clauses) {
    const at = words.indexOf(keyword);
    const plain = at >= 0 && !negation.test(words);
    const bareDenial = at < 0 && /(?:不是|没有|不属于|不含|不会)\s*$/.test(words);
    if (at < 0 && !bareDenial) continue;
    for (const letter of letters) if (!(has.get(letter) === false && plain)) has.set(letter, plain);
  }
  return has;
}
