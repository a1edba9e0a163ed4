import type { Gold } from "../../../domain/grader.ts";

import { optionMarks } from "./question-options.ts";

const bracketed = /\(([1-8])\)/g;
const announced =
  /((?:选项?|选择|答案|[Aa]nswer|[Oo]ption)[是为:]{0,2}[ *"“]{0,3})([1-8])(?![\d.%(])/g;
const whole = /^[\s*"“]{0,4}([1-8])[\s*"”.。]{0,4}$/;

/** A folded reply to such a question with letters for its numbers: 应选(2) becomes 应选B. */
export function numbersToLetters(text: string, gold: Gold): string {
  if (!isNumbered(gold)) return text;
  const { marks } = optionMarks(gold.question);
  const letter = (digit: string): string =>
    Number(digit) > marks.length ? digit : String.fromCharCode(64 + Number(digit));
  return text
    .replace(whole, (_all, digit: string) => letter(digit))
    .replaceAll(bracketed, (_all, digit: string) => letter(digit))
    .replaceAll(announced, (_all, lead: string, digit: string) => lead + letter(digit));
}

/** The options stand in the question as (1), (2) or 1. 2. */
const isNumbered = ({ options, question }: Gold): boolean =>
  options === null && question !== "" && optionMarks(question).digits;
