import { join } from "node:path";

import { expect, test } from "vitest";

import { UserError } from "../../../domain/text.ts";
import { formatProblem } from "../../../domain/text.ts";
import { folderWith } from "../../testing/files.ts";
import { checkSuite } from "../check-suite.ts";
import { parseSuite } from "../suites.ts";

async function problemsOf(rest: string): Promise<readonly string[]> {
  const head = "schema: suite/1\nid: s\ntasks:\n  - id: t\n    dimension: [智能体]\n";
  const folder = await folderWith({ "s.yaml": head + rest });
  const problems = await parseSuite(join(folder, "s.yaml"))
    .then((suite) => checkSuite(suite))
    .catch((error: unknown) => {
      if (error instanceof UserError) return error.problems;
      throw error;
    });
  return problems.map((each) => formatProblem(each, "en").replaceAll(`${folder}/`, ""));
}

test.each([
  ["    grader: {use: goal}\n    items: {generate: expenses, n: 4, seed: 1, with: {level: 4}}\n"],
  ["    grader: {use: judge, with: {judge: j}}\n    items: {generate: expenses, n: 1, seed: 1}\n"],
])("an environment draws items that can be run", async (rest) => {
  expect((await problemsOf(rest)).filter((each) => each.includes("environment"))).toEqual([]);
});

test.each([
  [
    "    grader: {use: goal}\n    items: [{id: a, question: 报销}]\n",
    "the grader goal needs an environment",
  ],
  [
    "    grader: {use: goal}\n    items: [{id: a, question: 报销, environment: {use: expnses, state: {}}}]\n",
    'unknown environment "expnses"; did you mean "expenses"?',
  ],
  [
    "    grader: {use: goal}\n    items: [{id: a, question: 报销, environment: {use: expenses, state: {clock: 0}}}]\n",
    "environment.state",
  ],
  [
    "    grader: {use: goal}\n    items: [{id: a, turns: [{user: 报销, answer: 好}], environment: {use: expenses, state: {}}}]\n",
    "one question and no turns",
  ],
  [
    "    grader: {use: goal}\n    items: {generate: expenses, n: 1, seed: 1, with: {level: 9}}\n",
    "level",
  ],
  ["    grader: {use: goal}\n    items: {generate: expense, n: 1, seed: 1}\n", "expenses"],
])("what cannot be played is named: %j", async (rest, said) => {
  expect((await problemsOf(rest)).join("\n")).toContain(said);
});
