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

export const numericHead = (of: HeadOf): TaskHead => ({
  ...base(of),
  prompt: "{{question}}\n请在最后一行用“答案：数字”给出结果，不带单位。",
  wordings: { terse: "{{question}}\n只回答一个数。" },
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
