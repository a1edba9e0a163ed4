/** Shipped items whose answers are read by rule, for replies that people or models write to them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { GoldTurn } from "../../src/domain/run-file/lines.ts";

import { itemLine } from "../../src/domain/prompt.ts";
import { createDraw } from "../../src/generating/draw.ts";
import { builtinFolder } from "../../src/store/builtin.ts";
import { eachItem } from "../../src/store/suites/items.ts";
import { parseSuite } from "../../src/store/suites/suites.ts";

/** Graders that read an answer out of a reply. */
const reading: ReadonlySet<string> = new Set(["choice", "numeric", "math", "exact", "value"]);

/** A question to be replied to: as the model sees it, and how its answer is known. */
export type Asked = {
  readonly id: string;
  /** `suite/task/item` */
  readonly item: string;
  readonly grader: string;
  readonly prompt: string;
  readonly answer: unknown;
  readonly aliases: readonly string[];
  readonly unit: string | null;
};

type Shipped = { readonly turn: GoldTurn; readonly prompt: string };

let read: Promise<ReadonlyMap<string, Shipped>> | undefined;
/** Items of one turn that are written, not drawn by a generator, with a grader that reads answers, by `suite/task/item`. */
const shippedItems = () => (read ??= readItems());

async function readItems(): Promise<ReadonlyMap<string, Shipped>> {
  const found = new Map<string, Shipped>();
  const folder = builtinFolder("suites");
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
    const suite = await parseSuite(join(folder, name));
    for (const task of suite.suite.tasks) {
      if ("generate" in task.items) continue;
      for await (const { item } of eachItem(suite, task)) {
        const line = itemLine(suite.suite, task, item, [null]);
        const [turn, ...others] = line.turns;
        const prompt = line.asks[0]?.turns[0];
        if (turn === undefined || others.length > 0 || prompt === undefined) continue;
        if (reading.has(turn.grader?.use ?? "")) found.set(line.item, { turn, prompt });
      }
    }
  }
  return found;
}

/** The one turn of a shipped item. Rejects where there is no such item whose answer is read by rule. */
export async function shippedTurn(item: string): Promise<GoldTurn> {
  const shipped = (await shippedItems()).get(item);
  if (shipped === undefined)
    throw new Error(`no shipped item ${item} whose answer is read by rule`);
  return shipped.turn;
}

/** So many items, drawn by the seed, of those whose prompt has at most `longest` characters. */
export async function drawnItems(
  count: number,
  seed: number,
  longest = 1_500,
): Promise<readonly Asked[]> {
  const eligible = [...(await shippedItems())].filter(([, { prompt }]) => prompt.length <= longest);
  const drawn = createDraw(seed, 0, 0).sample(eligible, count);
  return drawn.map(([item, { turn, prompt }], at) => ({
    id: `s${String(at + 1).padStart(3, "0")}`,
    item,
    grader: turn.grader?.use ?? "",
    prompt,
    answer: turn.answer,
    aliases: turn.aliases,
    unit: turn.unit,
  }));
}
