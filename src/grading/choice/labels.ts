import type { Gold } from "../../domain/grader.ts";

import { fold } from "../../text/normalise.ts";

/** The option labels of one question, for which its replies are scanned. */
export type Labels = {
  /** In order, upper case. */
  readonly list: readonly string[];
  /** All are Latin letters, which can be found in running text. Others count only where an answer is announced. */
  readonly latin: boolean;
  /** The options were given; otherwise their number is a guess. */
  readonly known: boolean;
};

const guessed: Labels = { list: Array.from("ABCDEFG"), latin: true, known: false };
const cache = new Map<string, Labels>();
/** A to B, A to C, … by their number, as in nearly all questions. */
const lettered: readonly Labels[] = Array.from({ length: 27 }, (_, count) => ({
  list: Array.from({ length: count }, (_, index) => String.fromCharCode(65 + index)),
  latin: true,
  known: true,
}));

/** Labels of the given options, of the options listed in the question's text, or A to G. */
export function labelsOf(gold: Gold): Labels {
  if (gold.options === null) return withGold(labelsInQuestion(gold.question), gold);
  const names = Object.keys(gold.options);
  const usual = lettered[names.length];
  if (usual === undefined || names.length === 0) return labelsNamed(names);
  for (let at = 0; at < names.length; at++)
    if (names[at] !== usual.list[at]) return labelsNamed(names);
  return usual;
}

function labelsNamed(names: readonly string[]): Labels {
  const key = names.join("\n");
  const known = cache.get(key);
  if (known !== undefined) return known;
  const list = names.map((name) => fold(name).toUpperCase().trim());
  const labels = { list, latin: list.every((name) => /^[A-Z]$/.test(name)), known: true };
  if (cache.size < 1_000) cache.set(key, labels);
  return labels;
}

/** Options inside a question given as one text. */
const inQuestion = /(?<=^|[\s。?;,(①-⑳])([A-H])\s*[.、:．)]\s*(?=\S)/g;

/** Options extracted from running text may lack the last ones; a gold beyond them shows that there are more. */
function withGold(labels: Labels, { answer, answers }: Gold): Labels {
  const named = [answer, answers].flat(2).filter((each) => typeof each === "string");
  const highest = named.flatMap((each) => (/^[A-Z ]{1,8}$/.test(each) ? Array.from(each) : []));
  const last = highest.reduce((most, letter) => (letter > most ? letter : most), "A");
  return last <= (labels.list.at(-1) ?? "") || last > "J"
    ? labels
    : { ...labels, list: Array.from("ABCDEFGHIJ").slice(0, last.charCodeAt(0) - 64) };
}

/** Cached, because one question goes to many targets. */
const questions = new Map<string, Labels>();

function labelsInQuestion(question: string): Labels {
  const known = questions.get(question);
  if (known !== undefined) return known;
  if (questions.size >= 1_000) questions.clear();
  const labels = listed(question) ?? guessed;
  questions.set(question, labels);
  return labels;
}

function listed(question: string): Labels | null {
  const count = optionMarks(question).length;
  if (count < 2) return null;
  // Fewer than four were found: more likely one was missed than that the question has so few.
  return {
    list: Array.from("ABCDEFGH").slice(0, Math.max(4, count)),
    latin: true,
    known: count >= 4,
  };
}

/** Start and end of the options' marks A, B, C …: the last ascending series in the text. */
function optionMarks(
  question: string,
): readonly { readonly start: number; readonly end: number }[] {
  if (question === "") return [];
  let marks: { start: number; end: number }[] = [];
  for (const match of fold(question).matchAll(inQuestion)) {
    const expected = String.fromCodePoint(65 + marks.length);
    const mark = { start: match.index, end: match.index + match[0].length };
    if (match[1] === expected) marks.push(mark);
    else if (match[1] === "A") marks = [mark];
  }
  return marks;
}

/** Label to option text, as written. */
export function optionTexts(gold: Gold): ReadonlyMap<string, string> {
  if (gold.options === null) return new Map(textsInQuestion(gold.question));
  return new Map(
    Object.entries(gold.options).map(([label, text]) => [fold(label).toUpperCase().trim(), text]),
  );
}

function textsInQuestion(question: string): readonly (readonly [string, string])[] {
  const text = fold(question);
  const marks = optionMarks(question);
  if (marks.length < 2) return [];
  return marks.map(({ end }, index) => {
    const next = marks[index + 1]?.start ?? lineEnd(text, end);
    return [String.fromCodePoint(65 + index), text.slice(end, next).trim()] as const;
  });
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** What a question asks for: right statements, wrong ones, members that do not belong, or unknown without a question. */
export type Stem = "right" | "wrong" | "not" | "unknown";

const wrong =
  /(?<!没有|无|没|有无)(?:错误|不正确|有误|不恰当|不准确|不合理|不妥|不当|不对|不成立|不可信|不符合|不相符|不科学|incorrect|wrong)/i;

const not =
  /不属于|不是|不能|不会|不可|不包括|不宜|不应|不得|没有|无关|除.{0,6}外|\bnot\b|\bexcept\b/i;

/** Reads the last asking clause before the options. Line ends inside a clause are only layout. */
export function stemOf(question: string): Stem {
  if (question === "") return "unknown";
  const known = stems.get(question);
  if (known !== undefined) return known;
  if (stems.size >= maxStems) stems.clear();
  const stem = readStem(question);
  stems.set(question, stem);
  return stem;
}

/** Cached, because one question goes to many targets. */
const stems = new Map<string, Stem>();

const maxStems = 1_000;

function readStem(question: string): Stem {
  const options = question.search(/(?:^|[\s(（])[AＡ]\s*[.、:：．)）]/);
  const stem = (options > 0 ? question.slice(0, options) : question).replaceAll(/\s+/g, "");
  const clause =
    stem
      .slice(-60)
      .split(/[。;；!！]/)
      .findLast((part) => part.length > 3) ?? stem;
  if (wrong.test(clause)) return "wrong";
  return not.test(clause) ? "not" : "right";
}
