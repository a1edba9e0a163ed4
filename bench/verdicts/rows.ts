/** Rows of a target in a tree's view, filled with new answers again and again: much quicker than a new view. */
import type { Side } from "../../src/report/compare/pairing.ts";
import type { SimulatedModel } from "./draw.ts";
import type { SimulatedTree } from "./trees.ts";

import { answerLine, runLine } from "../../src/report/testing/lines.ts";
import { step } from "../../src/report/view/view.ts";
import { drawsOf } from "./draw.ts";

/** The one target of the views. */
export const target = "sim/model";

/** A run in which every item is answered once. */
export function answerAll({ view, names }: SimulatedTree): void {
  step(view, runLine([target]));
  for (const item of names) step(view, answerLine({ item, target }));
}

/** New answers by a model of the skill, or by the given one. */
export function redrawn(tree: SimulatedTree, seed: number, given?: SimulatedModel): Side {
  const draws = drawsOf(tree, seed);
  const values = draws.answers(given ?? draws.model(0.8));
  const found = tree.view.byRef.get(target);
  if (found === undefined) throw new Error(`${tree.name}: nobody has answered`);
  const { at } = found.rows;
  for (let row = 0; row < found.rows.length; row++) {
    at.value[row] = values[at.item[row] ?? 0] ?? Number.NaN;
  }
  return { view: tree.view, target: found };
}
