/** The trees on which verdicts are simulated: those of every shipped suite and board, with their real items. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { GoldTurn } from "../../src/domain/run-file/lines.ts";
import type { Method, Node } from "../../src/report/score/tree.ts";
import type { View } from "../../src/report/view/model.ts";

import { Board } from "../../src/domain/board.ts";
import { itemLine } from "../../src/domain/prompt.ts";
import { buildTree } from "../../src/report/score/tree.ts";
import { createView, step } from "../../src/report/view/view.ts";
import { findBoard } from "../../src/store/suites/find-suites.ts";
import { eachItem } from "../../src/store/suites/items.ts";
import { readSuite } from "../../src/store/suites/suites.ts";

/** How an item's value comes about: the mean of its graded turns, each in steps of 1 / `steps`. */
export type ItemShape = { readonly turns: number; readonly steps: number };

export type SimulatedTree = {
  readonly name: string;
  readonly view: View;
  readonly root: Node;
  readonly method: Method;
  /** By the number of the item, like the names. */
  readonly shapes: readonly ItemShape[];
  readonly names: readonly string[];
};

const root = resolve(import.meta.dirname, "../..");
const suitesFolder = join(root, "suites");

const idsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .toSorted();

export const shippedSuites = (): readonly string[] => idsIn(suitesFolder);
export const shippedBoards = (): readonly string[] => idsIn(join(suitesFolder, "boards"));

/** The tree of one suite; `reseed` draws its generated items anew. */
export const suiteTree = async (id: string, reseed: number | null = null): Promise<SimulatedTree> =>
  treeOf(id, await viewOf([{ suite: id, limit: null }], reseed), null);

/** The tree of a board, with as many items of each task as the board asks. */
export async function boardTree(id: string): Promise<SimulatedTree> {
  const board = await findBoard(id, { cwd: root, builtin: suitesFolder });
  const members = board.members.map(({ suite }) => ({ suite, limit: board.limit ?? null }));
  return treeOf(`boards/${id}`, await viewOf(members, null), board);
}

type Member = { readonly suite: string; readonly limit: number | null };
type Built = Pick<SimulatedTree, "view" | "shapes" | "names">;

async function viewOf(members: readonly Member[], reseed: number | null): Promise<Built> {
  const view = createView();
  const shapes: ItemShape[] = [];
  const names: string[] = [];
  for (const { suite, limit } of members) {
    const file = await readSuite(join(suitesFolder, `${suite}.yaml`), reseed);
    for (const task of file.suite.tasks) {
      let count = 0;
      for await (const { item } of eachItem(file, task)) {
        if (limit !== null && count >= limit) break;
        count++;
        const line = itemLine(file.suite, task, item, [null]);
        step(view, line);
        shapes.push(shapeOf(line.turns));
        names.push(line.item);
      }
    }
  }
  return { view, shapes, names };
}

function shapeOf(turns: readonly GoldTurn[]): ItemShape {
  const graded = turns.filter(({ grader }) => grader !== null);
  const steps = Math.max(1, ...graded.map(({ grader, partial }) => stepsOf(grader, partial)));
  return { turns: Math.max(1, graded.length), steps };
}

/** Marks of judges in quarters, partial credit in halves, metrics in twentieths, all others right or wrong. */
function stepsOf(grader: GoldTurn["grader"], partial: GoldTurn["partial"]): number {
  if (grader?.use === "judge") return 4;
  if (["rouge", "bleu", "chrf", "cmrc", "edit"].includes(grader?.use ?? "")) return 20;
  return partial === null ? 1 : 2;
}

const treeOf = (
  name: string,
  { view, shapes, names }: Built,
  board: Board | null,
): SimulatedTree => ({
  name,
  view,
  shapes,
  names,
  root: buildTree(view, board),
  method: board?.total.method ?? "macro",
});
