import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { GraderRef, Item, Task, Tool, Turn } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Graders } from "../graders.ts";
import type { Locate } from "../yaml/yaml.ts";

import { goldTurns } from "../../domain/prompt.ts";
import { validate } from "../../validation/issues.ts";
import { unknownName } from "../../validation/suggest.ts";
import { problemAt } from "../yaml/yaml.ts";
import { playProblems } from "./check-play.ts";

/** Problems with a grader's name and options; `locate` is relative to the grader's own map. */
export async function graderProblems(
  ref: GraderRef,
  locate: Locate,
  graders: Graders,
): Promise<readonly Problem[]> {
  const grader = await graders.load(ref.use);
  if (grader === null) {
    const message = unknownName({ zh: "评分器", en: "grader" }, ref.use, graders.ids());
    return [problemAt(locate, ["use"], message)];
  }
  const options = validate(grader.options, ref.with ?? {});
  if (options.ok) {
    const parts = (grader.parts?.(options.value) ?? []).map((part) =>
      graderProblems(part.ref, (path, at) => locate(["with", part.path, ...path], at), graders),
    );
    return (await Promise.all(parts)).flat();
  }
  return options.findings.map(({ path, at, message }) =>
    problemAt(locate, ["with", ...path], message, at),
  );
}

/** Problems with an item's question, graders and golds; `locate` is relative to the item. */
export async function itemProblems(
  task: Task,
  item: Item,
  locate: Locate,
  graders: Graders,
): Promise<readonly Problem[]> {
  const shape = [...shapeProblems(item, locate), ...(await playProblems(task, item, locate))];
  if (shape.length > 0) return shape;
  const own: Problem[] = [];
  for (const { ref, path } of ownGraders(item)) {
    own.push(
      ...(await graderProblems(ref, (inner, at) => locate([...path, ...inner], at), graders)),
    );
  }
  const turns = goldTurns(task, item);
  if (turns.every(({ grader }) => grader === null)) return [problemAt(locate, [], notGraded)];
  for (const [index, turn] of turns.entries()) {
    const base = item.turns === undefined ? [] : ["turns", index];
    const inTurn: Locate = (path, at) => locate([...base, ...path], at);
    own.push(...(await goldProblems(turn, item.tools ?? task.tools ?? [], inTurn, graders)));
  }
  return own;
}

function shapeProblems(item: Item, locate: Locate): readonly Problem[] {
  const { turns } = item;
  if (turns === undefined) {
    return item.question === undefined ? [problemAt(locate, [], noQuestion)] : [];
  }
  const both =
    item.question === undefined ? [] : [problemAt(locate, ["question"], twoForms, "key")];
  const unused = turnOnly
    .filter((name) => item[name] !== undefined)
    .map((name) => problemAt(locate, [name], besideTurns(name), "key"));
  return [...both, ...unused, ...turns.flatMap((turn, index) => turnProblems(turn, index, locate))];
}

/** Golds that in a dialogue belong to its turns. */
const turnOnly = [
  "answer",
  "answers",
  "aliases",
  "reference",
  "constraints",
  "tests",
  "expected_calls",
] as const;

function turnProblems(turn: Turn, index: number, locate: Locate): readonly Problem[] {
  const path = ["turns", index];
  if (turn.tool_result !== undefined) {
    return [problemAt(locate, [...path, "tool_result"], noToolResults, "key")];
  }
  return turn.user === undefined ? [problemAt(locate, path, noUser)] : [];
}

function ownGraders(item: Item): readonly { ref: GraderRef; path: readonly PropertyKey[] }[] {
  const turns = (item.turns ?? []).map((turn, index) => ({
    ref: turn.grader,
    path: ["turns", index, "grader"],
  }));
  return [{ ref: item.grader, path: ["grader"] }, ...turns].flatMap(({ ref, path }) =>
    ref === undefined ? [] : [{ ref, path }],
  );
}

/** None if the grader itself is invalid: that is reported once, where it is named. Includes the graders it uses. */
async function goldProblems(
  turn: GoldTurn,
  tools: readonly Tool[],
  locate: Locate,
  graders: Graders,
): Promise<readonly Problem[]> {
  const grader = turn.grader === null ? null : await graders.load(turn.grader.use);
  if (grader === null) return [];
  const options = validate(grader.options, turn.grader?.with ?? {});
  if (!options.ok) return [];
  const own = grader
    .check(turn, options.value, tools)
    .map(({ path, message }) => problemAt(locate, partsOf(path), message));
  const parts = (grader.parts?.(options.value) ?? []).map(({ ref }) =>
    goldProblems({ ...turn, grader: ref }, tools, locate, graders),
  );
  return [...own, ...(await Promise.all(parts)).flat()];
}

/** Splits a path such as `answers[0].text`. */
const partsOf = (path: string): readonly PropertyKey[] =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const notGraded: Text = {
  zh: "没有一轮有标准答案，无法评分",
  en: "no turn has an answer or a rubric, so nothing is graded",
};
const noQuestion: Text = {
  zh: "缺少 question 或 turns",
  en: 'expected "question" or "turns"; got neither',
};
const twoForms: Text = {
  zh: "question 与 turns 只能有一个",
  en: '"question" and "turns" cannot stand side by side',
};
const besideTurns = (name: string): Text => ({
  zh: `有 turns 时，${name} 要写在对应的那一轮里`,
  en: `beside "turns", "${name}" belongs to the turn that it is for`,
});
const noUser: Text = { zh: "这一轮缺少 user", en: 'the turn has no "user"' };
const noToolResults: Text = {
  zh: "tool_result 轮目前还不能运行",
  en: "tool_result turns cannot be run yet",
};
