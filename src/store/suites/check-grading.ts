import type { GoldProblem, Grader } from "../../domain/grader.ts";
import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { GraderRef, Item, Task, Turn } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Graders } from "../graders.ts";
import type { Locate } from "../yaml/yaml.ts";

import { goldTurns } from "../../domain/prompt.ts";
import { validate } from "../../validation/issues.ts";
import { unknownName } from "../../validation/suggest.ts";
import { problemAt } from "../yaml/yaml.ts";
import { playProblems } from "./play/check-play.ts";

/**
 * `shape`: whether it can be run and graded. `proofs`: what golds claim of themselves is tried out as well, which may take
 * a while. `as shipped`: the shape of what the tests of this project have proven; packages that are not there are passed over.
 */
export type CheckDepth = "shape" | "proofs" | "as shipped";

/** Problems with a grader's name and options; `locate` is relative to the grader's own map. */
export async function graderProblems(
  ref: GraderRef,
  locate: Locate,
  graders: Graders,
  depth: CheckDepth,
): Promise<readonly Problem[]> {
  const grader = await graders.load(ref.use);
  if (grader === null) {
    const message = unknownName({ zh: "评分器", en: "grader" }, ref.use, graders.ids());
    return [problemAt(locate, ["use"], message)];
  }
  const options = validate(grader.options, ref.with ?? {});
  if (options.ok) {
    const missing = grader.missing?.(options.value) ?? null;
    if (missing !== null && depth !== "as shipped") return [problemAt(locate, ["use"], missing)];
    const parts = (grader.parts?.(options.value) ?? []).map((part) =>
      graderProblems(
        part.ref,
        (path, at) => locate(["with", ...pathParts(part.path), ...path], at),
        graders,
        depth,
      ),
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
  depth: CheckDepth,
): Promise<readonly Problem[]> {
  const shape = [...shapeProblems(item, locate), ...(await playProblems(task, item, locate))];
  if (shape.length > 0) return shape;
  const own: Problem[] = [];
  for (const { ref, path } of ownGraders(item)) {
    own.push(
      ...(await graderProblems(
        ref,
        (inner, at) => locate([...path, ...inner], at),
        graders,
        depth,
      )),
    );
  }
  const turns = goldTurns(task, item);
  if (turns.every(({ grader }) => grader === null)) return [problemAt(locate, [], notGraded)];
  for (const [index, turn] of turns.entries()) {
    const base = item.turns === undefined ? [] : ["turns", index];
    const below: Locate = (path, at) => locate([...base, ...path], at);
    const tools = item.tools ?? task.tools ?? [];
    const ask: AskGrader = ({ grader, options }, gold) => grader.check(gold, options, tools);
    own.push(...(await graderFindings(turn, below, graders, ask)));
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
  "witness",
  "lazy",
  "tests",
  "mutants",
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

type ReadyGrader = { readonly grader: Grader; readonly options: unknown };

/** A turn's grader with its options; null where nothing grades it, or cannot, which is told where the grader is named. */
export function readyGrader(
  { grader: ref }: GoldTurn,
  graders: Graders,
): Promise<ReadyGrader | null> {
  if (ref === null) return Promise.resolve(null);
  const known = readied.get(graders) ?? new WeakMap<GraderRef, Promise<ReadyGrader | null>>();
  readied.set(graders, known);
  const ready = known.get(ref) ?? openedGrader(ref, graders);
  known.set(ref, ready);
  return ready;
}

/** Items of one task share their grader, whose options are validated once. */
const readied = new WeakMap<Graders, WeakMap<GraderRef, Promise<ReadyGrader | null>>>();

async function openedGrader(ref: GraderRef, graders: Graders): Promise<ReadyGrader | null> {
  const grader = await graders.load(ref.use);
  if (grader === null) return null;
  const options = validate(grader.options, ref.with ?? {});
  if (!options.ok || (grader.missing?.(options.value) ?? null) !== null) return null;
  return { grader, options: options.value };
}

/** What a turn's grader says of it. */
type AskGrader = (
  ready: ReadyGrader,
  turn: GoldTurn,
) => readonly GoldProblem[] | Promise<readonly GoldProblem[]>;

/**
 * What a turn's grader says of it, and the graders that it uses. Nothing if the grader itself is invalid: that is
 * reported once, where it is named.
 */
export async function graderFindings(
  turn: GoldTurn,
  locate: Locate,
  graders: Graders,
  ask: AskGrader,
): Promise<readonly Problem[]> {
  const ready = await readyGrader(turn, graders);
  if (ready === null) return [];
  const { grader, options } = ready;
  if (turn.answer_map !== undefined && grader.takesMap !== true && grader.parts === undefined)
    return [problemAt(locate, ["answer"], noMap(grader.id))];
  const own = (await ask(ready, turn)).map(({ path, message }) =>
    problemAt(locate, pathParts(path), message),
  );
  const parts = (grader.parts?.(options) ?? []).map(async ({ ref, name, gold }) => {
    const given = gold === undefined ? turn : gold(turn);
    if (given === null) return [];
    const found = await graderFindings({ ...given, ...partOf(turn, ref) }, locate, graders, ask);
    return name === undefined
      ? found
      : found.map((each) => ({ ...each, message: within(name, each.message) }));
  });
  return [...own, ...(await Promise.all(parts)).flat()];
}

const partOf = ({ weight }: GoldTurn, grader: GraderRef) => ({ weight, grader });

const within = (name: string, { zh, en }: Text): Text => ({
  zh: `${name}：${zh}`,
  en: `${name}: ${en}`,
});

/** Splits a path such as `answers[0].text`. */
const pathParts = (path: string): readonly PropertyKey[] =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const noMap = (id: string): Text => ({
  zh: `评分器 ${id} 的 answer 不能是一张表；按字段比较用 json，几项检查各有答案用 all`,
  en: `the answer for the grader ${id} cannot be a map; use json to compare fields, or all for several checks with an answer each`,
});
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
  zh: "tool_result 轮不能运行：工具调用只由环境回应；可以把工具结果写进 messages 或这一轮的 user",
  en: "tool_result turns cannot be run: only an environment answers calls; put the tool's result into messages, or into the turn's user",
};
