import type { Item, Task } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Graders } from "../graders.ts";
import type { Generators } from "./items.ts";
import type { ParsedSuite } from "./suites.ts";
import type { Locate } from "../yaml/yaml.ts";

import { templateNames, unknownNames } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { faultsIn } from "./check-faults.ts";
import { type CheckDepth, graderProblems, itemProblems } from "./check-grading.ts";
import { noProofs, proofsIn } from "./check-proofs.ts";
import { lostSpellingIn, lostSpellingOf } from "./check-spelling.ts";
import { openGraders } from "../graders.ts";
import { unknownName } from "../../validation/suggest.ts";
import type { KeySet } from "./key-set.ts";
import { createKeySet } from "./key-set.ts";
import { eachRow } from "./items.ts";
import { dataFile } from "./suites.ts";
import { inOrder, pathText, problemAt } from "../yaml/yaml.ts";

/** Problems reported per task; a wrong export may have a million bad rows. */
const maxProblems = 100;

/** Everything that would keep a valid suite from running or being graded, each with its location. */
export async function checkSuite(
  suite: ParsedSuite,
  graders: Graders = openGraders(null),
  generators: Generators = {},
  depth: CheckDepth = "shape",
): Promise<readonly Problem[]> {
  const problems: Problem[] = [...repeatedTasks(suite)];
  for (const [index, task] of suite.suite.tasks.entries()) {
    problems.push(...templateProblems(suite.locate, index, task));
    const inTask: Locate = (path, at) => suite.locate(["tasks", index, ...path], at);
    problems.push(...lostSpellingOf(suite, task, inTask));
    const inGrader: Locate = (path, at) => suite.locate(["tasks", index, "grader", ...path], at);
    problems.push(...(await graderProblems(task.grader, inGrader, graders, depth)));
    problems.push(...(await rowProblems(suite, index, task, graders, generators, depth)));
  }
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
  const wordings = Object.entries(task.wordings ?? {}).map(([name, text]) => ({
    path: ["tasks", index, "wordings", name],
    text,
  }));
  const prompt =
    task.prompt === undefined ? [] : [{ path: ["tasks", index, "prompt"], text: task.prompt }];
  return [...prompt, ...wordings].flatMap(({ path, text }) => {
    const unknown = unknownNames(text);
    if (unknown.length === 0 && !/\{\{\s*question\s*\}\}/.test(text)) {
      return [problemAt(locate, path, noQuestion)];
    }
    const kind = { zh: "模板变量", en: "template name" };
    return unknown.map((name) => problemAt(locate, path, unknownName(kind, name, templateNames)));
  });
}

async function rowProblems(
  suite: ParsedSuite,
  index: number,
  task: Task,
  graders: Graders,
  generators: Generators,
  depth: CheckDepth,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const seen = createKeySet();
  const firstRow = (id: string): Promise<number> =>
    firstWhere(suite, task, (item) => item.id === id, generators);
  const lostSpelling = lostSpellingIn(suite, task);
  const faults = faultsIn(task, (same) => firstWhere(suite, task, same, generators));
  const proofs = depth === "proofs" ? proofsIn(task, graders) : noProofs;
  let count = 0;
  let severe = task.severity !== undefined;
  try {
    for await (const { row, line } of eachRow(suite, task, generators)) {
      const locate = itemLocator(suite, index, task, count, line);
      count += 1;
      if (row.ok) {
        const own = [
          ...(await repeatedItem(row.value, seen, locate, firstRow)),
          ...(await itemProblems(task, row.value, locate, graders, depth)),
          ...lostSpelling(row.value, locate, row.text),
        ];
        // What cannot be graded is no doubtful item yet.
        problems.push(...own);
        if (own.length === 0)
          problems.push(
            ...(await faults.of(row.value, locate)),
            ...(await proofs.of(row.value, locate)),
          );
        const severity = row.value.severity ?? task.severity;
        severe ||= severity !== undefined;
        if (row.value.red_line !== undefined && severity === undefined)
          problems.push(problemAt(locate, ["red_line"], noSeverity));
      } else {
        problems.push(...row.problems);
      }
      if (problems.length >= maxProblems)
        return [...problems, { place: locate([]), message: more }];
    }
  } catch (error) {
    if (!(error instanceof UserError) || error.problems.length === 0) throw error;
    return [...problems, ...error.problems];
  }
  problems.push(...(await proofs.rest()));
  if (task.red_line !== undefined && !severe)
    problems.push(problemAt(suite.locate, ["tasks", index, "red_line"], noSeverity));
  if (count > 0) return problems;
  return [problemAt(suite.locate, ["tasks", index, "items"], noItems)];
}

/** Locations inside an item: in the suite's own file, or on its line of the data file. */
function itemLocator(
  suite: ParsedSuite,
  taskIndex: number,
  task: Task,
  row: number,
  line: number | null,
): Locate {
  const file = dataFile(suite, task);
  if (file !== null) return (path) => ({ file, line, column: null, path: pathText(path) });
  return (path, at) => suite.locate(["tasks", taskIndex, "items", row, ...path], at);
}

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
  suite: ParsedSuite,
  task: Task,
  passes: (item: Item) => boolean,
  generators: Generators,
): Promise<number> {
  let count = 0;
  for await (const { row } of eachRow(suite, task, generators)) {
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
const noItems: Text = { zh: "没有题目", en: "there are no items" };
const more: Text = {
  zh: `本任务的问题超过 ${maxProblems} 处，其余不再列出`,
  en: `more than ${maxProblems} problems in this task; the rest is not listed`,
};
