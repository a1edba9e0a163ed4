/** How often a board tells two simulated models of different skill apart, given the trials that the money allows. */
import type { Board } from "../../src/domain/board.ts";
import type { View } from "../../src/report/view/model.ts";

import { pairedDifference } from "../../src/report/compare/difference.ts";
import { itemsOf, buildTree } from "../../src/report/score/tree.ts";
import { normalQuantile } from "../../src/stats/distributions.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { normalFrom } from "../verdicts/draw.ts";

/** Parts of a model's luck on an item, as variances that add up to 1. */
export type Luck = {
  /** Shared by all models: how hard the item is. As in `src/simulator/replies/responder.ts`. */
  readonly shared: number;
  /** Its own, and the same at every trial. */
  readonly own: number;
  /** New at every trial. */
  readonly trial: number;
};

const skills = [0.8, 0.85] as const;

/**
 * The share of `runs` in which the better of two models is found better at 5 %, on the board's real tree. Every item is
 * right or wrong, with the chance that is the model's skill.
 */
export function separation(
  view: View,
  board: Board,
  { luck, trials, runs, seed }: { luck: Luck; trials: number; runs: number; seed: number },
): number {
  const root = buildTree(view, board);
  const inside = itemsOf(root, view.items.length);
  const cuts = skills.map(normalQuantile);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const normal = normalFrom(seededRandom(seed + run));
    const sides = cuts.map(() => new Float64Array(view.items.length).fill(Number.NaN));
    for (let item = 0; item < view.items.length; item++) {
      if (inside[item] !== 1) continue;
      const hard = Math.sqrt(luck.shared) * normal();
      for (const [side, cut] of cuts.entries()) {
        const own = hard + Math.sqrt(luck.own) * normal();
        let right = 0;
        for (let trial = 0; trial < trials; trial++)
          right += Number(own + Math.sqrt(luck.trial) * normal() < cut);
        sides[side]![item] = right / trials;
      }
    }
    const [baseValues, newValues] = sides as [Float64Array, Float64Array];
    const options = { seed: run, draws: 999 };
    const { delta, p } = pairedDifference(
      root,
      { baseValues, newValues },
      view.items,
      board.total.method,
      options,
    );
    if ((delta ?? 0) > 0 && (p ?? 1) < 0.05) found++;
  }
  return found / runs;
}
