import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { GoldTurn, ItemLine } from "../../../../domain/run-file/lines.ts";

import { itemLine } from "../../../../domain/prompt.ts";
import { gradeSample } from "../../../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../../../grading/graders.ts";
import { builtinFolder } from "../../../builtin.ts";
import { eachItem } from "../../items.ts";
import { parseSuite } from "../../suites.ts";

/** An item as it is asked, and the passages that its task puts before the question. */
export type EnterpriseItem = {
  readonly line: ItemLine;
  readonly turn: GoldTurn;
  readonly passages: readonly string[];
};

/** All items of a shipped suite, generated ones as well. */
export async function itemsOf(suiteId: string): Promise<readonly EnterpriseItem[]> {
  const suite = await parseSuite(join(builtinFolder("suites"), `${suiteId}.yaml`));
  const found: EnterpriseItem[] = [];
  for (const task of suite.suite.tasks) {
    for await (const { item } of eachItem(suite, task)) {
      const line = itemLine(suite.suite, task, item, [null]);
      const [turn] = line.turns;
      if (turn === undefined) throw new Error(`${line.item} asks nothing`);
      found.push({ line, turn, passages: [item.context ?? []].flat() });
    }
  }
  return found;
}

/** The verdict on a reply by the item's own grader. */
export async function verdictOn({ turn }: EnterpriseItem, reply: string): Promise<string> {
  const grader = await loadGrader(turn.grader?.use ?? "");
  if (grader === null) throw new Error(`no grader ${turn.grader?.use ?? ""}`);
  const options = parseGraderOptions(grader, turn.grader?.with);
  const sample = { gold: turn, reply, finish_reason: "stop" };
  return (await gradeSample(grader, options, sample, { load: loadGrader })).verdict;
}

/** The rows of a .jsonl file beside this one. */
export const rowsOf = (name: string): readonly unknown[] =>
  readFileSync(join(import.meta.dirname, name), "utf8")
    .trim()
    .split("\n")
    .map((row): unknown => JSON.parse(row));
