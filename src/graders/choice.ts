import { z } from "zod";

import type { Gold, GoldProblem, Grade } from "../domain/grader.ts";
import type { CreditRule } from "../grading/choice/gold.ts";
import type { Labels } from "../grading/choice/question/labels.ts";
import type { AnswerForm } from "../grading/reader/answer-form.ts";

import { defineGrader } from "../domain/grader.ts";
import { findChoice } from "../grading/choice/find.ts";
import { goldLetters, subGolds, creditFor, creditRules } from "../grading/choice/gold.ts";
import { labelsOf, optionsAreGuessed } from "../grading/choice/question/labels.ts";
import { askingClause } from "../grading/choice/question/stem.ts";
import { findSeveral } from "../grading/choice/several.ts";
import { unlessParroted } from "../grading/parrot.ts";
import { readerNeeds, readerOption, readerStamp, withReader } from "../grading/reader/reader.ts";
import { foldSimplified } from "../text/normalise.ts";

const Options = z.strictObject({
  mode: z
    .enum(["auto", "single", "multi", "several"])
    .default("auto")
    .describe(
      "single: one letter is asked; multi: one or more; several: sub-questions, each with its letters; auto: by the gold and the question",
    ),
  partial: z
    .enum(creditRules)
    .default("exact")
    .describe("credit where a question has several right options; a gold's own `partial` wins"),
  ...readerOption,
});
type Options = z.infer<typeof Options>;

/** Letters of choice questions. A reply with several options where one is wanted is unresolved, never a guess. */
export const grader = defineGrader({
  id: "choice",
  version: "14",
  title: { zh: "选择题", en: "choice" },
  options: Options,
  reads: ["answer", "answers", "partial"],
  needs: readerNeeds,
  stamp: readerStamp,
  check,
  remarks: (gold) => (optionsAreGuessed(gold) ? [guessedOptions] : []),
  grade: withReader(
    unlessParroted(({ gold, reply }, options: Options) => {
      const text = foldSimplified(reply);
      const labels = labelsOf(gold);
      const golds = subGolds(gold, options.mode);
      return golds === null
        ? gradeOne(text, gold, labels, options)
        : gradeSeveral(text, gold, labels, golds, options);
    }),
    ({ gold }, options) => lettersAsked(gold, options),
  ),
});

function lettersAsked(gold: Gold, options: Options): AnswerForm {
  const labels = labelsOf(gold);
  const wanted = goldLetters(gold.answer, labels, gold) ?? [];
  return {
    kind: "letters",
    labels: labels.list,
    several: isMulti(gold, wanted, options),
    parts: subGolds(gold, options.mode)?.length ?? null,
  };
}

function gradeOne(text: string, gold: Gold, labels: Labels, options: Options): Grade {
  const wanted = goldLetters(gold.answer, labels, gold) ?? [];
  const several = isMulti(gold, wanted, options);
  const { letters, why, doubtful } = findChoice(text, gold, labels, several);
  if (letters.length === 0) return { verdict: "unresolved", value: 0, extracted: null, why };
  const grade = graded(creditFor(ruleOf(gold, options), letters, wanted), letters.join(""), why);
  // Lines of all options may be a choice of all or the question once more.
  const isDoubtful =
    doubtful === true ||
    (why === "letter line" && letters.length > 2 && letters.length === labels.list.length);
  return isDoubtful ? { ...grade, notes: { doubtful: true } } : grade;
}

function gradeSeveral(
  text: string,
  gold: Gold,
  labels: Labels,
  golds: readonly Parameters<typeof goldLetters>[0][],
  options: Options,
): Grade {
  const found = findSeveral(text, labels, golds.length);
  if (found === null) {
    return {
      verdict: "unresolved",
      value: 0,
      extracted: null,
      why: "number of answers does not fit",
    };
  }
  const credits = golds.map((each, index) =>
    creditFor(
      ruleOf(gold, options),
      found.letters[index] ?? [],
      goldLetters(each, labels, gold) ?? [],
    ),
  );
  const value = credits.reduce((sum, credit) => sum + credit, 0) / golds.length;
  return graded(value, found.letters.map((letters) => letters.join("")).join(" "), found.why);
}

