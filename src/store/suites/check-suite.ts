import type { Item, Task } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Graders } from "../graders.ts";
import type { Locate } from "../yaml/yaml.ts";
import type { Generators } from "./expand/item-source.ts";
import type { PreparedRow } from "./items.ts";
import type { KeySet } from "./key-set.ts";
import type { ParsedSuite } from "./suites.ts";

import { taskFor } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { usesVariables } from "../../domain/variables/variables.ts";
import { builtinPromptName, builtinPrompts } from "../../domain/wrap/builtin-prompts.ts";
import { namesIn, templateNames, unknownNames } from "../../domain/wrap/template.ts";
import { unknownName } from "../../validation/suggest.ts";
import { openGraders } from "../graders.ts";
import { inOrder, problemAt } from "../yaml/yaml.ts";
import { type CheckDepth, graderProblems, itemProblems } from "./check-grading.ts";
import { noProofs, type OnTrial, proofsIn } from "./check-proofs.ts";
import { openPreparer } from "./expand/prepare.ts";
import { faultsIn } from "./faults/faults.ts";
import { hiddenOptionsIn } from "./faults/hidden-options.ts";
import { lostSpellingIn, lostSpellingOf } from "./faults/spelling.ts";
import { unreadIn } from "./faults/unread.ts";
import { eachRow } from "./items.ts";
import { createKeySet } from "./key-set.ts";

/** Problems reported per task; a wrong export may have a million bad rows. */
const maxProblems = 100;

/** Everything that would keep a valid suite from running or being graded, each with its location; `onTrial` is told of proofs. */
export async function checkSuite(
  suite: ParsedSuite,
  graders: Graders = openGraders(null),
  generators: Generators = {},
  depth: CheckDepth = "shape",
  onTrial?: OnTrial,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [...repeatedTasks(suite)];
  const used = new Set<string>();
  problems.push(...lostSpellingOf(suite, { vars: suite.suite.vars }, suite.locate));
  for (const [index, task] of suite.suite.tasks.entries()) {
    problems.push(...templateProblems(suite.locate, index, task));
    const inTask: Locate = (path, at) => suite.locate(["tasks", index, ...path], at);
    problems.push(...lostSpellingOf(suite, task, inTask));
    if (!usesVariables(task.grader)) {
      const inGrader: Locate = (path, at) => inTask(["grader", ...path], at);
      problems.push(...(await graderProblems(task.grader, inGrader, graders, depth)));
    }
    problems.push(
      ...(await rowProblems(suite, index, task, { graders, generators, depth, used, onTrial })),
    );
  }
  problems.push(...unusedIn(suite.suite.vars, used, (name) => suite.locate(["vars", name], "key")));
  const own = problems.filter(({ place }) => place.file === suite.file);
  return [...inOrder(own), ...problems.filter(({ place }) => place.file !== suite.file)];
}

function repeatedTasks({ suite, locate }: ParsedSuite): readonly Problem[] {
  return suite.tasks.flatMap((task, index) => {
    const first = suite.tasks.findIndex(({ id }) => id === task.id);
    if (first === index) return [];
    const { line } = locate(["tasks", first, "id"]);
    return [problemAt(locate, ["tasks", index, "id"], repeated(task.id, line))];
  });
}

function templateProblems(locate: Locate, index: number, task: Task): readonly Problem[] {
  const wordings = Object.entries(task.wordings ?? {}).flatMap(([name, wording]) => {
    const path = ["tasks", index, "wordings", name];
    if (typeof wording === "string") return [{ path, text: wording }];
    return wording.prompt === undefined
      ? []
      : [{ path: [...path, "prompt"], text: wording.prompt }];
  });
  const prompt =
    task.prompt === undefined ? [] : [{ path: ["tasks", index, "prompt"], text: task.prompt }];
  return [...prompt, ...wordings].flatMap(({ path, text }) => {
    const named = builtinPromptName(text);
    if (named !== null) {
      const known = Object.keys(builtinPrompts);
      const kind = { zh: "内置的提问模板", en: "built-in prompt" };
      return known.includes(named)
        ? []
        : [problemAt(locate, path, unknownName(kind, named, known))];
    }
    const unknown = unknownNames(text);
    if (unknown.length === 0 && !namesIn(text).includes("question")) {
      return [problemAt(locate, path, noQuestion)];
    }
    const kind = { zh: "模板变量", en: "template name" };
    return unknown.map((name) => problemAt(locate, path, unknownName(kind, name, templateNames)));
  });
}

type RowChecks = {
  readonly graders: Graders;
  readonly generators: Generators;
  readonly depth: CheckDepth;
  /** Names of all variables that are used; added to. */
  readonly used: Set<string>;
  readonly onTrial: OnTrial | undefined;
};

