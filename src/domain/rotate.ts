import type { z } from "zod";

import type { Scalar } from "./grader.ts";
import type { RenderedPrompt, GoldTurn, ItemLine } from "./run-file/lines.ts";
import type { Item, Suite, Task, Options } from "./suite.ts";
import type { Text } from "./text.ts";

import { isAnswerMap } from "./suite.ts";

/** No id contains a colon, so no wording of a suite can be mistaken for a rotation. */
const rotationNames = /^rotate:([1-9]\d?)$/;

/** By how many positions a wording of this name rotates the options; 0 if it is another kind of wording. */
export const rotationOf = (wording: string | null): number =>
  wording === null ? 0 : Number(rotationNames.exec(wording)?.[1] ?? 0);

/** The circular-evaluation setting of a task or its suite; false if neither has one. */
export const circularOf = (suite: Pick<Suite, "defaults">, task: Task): boolean | number =>
  task.circular ?? suite.defaults?.circular ?? false;

/** Names of the rotations in which an item is sent besides its written order. */
export function rotationsOf(
  suite: Pick<Suite, "defaults">,
  task: Task,
  item: Item,
): readonly string[] {
  const circular = circularOf(suite, task);
  if (circular === false || whyNotRotated(task, item) !== null) return [];
  const size = Object.keys(letteredOptions(item.options ?? task.options) ?? {}).length;
  const orders = circular === true ? size : Math.min(size, circular);
  return Array.from({ length: orders - 1 }, (_, index) => `rotate:${index + 1}`);
}

/**
 * Rotates the option texts by `by` positions under their labels, and the gold's labels with them.
 * A gold that is an option's own text stays.
 */
export function rotatedTurn(turn: GoldTurn, by: number): GoldTurn {
  if (by === 0 || turn.options === null) return turn;
  const labels = Object.keys(turn.options);
  const texts = Object.values(turn.options);
  const at = (index: number): number => (index + labels.length) % labels.length;
  const options = Object.fromEntries(
    labels.map((label, index) => [label, texts[at(index + by)] ?? ""]),
  );
  const moved = (label: string): string => labels[at(labels.indexOf(label) - by)] ?? label;
  return { ...turn, options, answer: movedAnswer(turn.answer, turn.options, moved) };
}

/** The golds of the turns as sent: with options and labels as the prompt showed them. */
export const turnsAsked = (
  item: Pick<ItemLine, "turns">,
  wording: RenderedPrompt["wording"],
): readonly GoldTurn[] => {
  const by = rotationOf(wording);
  return by === 0 ? item.turns : item.turns.map((turn) => rotatedTurn(turn, by));
};

function movedAnswer(
  answer: GoldTurn["answer"],
  options: Readonly<Record<string, string>>,
  moved: (label: string) => string,
): GoldTurn["answer"] {
  const parts = membersOf(answer, options);
  if (parts === null) return answer;
  const labels = Object.keys(options);
  const next = parts
    .map((part) => (Object.hasOwn(options, part) ? moved(part) : part))
    .toSorted((a, b) => labels.indexOf(a) - labels.indexOf(b));
  return Array.isArray(answer) ? next : next.length === 1 ? (next[0] ?? answer) : next.join("");
}

/** Options as letter to text: a list gets the letters A, B, C … in order. */
export function letteredOptions(
  options: z.infer<typeof Options> | undefined,
): Readonly<Record<string, string>> | null {
  if (options === undefined) return null;
  const entries = Array.isArray(options)
    ? options.map((text, index) => [String.fromCodePoint(65 + index), String(text)] as const)
    : Object.entries(options).map(([letter, text]) => [letter, String(text)] as const);
  return Object.fromEntries(entries);
}

/** Why an item of a circular task is sent only in its written order; null if it can be rotated. */
export function whyNotRotated(task: Task, item: Item): Text | null {
  const options = optionsOf(task, item);
  if (item.turns !== undefined || (item.answers ?? task.answers) !== undefined) return manyTurns;
  if ((item.grader ?? task.grader).use !== "choice" || options === null) return noChoice;
  const answer = item.answer ?? task.answer ?? null;
  if (isAnswerMap(answer) || membersOf(answer, options) === null) return unknownAnswer;
  const texts = [...Object.values(options), ...Object.values(item.aliases ?? task.aliases ?? [])];
  const naming = texts.find((text) => namesOptions(text, Object.keys(options)));
  if (naming !== undefined) return optionNames(naming);
  const question = item.question ?? "";
  return refersToPosition(question, Object.keys(options)) ? questionNames : null;
}

