import type { Text } from "../../domain/text.ts";
import type { ImportedItem } from "../importer.ts";
import type { QuestionKind } from "../typing/kinds.ts";
import type { RowDraft } from "./draft.ts";

import { fold, plain } from "../../text/normalise.ts";
import { goldLetters, letterAt } from "../gold.ts";
import { choiceHead, judgementHead, multipleHead, orderHead } from "../heads.ts";
import { SkipRow } from "../importer.ts";
import { areSides, sideOf } from "../typing/judgement.ts";

/** Types whose questions have options. */
export const isChoice = (kind: QuestionKind | null): boolean =>
  kind === "single" || kind === "multiple" || kind === "choice";

/** What a gold that no judge reads is explained by; judges are not shown it. */
export const explained = (explanation: string | null) =>
  explanation === null ? {} : { reference: explanation, reference_kind: "none" as const };

/** A question with options. Throws `SkipRow` where the gold does not fit its options or its type. */
export function choiceItem(draft: RowDraft): ImportedItem {
  const { common, question, answer, head, context, settings, explanation, kind } = draft;
  const options = draft.options ?? {};
  if (kind === null && areSides(options) && sideOf(draft.text ?? "", options) === null)
    throw new SkipRow(
      `答案“${draft.text ?? ""}”读不出对错`,
      `the answer "${draft.text ?? ""}" is neither yes nor no`,
    );
  const gold = goldLetters(answer, options, settings.answer_base);
  if (kind === "single" && gold.length > 1) {
    throw new SkipRow(
      `题型是单选，答案却有 ${gold.length} 个选项（${gold}）`,
      `one choice is asked for, but the answer has ${gold.length} options (${gold})`,
    );
  }
  const several = kind === "multiple" || (kind === "choice" && gold.length > 1);
  const task = several
    ? multipleHead(head("multiple"), context)
    : choiceHead(head("choice"), context);
  const texts = Object.values(options).map(plain);
  const isTwice = new Set(texts).size < texts.length;
  const doubts: readonly Text[] = [
    ...(isTwice ? [sameOptions] : []),
    ...(isAmbiguous(answer, options, gold) ? [textOrIndex] : []),
  ];
  return {
    task,
    item: { ...common, question, options: { ...options }, answer: gold, ...explained(explanation) },
    kind: several ? "multiple" : (kind ?? "choice"),
    doubts,
  };
}

/** A statement to be judged. Throws `SkipRow` where the gold says neither. */
export function judgementItem(draft: RowDraft): ImportedItem {
  const { common, question, text, options, head, context, explanation } = draft;
  if (text === null) throw new SkipRow("没有答案", "there is no answer");
  const side = sideOf(text, options);
  if (side === null)
    throw new SkipRow(
      `判断题的答案“${text}”读不出对错`,
      `the answer "${text}" of a true-or-false question is neither`,
    );
  return {
    task: judgementHead(head("judgement"), context),
    item: { ...common, question, answer: side === "yes" ? "对" : "错", ...explained(explanation) },
    kind: "judgement",
    ...(/^[01]$/.test(fold(text).trim()) ? { doubts: [oneIsRight] } : {}),
  };
}

/** Things to be put into an order; the gold in every way in which their numbers or letters are written in a row. */
export function orderItem(draft: RowDraft): ImportedItem {
  const { common, question, text, options, head, context, explanation } = draft;
  if (text === null) throw new SkipRow("没有答案", "there is no answer");
  const marks = marksIn(text);
  if (marks === null) {
    throw new SkipRow(
      `排序题的答案“${text}”读不出顺序；请写成 ③②①、3、2、1 或 BCA`,
      `no order can be read from the answer "${text}"; write ③②①, 3、2、1 or BCA`,
    );
  }
  const spellings = ["", "、", "→", "-", " ", ">", "，"].map((sign) => marks.join(sign));
  const digits = marks.map(digitOf);
  const others = digits.every((digit) => digit !== null)
    ? ["", "、", "→", "-", " ", ">", "，"].map((sign) => digits.join(sign))
    : [];
  const [answer = "", ...aliases] = [...new Set([...spellings, ...others])];
  return {
    task: orderHead(head("order"), context),
    item: {
      ...common,
      question,
      ...(options === null ? {} : { options: { ...options } }),
      answer,
      aliases: [...(common.aliases ?? []), ...aliases],
      ...explained(explanation),
    },
    kind: "order",
  };
}

function marksIn(text: string): readonly string[] | null {
  const bare = text
    .normalize("NFC")
    .replaceAll(/答案[:：是为]?|[\s、,，;；→\->＞—()（）.]/gu, "\u0000");
  const cells = bare.split("\u0000").filter((cell) => cell !== "");
  const marks =
    cells.length > 1 && cells.every((cell) => /^\d{1,2}$/.test(cell))
      ? cells
      : Array.from(cells.join(""));
  const known = marks.every((mark) => /^(?:[①-⑳]|[A-Z]|\d{1,2})$/u.test(mark));
  return known && marks.length > 1 && new Set(marks).size === marks.length ? marks : null;
}

const digitOf = (mark: string): string | null => {
  const at = (mark.codePointAt(0) ?? 0) - 0x2460;
  return at >= 0 && at < 20 ? String(at + 1) : null;
};

/** A number that is the text of one option and may be the number of another. */
function isAmbiguous(answer: unknown, options: RowDraft["options"], gold: string): boolean {
  const text = fold(
    typeof answer === "string" || typeof answer === "number" ? String(answer) : "",
  ).trim();
  if (!/^\d$/.test(text) || options === null) return false;
  const [byPlace, byZero] = [letterAt(Number(text) - 1), letterAt(Number(text))];
  return (
    [byPlace, byZero].some((letter) => options[letter] !== undefined && letter !== gold) &&
    byPlace !== gold
  );
}

const sameOptions = { zh: "有两个选项内容相同", en: "two options have the same text" };
const textOrIndex = {
  zh: "答案是数字：既是一个选项的内容，也可能是另一个选项的序号，按内容算",
  en: "the answer is a number: the text of one option, perhaps the number of another; taken for the text",
};
const oneIsRight = {
  zh: "判断题的答案写作 1、0，按 1 为对、0 为错",
  en: "true or false as 1 and 0: 1 is taken for true",
};