async function rowProblems(
  suite: ParsedSuite,
  index: number,
  task: Task,
  { graders, generators, depth, used, onTrial }: RowChecks,
): Promise<readonly Problem[]> {
  const inTask: Locate = (path, at) => suite.locate(["tasks", index, ...path], at);
  const inGrader: Locate = (path, at) => inTask(["grader", ...path], at);
  const problems = createProblemList();
  const seen = createKeySet();
  const lostSpelling = lostSpellingIn(suite, task);
  const unread = unreadIn(task, graders);
  const hidden = hiddenOptionsIn(suite.suite, task);
  const proofs = depth === "proofs" ? proofsIn(task, graders, onTrial) : noProofs;
  let count = 0;
  let severe = task.severity !== undefined;
  try {
    const preparer = await openPreparer(suite, task);
    const rows = () => eachRow(suite, task, generators, preparer);
    const firstRow = (id: string): Promise<number> => firstWhere(rows, (item) => item.id === id);
    const faults = faultsIn(task, (same) => firstWhere(rows, same));
    for await (const { row, locate, vars } of rows()) {
      count += 1;
      if (row.ok) {
        const item = row.value;
        const grader = usesVariables(task.grader)
          ? await graderProblems(taskFor(task, item).grader, inGrader, graders, depth)
          : [];
        const own = [
          ...grader,
          ...(await repeatedItem(item, seen, locate, firstRow)),
          ...(await itemProblems(task, item, locate, graders, depth)),
          ...lostSpelling({ ...item, vars }, locate, row.text),
        ];
        // What cannot be graded is no doubtful item yet.
        problems.add(own);
        if (own.length === 0) {
          await unread.take(item, locate);
          hidden.take(item);
          problems.add(await faults.of(item, locate));
          problems.add(await proofs.of(item, locate));
        }
        const severity = item.severity ?? task.severity;
        severe ||= severity !== undefined;
        if (item.red_line !== undefined && severity === undefined)
          problems.add([problemAt(locate, ["red_line"], noSeverity)]);
      } else {
        problems.add(row.problems);
      }
      if (problems.all.length >= maxProblems)
        return [...problems.all, { place: locate([]), message: more }];
    }
    for (const name of preparer.used) used.add(name);
    const { used: names, defined } = preparer;
    problems.add(unusedIn(task.vars, names, (name) => inTask(["vars", name], "key")));
    problems.add(unusedIn(task.matrix, names, (name) => inTask(["matrix", name], "key")));
    const places = Object.fromEntries(defined);
    problems.add(unusedIn(places, names, (name) => places[name] ?? inTask([])));
  } catch (error) {
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    return [...problems.all, ...error.problems];
  }
  problems.add(await proofs.rest());
  problems.add(unread.found(inTask));
  problems.add(hidden.found(inTask));
  if (task.red_line !== undefined && !severe)
    problems.add([problemAt(inTask, ["red_line"], noSeverity)]);
  if (count > 0) return problems.all;
  return [problemAt(inTask, ["items"], noItems)];
}

/** Problems of a task, each once: an item that is asked in several cells of a matrix has its own in all of them. */
function createProblemList() {
  const all: Problem[] = [];
  const seen = new Set<string>();
  return {
    all,
    add: (problems: readonly Problem[]): void => {
      for (const problem of problems) {
        const { place, message } = problem;
        const key = `${place.file} ${place.line} ${place.column} ${place.path} ${message.en}`;
        if (!seen.has(key)) all.push(problem);
        seen.add(key);
      }
    },
  };
}

/** Warnings of variables that nothing uses, each where it is defined. */
const unusedIn = (
  names: Readonly<Record<string, unknown>> = {},
  used: ReadonlySet<string>,
  placeOf: (name: string) => Problem["place"],
): readonly Problem[] =>
  Object.keys(names)
    .filter((name) => !used.has(name))
    .map((name) => ({ place: placeOf(name), message: unused(name), level: "warning" as const }));

/** Adds the id to `seen`. The row that had it first is looked up only on a repeat, so that a million ids stay small. */
async function repeatedItem(
  { id }: Item,
  seen: KeySet,
  locate: Locate,
  firstRow: (id: string) => Promise<number>,
): Promise<readonly Problem[]> {
  if (seen.has(id)) return [problemAt(locate, ["id"], repeatedRow(id, await firstRow(id)))];
  seen.add(id);
  return [];
}

/** The 1-based number of the first row with an item that passes the test. */
async function firstWhere(
  rows: () => AsyncIterable<Pick<PreparedRow, "row">>,
  passes: (item: Item) => boolean,
): Promise<number> {
  let count = 0;
  for await (const { row } of rows()) {
    count += 1;
    if (row.ok && passes(row.value)) return count;
  }
  return count;
}

const noSeverity: Text = {
  zh: "red_line 只对红线题有用；请加上 severity: 红线，或删去 red_line",
  en: "red_line matters for red lines only; add severity: 红线, or take red_line out",
};

const repeated = (id: string, line: number | null): Text => ({
  zh: `重复的 id ${id}（首次出现在第 ${line} 行）`,
  en: `repeated id ${id} (first on line ${line})`,
});
const repeatedRow = (id: string, row: number): Text => ({
  zh: `重复的 id ${id}（与本任务第 ${row} 题相同）`,
  en: `repeated id ${id} (also that of the task's item ${row})`,
});
const noQuestion: Text = {
  zh: "模板里没有 {{question}}，题目不会发给模型",
  en: "the template has no {{question}}, so no question would be sent",
};
const unused = (name: string): Text => ({
  zh: `变量 ${name} 没有用到；用 {{vars.${name}}} 引用，或删去`,
  en: `the variable ${name} is not used; write {{vars.${name}}} where it belongs, or take it out`,
});
const noItems: Text = { zh: "没有题目", en: "there are no items" };
const more: Text = {
  zh: `本任务的问题超过 ${maxProblems} 处，其余不再列出`,
  en: `more than ${maxProblems} problems in this task; the rest is not listed`,
};
