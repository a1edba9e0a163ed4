import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, inject, test } from "vitest";
import { z } from "zod";

import type { GoldTurn } from "../../../domain/run-file/lines.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { gradeSample } from "../../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../../grading/graders.ts";
import { builtinFolder } from "../../builtin.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";

type Case = {
  readonly name: string;
  readonly turn: GoldTurn;
  /** Golds of other turns of the task, none of them right here. */
  readonly others: readonly string[];
};

const graded: ReadonlySet<string> = new Set(["exact", "value", "contains", "fuzzy"]);
/** The grader of answers: where refusing is graded first, the one behind it. */
function answerGrader({ grader }: GoldTurn): string {
  const behind = z.object({ use: z.string() }).safeParse(grader?.with?.["answer_by"]);
  return behind.success ? behind.data.use : (grader?.use ?? "");
}

const goldText = ({ answer }: GoldTurn): string => [answer ?? ""].flat().map(String).join("、");

const cases = await shippedCases();

/** How models write an answer. A reply of one form alone, which `from: reply` asks for, is right bare only. */
const manners: Readonly<Record<string, (answer: string) => string>> = {
  bare: (answer) => answer,
  announced: (answer) => `先想一想。\n答案：${answer}`,
  "concluded with 是": (answer) => `逐条看过材料。因此，结果是${answer}。`,
  "concluded with 应当": (answer) => `综上所述，应当是${answer}。`,
  bold: (answer) => `**${answer}**`,
  json: (answer) => JSON.stringify({ answer }),
};

test("there are golds of every grader that reads texts", () => {
  expect(cases.length).toBeGreaterThanOrEqual(90);
  const uses = new Set(cases.map(({ turn }) => answerGrader(turn)));
  expect(uses).toEqual(new Set(["contains", "exact", "value"]));
});

test.each(Object.entries(manners))(
  "a gold written %s is right, another item's is not",
  async (manner, write) => {
    const problems: string[] = [];
    for (const each of cases) problems.push(...(await problemsOf(each, manner, write)));
    expect(problems).toEqual([]);
  },
);

async function problemsOf(
  { name, turn, others }: Case,
  manner: string,
  write: (answer: string) => string,
): Promise<readonly string[]> {
  const bareOnly = turn.grader?.with?.["from"] === "reply";
  const expected = !bareOnly || manner === "bare";
  const reply = write(goldText(turn));
  const verdict = await verdictOn(turn, reply);
  const own = (verdict === "right") === expected ? [] : [`${name}: ${verdict} for ${reply}`];
  const wrong: string[] = [];
  for (const other of inject("matrix") ? others : others.slice(0, 1)) {
    if ((await verdictOn(turn, write(other))) === "right")
      wrong.push(`${name}: right for ${write(other)}`);
  }
  return [...own, ...wrong];
}

async function verdictOn(turn: GoldTurn, reply: string): Promise<string> {
  const grader = await loadGrader(turn.grader?.use ?? "");
  if (grader === null) return "no grader";
  const options = parseGraderOptions(grader, turn.grader?.with);
  return (await gradeSample(grader, options, { gold: turn, reply, finish_reason: "stop" })).verdict;
}

async function shippedCases(): Promise<readonly Case[]> {
  const folder = builtinFolder("suites");
  const found: Case[] = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
    const suite = await parseSuite(join(folder, name));
    for (const task of suite.suite.tasks) {
      if ("generate" in task.items) continue;
      const turns: { readonly name: string; readonly turn: GoldTurn }[] = [];
      for await (const { item } of eachItem(suite, task)) {
        const line = itemLine(suite.suite, task, item, [null]);
        for (const turn of line.turns) {
          if (graded.has(answerGrader(turn))) turns.push({ name: line.item, turn });
        }
      }
      found.push(...turns.map((each) => ({ ...each, others: othersOf(each.turn, turns) })));
    }
  }
  return found;
}

function othersOf(
  turn: GoldTurn,
  turns: readonly { readonly turn: GoldTurn }[],
): readonly string[] {
  const own = new Set([goldText(turn), ...turn.aliases]);
  return turns.map((each) => goldText(each.turn)).filter((other) => !own.has(other));
}
