import type { Gold } from "../../../domain/grader.ts";

import { fold } from "../../../text/normalise.ts";
import { optionMarks } from "./question-options.ts";

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
  let count = 0;
  for (const name in gold.options) {
    if (name.length !== 1 || name.charCodeAt(0) !== 65 + count)
      return labelsNamed(Object.keys(gold.options));
    count++;
  }
  return (count === 0 ? undefined : lettered[count]) ?? labelsNamed(Object.keys(gold.options));
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
  const { marks, sure } = optionMarks(question);
  if (marks.length < 2) return null;
  // Fewer than four were found: more likely one was missed than that the question has so few.
  return {
    list: Array.from("ABCDEFGH").slice(0, Math.max(4, marks.length)),
    latin: true,
    known: marks.length >= 4 || !sure,
  };
}

/** True where a question's options can be read only by guess: it has none set apart, nor marks such as A. or (a). */
export function optionsAreGuessed({ options, question }: Gold): boolean {
  return options === null && question !== "" && !optionMarks(question).sure;
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
  const { marks } = optionMarks(question);
  if (marks.length < 2) return [];
  return marks.map(({ end }, index) => {
    const next = marks[index + 1]?.start ?? lineEnd(text, end);
    const words = text.slice(end, next).trim();
    return [String.fromCodePoint(65 + index), words.replace(/[;,、]$/, "")] as const;
  });
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