const optionsOf = (task: Task, item: Item) => letteredOptions(item.options ?? task.options);

/** The answer as labels or texts of options; null if it is neither. */
export function membersOf(
  answer: GoldTurn["answer"] | undefined,
  options: Readonly<Record<string, string>>,
): readonly string[] | null {
  if (answer === null || answer === undefined) return null;
  const members: readonly Scalar[] = Array.isArray(answer) ? answer : [answer as Scalar];
  const read = members.map((member) => partsOf(String(member).trim(), options));
  return read.some((part) => part === null) ? null : read.flatMap((part) => part ?? []);
}

function partsOf(
  part: string,
  options: Readonly<Record<string, string>>,
): readonly string[] | null {
  if (Object.hasOwn(options, part) || Object.values(options).includes(part)) return [part];
  const letters = Array.from(part.replaceAll(/[\s,，、;；/]/g, ""));
  return letters.length > 0 && letters.every((letter) => Object.hasOwn(options, letter))
    ? letters
    : null;
}

const others =
  /(?:^|[，,。；;：:])\s*(?:(?:以上|上述)(?![\d岁人分])|其[他它余](?:选项|各项|[一二两三四五]项)?(?:都|均|皆))|(?:以上|上述|上面|前述)(?:都|均|皆|全|各项|选项|说法|答案|三|两|二|四|几|任|所有|没有)|前[一二两三四五]项|后[一二两三四五]项|(?:都|均|全|皆)(?:不?正确|不?对|错误?|不?是|选)$|(?:all|none|both|either|neither) of (?:the )?(?:above|these)|选项/i;

/** True if an option refers to other options: by their letters, or as those above. */
function namesOptions(text: string, labels: readonly string[]): boolean {
  if (others.test(text)) return true;
  const letter = labels.filter((label) => /^[A-Z]$/.test(label)).join("");
  if (letter === "") return false;
  const one = `(?<![A-Za-z0-9])[${letter}](?![A-Za-z0-9])`;
  return new RegExp(
    `${one}\\s*(?:和|与|及|以及|或|、|,|，|/|\\+|and|or|项)\\s*(?:${one})?|^(?:仅|只有|只)?\\s*${one}(?:项|正确|错误|对|错)?$`,
  ).test(text.normalize("NFKC"));
}

/** True if the question itself lists the options, or refers to one by its letter or position. */
function refersToPosition(question: string, labels: readonly string[]): boolean {
  const text = question.normalize("NFKC");
  const listed = labels.filter((label) =>
    new RegExp(`(?:^|[\\s(])${escaped(label)}[.、:)]`).test(text),
  );
  if (listed.length > 1) return true;
  return /(?:选项|第[一二三四五\d]个?选)[A-Z]?(?:项|中|里)|(?<![A-Za-z])[A-H]\s?(?:项|选项)|最后一(?:项|个选项)/.test(
    text,
  );
}

const escaped = (label: string): string => label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const manyTurns: Text = { zh: "有多轮或多个小题", en: "it has several turns or sub-questions" };

const noChoice: Text = { zh: "不是选择题", en: "it is no choice question" };

const unknownAnswer: Text = {
  zh: "答案既不是选项字母，也不是选项原文",
  en: "its answer is neither letters nor the words of an option",
};

const questionNames: Text = {
  zh: "题干里提到选项的字母或位置",
  en: "its question speaks of options by letter or place",
};

const optionNames = (text: string): Text => ({
  zh: `选项“${text}”提到别的选项`,
  en: `its option “${text}” speaks of other options`,
});

const noOptions = { options: "", letters: "" };

/** What `{{options}}` and `{{letters}}` stand for. */
export function optionValues(options: Readonly<Record<string, string>> | null) {
  if (options === null) return noOptions;
  const entries = Object.entries(options);
  return {
    options: entries.map(([letter, text]) => `${letter}. ${text}`).join("\n"),
    letters: entries.map(([letter]) => letter).join("、"),
  };
}
