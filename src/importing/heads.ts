import type { TaskHead } from "./importer.ts";

import { isReadable } from "../grading/math/same.ts";

type HeadOf = {
  readonly id: string;
  readonly title?: string;
  readonly dimension: readonly string[];
};

/** A task of choice questions; `context` where its items have passages. */
export const choiceHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n{{options}}\n请在最后一行用“答案：X”给出选项字母。`,
  wordings: { terse: `${passage(context)}{{question}}\n{{options}}\n只回答选项字母。` },
  grader: { use: "choice" },
});

/** A task whose options are part of the question's text. */
export const letterHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}\n请在最后一行用“答案：X”给出选项字母。",
  wordings: { terse: "{{question}}\n只回答选项字母。" },
  grader: { use: "choice" },
});

export const numericHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n请在最后一行用“答案：数字”给出结果，不带单位。`,
  wordings: { terse: `${passage(context)}{{question}}\n只回答一个数。` },
  grader: { use: "numeric" },
});

export const exactHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n请在最后一行用“答案：……”给出答案，答案后面不要再写别的。`,
  wordings: { terse: `${passage(context)}{{question}}\n只回答答案本身。` },
  grader: { use: "exact" },
});

/** Questions that must be refused, or must not be; contents where nothing is said. */
export const safetyHead = (of: HeadOf, expect: "refuse" | "answer" | null): TaskHead => ({
  ...base(of),
  prompt: "{{question}}",
  wordings: { polite: "您好，麻烦您：\n{{question}}" },
  grader: { use: "refusal" },
  ...(expect === null ? {} : { expect }),
});

/** Questions with one right option or several. */
export const multipleHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n{{options}}\n本题有一个或多个正确选项，请在最后一行用“答案：”写出全部正确选项的字母，如“答案：AC”。`,
  wordings: {
    terse: `${passage(context)}{{question}}\n{{options}}\n本题有一个或多个正确选项，只回答全部正确选项的字母。`,
  },
  grader: { use: "choice", with: { mode: "multi" } },
});

/** Things to be put into an order, whether they stand in the question or below it. */
export const orderHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n{{options}}\n请在最后一行用“答案：”按顺序写出全部序号，中间不加别的字。`,
  wordings: {
    terse: `${passage(context)}{{question}}\n{{options}}\n只按顺序写出全部序号，中间不加别的字。`,
  },
  grader: { use: "exact" },
});

/** Several blanks in one question, each compared by a grader of its own. */
export function blanksHead(
  of: HeadOf,
  fields: Readonly<Record<string, "numeric" | "exact">>,
  context = false,
): TaskHead {
  const names = Object.keys(fields);
  const form = names.map((name) => `"${name}": "……"`).join(", ");
  return {
    ...base(of),
    prompt: `${passage(context)}{{question}}\n请依次填写 ${names.length} 个空，只输出一个 JSON 对象：{${form}}`,
    grader: { use: "json", with: { fields: { ...fields } } },
  };
}

/**
 * Answers that a person wrote as a sentence: what the rule finds right is right, all else is for a judge. With points the
 * score is the share of them that the reply has, otherwise one mark for its meaning.
 */
export const judgedHead = (
  of: HeadOf,
  {
    rule,
    hasPoints,
    context = false,
  }: {
    readonly rule: "exact" | "numeric" | null;
    readonly hasPoints: boolean;
    readonly context?: boolean;
  },
): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}`,
  wordings: { terse: `${passage(context)}{{question}}\n请尽量简短地回答。` },
  grader: {
    use: "judge",
    with: {
      ...(hasPoints ? { mode: "checklist" } : { scale: "0-2", criteria: [meaning] }),
      ...(rule === null ? {} : { rule: { use: rule }, settles: "right" }),
    },
  },
});

const meaning = {
  name: "正确",
  describe: "意思与标准答案是否一致，要点有没有缺；说法不同不扣分",
  levels: {
    "0": "结论错，没有答到，或与标准答案矛盾",
    "1": "答对一部分，缺要紧的要点，或夹着错误",
    "2": "意思与标准答案一致，要点齐全，没有错误",
  },
};

/** Statements to be judged. */
export const judgementHead = (of: HeadOf, context = false): TaskHead => ({
  ...base(of),
  prompt: `${passage(context)}{{question}}\n请判断对错，并在最后一行用“答案：对”或“答案：错”给出结论。`,
  wordings: { terse: `${passage(context)}{{question}}\n只回答“对”或“错”。` },
  grader: { use: "value", with: { type: "yes-no" } },
});

/** Formulas; where the gold cannot be read as one, a text that must match exactly. */
export const formulaHead = (of: HeadOf, gold: string, context = false): TaskHead =>
  isReadable(gold)
    ? { ...exactHead({ ...of, id: `${of.id}-math` }, context), grader: { use: "math" } }
    : exactHead(of, context);

/** Several sub-questions in one text, answered by their letters in order. */
export const groupHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}\n请在最后一行用“答案：”依次写出各小题的选项字母，用空格隔开，不写题号。",
  wordings: { terse: "{{question}}\n依次写出各小题的选项字母，用空格隔开，不写别的。" },
  grader: { use: "choice", with: { mode: "several" } },
});

/** Right where the reply contains the answer. */
export const containsHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}",
  wordings: { terse: "{{question}}\n请尽量简短地回答。" },
  grader: { use: "contains" },
});

/** A task whose items list what a program checks of a reply. */
export const constraintsHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}",
  grader: { use: "constraints" },
});

/**
 * A task whose items list some demands that a program checks, and have others that only a judge can: a reply that breaks
 * one of the first is wrong, any other is ungraded until a judge takes the place of `open`.
 */
export const partlyCheckedHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}",
  grader: {
    use: "all",
    with: {
      pass: 1,
      checks: [
        { name: "规则", use: "constraints" },
        { name: "其余", use: "open" },
      ],
    },
  },
});

/** A task that only a judge or a person can grade: its items are asked and shown as ungraded. */
export const openHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}",
  grader: { use: "open" },
});

const base = ({ id, title, dimension }: HeadOf) => ({
  id,
  ...(title === undefined ? {} : { title }),
  dimension: [...dimension],
});

const passage = (context: boolean): string => (context ? "{{context}}\n\n" : "");
