import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, inject, test } from "vitest";

import type { ItemLine } from "../../../domain/run-file/lines.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { gradeSample } from "../../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../../grading/graders.ts";
import { builtinFolder } from "../../builtin.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";
import { justified } from "./lazy-justified.ts";
import { commonestGold, goldText, lazyRepliesTo, type LazyKind } from "./lazy-replies.ts";

type Pass = { readonly item: string; readonly kind: LazyKind; readonly text: string };

/** One item in so many is asked. */
const step = inject("matrix") ? 1 : 48;
/** So many items of a task that draws them. */
const mostDrawn = inject("matrix") ? Number.POSITIVE_INFINITY : 10;
/** A judge or a sandbox grades them: no judge is at hand here, and a program that does not parse passes no test. */
const elsewhere: ReadonlySet<string> = new Set(["judge", "code"]);

const tasks = await shippedTasks();
const passes = await passesOf(tasks);

test("lazy replies pass no shipped item but those that are justified", () => {
  const unjustified = passes.filter((each) => !justified.some((reason) => covers(reason, each)));
  expect(unjustified.map(({ item, kind, text }) => `${item}, ${kind}: ${text}`)).toEqual([]);
});

test("every justification is of a reply that passes", () => {
  const idle = justified.filter((reason) => !passes.some((each) => covers(reason, each)));
  // Of a sample some items are not asked.
  expect(idle.filter(() => step === 1)).toEqual([]);
  expect(passes.length).toBeGreaterThan(0);
});

test("no gold is that of more than half of a task with ten golds or more", () => {
  const constant = tasks.flatMap(({ name, lines }) => {
    const golds = lines.flatMap(({ turns }) => turns.flatMap((turn) => goldText(turn) ?? []));
    const most = golds.filter(
      (gold) => gold === commonestGold(lines.flatMap(({ turns }) => turns)),
    );
    return golds.length >= 10 && most.length * 2 > golds.length
      ? [`${name}: ${most[0] ?? ""}`]
      : [];
  });
  expect(constant).toEqual([]);
});

const covers = ({ items, kind }: (typeof justified)[number], pass: Pass): boolean =>
  kind === pass.kind && pass.item.startsWith(items);

type ShippedTask = { readonly name: string; readonly lines: readonly ItemLine[] };

async function shippedTasks(): Promise<readonly ShippedTask[]> {
  const folder = builtinFolder("suites");
  const found: ShippedTask[] = [];
  for (const file of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
    const suite = await parseSuite(join(folder, file));
    for (const task of suite.suite.tasks) {
      const lines: ItemLine[] = [];
      for await (const { item } of eachItem(suite, task)) {
        lines.push(itemLine(suite.suite, task, item, [null]));
        if ("generate" in task.items && lines.length >= mostDrawn) break;
      }
      found.push({ name: `${suite.suite.id}/${task.id}`, lines });
    }
  }
  return found;
}

async function passesOf(all: readonly ShippedTask[]): Promise<readonly Pass[]> {
  const found: Pass[] = [];
  for (const { lines } of all) {
    const commonest = commonestGold(lines.flatMap(({ turns }) => turns));
    for (const [at, line] of lines.entries()) {
      if (at % step === 0) found.push(...(await passesOfItem(line, commonest)));
    }
  }
  return found;
}

/** Of an item with several turns each turn is one. */
async function passesOfItem(line: ItemLine, commonest: string | null): Promise<readonly Pass[]> {
  const found: Pass[] = [];
  const [ask] = line.asks;
  const system = ask?.messages.find(({ role }) => role === "system")?.text ?? null;
  for (const [index, turn] of line.turns.entries()) {
    if (turn.grader === null || elsewhere.has(turn.grader.use)) continue;
    const grader = await loadGrader(turn.grader.use);
    if (grader === null) throw new Error(`no grader ${turn.grader.use}`);
    const options = parseGraderOptions(grader, turn.grader.with);
    const asked = { turn, prompt: ask?.turns[index] ?? turn.question, system, commonest };
    for (const { kind, text } of lazyRepliesTo(asked)) {
      const sample = { gold: turn, reply: text, finish_reason: "stop" };
      const { value } = await gradeSample(grader, options, sample, { load: loadGrader });
      if ((value ?? 0) > 0) found.push({ item: line.item, kind, text });
    }
  }
  return found;
}
