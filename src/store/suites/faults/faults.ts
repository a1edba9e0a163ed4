import type { Item, Task } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Locate } from "../../yaml/yaml.ts";

import { goldTurns } from "../../../domain/prompt.ts";
import { isAnswerMap } from "../../../domain/suite.ts";
import { canonicalJson } from "../../../grading/json/same.ts";
import { pointScoresIn } from "../../../grading/judge/point-scores.ts";
import { judgementOf, judgementOrLetter } from "../../../grading/value/yes-no.ts";
import { foldText } from "../../../text/answer-fold.ts";
import { problemAt } from "../../yaml/yaml.ts";
import { createKeySet } from "../key-set.ts";

/** Finds faults of the items of one task, which are passed in order. */
export type Faults = { readonly of: (item: Item, locate: Locate) => Promise<readonly Problem[]> };

/**
 * Faults that make a verdict worthless though every item can be graded: two options with one text, one question with two
 * golds, judgements spelt as √ in one item and as 对 in another, scores of points that no judge gives. All are warnings. `rowOf` finds the first item that
 * passes a test, so that a million questions are kept as hashes only.
 */
export function faultsIn(
  task: Task,
  rowOf: (same: (item: Item) => boolean) => Promise<number>,
): Faults {
  const questions = createKeySet();
  const answered = createKeySet();
  const spellings = new Map<string, string>();
  const twice = async (item: Item, locate: Locate): Promise<readonly Problem[]> => {
    const asked = questionKey(task, item);
    const gold = goldKey(task, item);
    if (asked === null || gold === null) return [];
    const both = `${asked}\n${gold}`;
    const isNew = !questions.has(asked) || answered.has(both);
    questions.add(asked);
    answered.add(both);
    if (isNew) return [];
    const row = await rowOf((other) => questionKey(task, other) === asked);
    return [warning(locate, goldPath(item), anotherGold(row))];
  };
  return {
    of: async (item, locate) => [
      ...sameOptions(item, locate),
      ...(await twice(item, locate)),
      ...judgements(task, item, locate, spellings),
      ...pointScores(task, item, locate),
    ],
  };
}

const warning = (locate: Locate, path: readonly PropertyKey[], message: Text): Problem => ({
  ...problemAt(locate, path, message),
  level: "warning",
});

function sameOptions(item: Item, locate: Locate): readonly Problem[] {
  const holders = [
    { options: item.options, path: ["options"] as readonly PropertyKey[] },
    ...(item.turns ?? []).map(({ options }, at) => ({ options, path: ["turns", at, "options"] })),
  ];
  return holders.flatMap(({ options, path }) => {
    const seen = new Map<string, string>();
    return Object.entries(options ?? {}).flatMap(([label, text]) => {
      const key = String(text).normalize("NFKC").replaceAll(/\s+/g, " ").trim();
      const first = seen.get(key);
      const name = Array.isArray(options) ? Number(label) : label;
      if (first === undefined) seen.set(key, label);
      return first === undefined || key === ""
        ? []
        : [warning(locate, [...path, name], sameOption(label, first))];
    });
  });
}

/** All that the model sees of an item, options in any order; null for a dialogue, whose turns depend on each other. */
function questionKey(task: Task, item: Item): string | null {
  if (item.turns !== undefined) return null;
  const { question, context, system, messages, tools, examples } = item;
  const [turn] = goldTurns(task, item);
  const options = Object.values(turn?.options ?? {}).toSorted();
  return JSON.stringify([
    foldText(question ?? ""),
    options,
    context ?? task.context,
    system ?? task.system,
    messages,
    tools,
    examples,
    turn?.unit,
  ]);
}

/** The gold as texts: letters stand for their options. */
function goldKey(task: Task, item: Item): string | null {
  const [turn] = goldTurns(task, item);
  if (turn?.answer_map !== undefined) return canonicalJson(turn.answer_map);
  if (turn === undefined || turn.answer === null) return null;
  const { options } = turn;
  const texts = [turn.answer].flat().flatMap((each) => {
    if (options === null) return [String(each)];
    return Array.from(String(each), (letter) => options[letter] ?? letter);
  });
  return JSON.stringify(texts.map((text) => foldText(text)).toSorted());
}

const goldPath = (item: Item): readonly PropertyKey[] =>
  item.answer === undefined ? ["question"] : ["answer"];

/** Judgements of a grader of texts: one side in two spellings, or a sign or letter that models seldom write. */
function judgements(
  task: Task,
  item: Item,
  locate: Locate,
  spellings: Map<string, string>,
): readonly Problem[] {
  if (item.turns !== undefined || (item.grader ?? task.grader).use !== "exact") return [];
  const { answer = "" } = item;
  if (isAnswerMap(answer)) return [];
  const gold = String(answer).trim();
  const side = judgementOf(gold) ?? (spellings.size > 0 ? judgementOrLetter(gold) : null);
  if (side === null || (item.aliases ?? []).length > 0) return [];
  const first = spellings.get(side);
  if (first === undefined) spellings.set(side, gold);
  const isMixed = first !== undefined && first !== gold;
  return isMixed ? [warning(locate, goldPath(item), mixedJudgements(first, gold))] : [];
}

/** Scores behind the points of a gold that a judge marks by its meaning. */
function pointScores(task: Task, item: Item, locate: Locate): readonly Problem[] {
  const { answer, rubric, turns } = item;
  if (turns !== undefined || rubric !== undefined || typeof answer !== "string") return [];
  const { use, with: given } = item.grader ?? task.grader;
  if (use !== "judge" || given?.["mode"] === "checklist") return [];
  const scores = pointScoresIn(answer);
  return scores === null ? [] : [warning(locate, ["answer"], scoresUnread(scores))];
}

const scoresUnread = (scores: readonly string[]): Text => ({
  zh: `标准答案里写了各点的分值（${scores.join("、")}），裁判只看意思是否一致，不按点给分；要按点给分，把要点一条一条写进 rubric，并用 mode: checklist（各条一样重）`,
  en: `the gold gives scores to its points (${scores.join(", ")}), but judges mark its meaning as a whole; to mark point by point, list the points under rubric and use mode: checklist (all weigh the same)`,
});

const sameOption = (label: string, first: string): Text => ({
  zh: `选项 ${label} 与选项 ${first} 的内容相同`,
  en: `option ${label} has the same text as option ${first}`,
});
const anotherGold = (row: number): Text => ({
  zh: `与本任务第 ${row} 题问的是同一个问题，标准答案却不同`,
  en: `asks what the task's item ${row} asks, and has another answer`,
});
const mixedJudgements = (first: string, gold: string): Text => ({
  zh: `判断题的标准答案有“${first}”也有“${gold}”；请统一写法，并用评分器 value（type: yes-no）`,
  en: `answers of true-or-false questions are spelt "${first}" and "${gold}"; use one spelling and the grader value (type: yes-no)`,
});