const guessedOptions = {
  zh: "没有 options，题目里也没有 A. 或 (a) 这样的选项标记：选项只能猜，回答用选项原文时可能读不出",
  en: 'no "options", and no marks such as A. or (a) in the question: options are guessed, and replies in an option\'s own words may not be read',
};

const graded = (value: number, extracted: string, why: string): Grade => ({
  verdict: value === 1 ? "right" : value === 0 ? "wrong" : "partial",
  value,
  extracted,
  why,
});

const saysSeveral =
  /多选|多项选择|不定项|所有(?:正确|符合)|选出(?:全部|所有)|\b(?:select|choose|mark) all\b|all that apply/i;
const asksSeveral = /哪些|哪几|(?:包括|说法|正确|属于|符合|错误)的?有[(:_\s]*$/;
/** Without these words nowhere in the question its clause need not be looked for. */
const maySeveral = /哪些|哪几|(?:包括|说法|正确|属于|符合|错误)的?有/;
const asksOne = /哪一|哪[个项种句位组者]|一[项个组句]/;

const isMulti = (gold: Gold, wanted: readonly string[], { mode }: Options): boolean =>
  mode === "multi" || (mode === "auto" && (wanted.length > 1 || asksForSeveral(gold.question)));

/** Cached, because one question goes to many targets. */
const asked = new Map<string, boolean>();
const mostAsked = 1_000;

function asksForSeveral(question: string): boolean {
  const known = asked.get(question);
  if (known !== undefined) return known;
  if (asked.size >= mostAsked) asked.clear();
  const several =
    saysSeveral.test(question) || (maySeveral.test(question) && clauseAsksSeveral(question));
  asked.set(question, several);
  return several;
}

function clauseAsksSeveral(question: string): boolean {
  const clause = askingClause(question);
  return asksSeveral.test(clause) && !asksOne.test(clause);
}

const ruleOf = (gold: Gold, options: Options): CreditRule =>
  creditRules.find((rule) => rule === gold.partial) ?? options.partial;

function check(gold: Gold, options: Options): readonly GoldProblem[] {
  const labels = labelsOf(gold);
  const golds = subGolds(gold, options.mode);
  const problems = (golds ?? [gold.answer]).flatMap((member, index) => {
    const path = golds === null ? "answer" : `answers[${index}]`;
    return memberProblems(path, goldLetters(member, labels, gold), member, labels, options);
  });
  return [...problems, ...ruleProblems(gold)];
}

function memberProblems(
  path: string,
  letters: readonly string[] | null,
  member: unknown,
  labels: Labels,
  { mode }: Options,
): readonly GoldProblem[] {
  if (letters === null || letters.length === 0) {
    const given = JSON.stringify(member);
    return [
      {
        path,
        message: {
          zh: `标准答案应是选项 ${labels.list.join("、")} 中的字母或某个选项的原文，实为 ${given}`,
          en: `expected letters of ${labels.list.join(", ")} or the words of an option, got ${given}`,
        },
      },
    ];
  }
  if (mode !== "single" || letters.length === 1) return [];
  const message = { zh: "单选题只能有一个字母", en: "a single choice takes one letter" };
  return [{ path, message }];
}

function ruleProblems({ partial }: Gold): readonly GoldProblem[] {
  if (partial === null || creditRules.some((rule) => rule === partial)) return [];
  return [
    {
      path: "partial",
      message: {
        zh: `给分规则应为 ${creditRules.join("、")} 之一，实为 ${partial}`,
        en: `expected one of ${creditRules.join(", ")}, got ${partial}`,
      },
    },
  ];
}
