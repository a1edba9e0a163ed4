/** Paired comparisons of two runs of equal skill, and of runs that differ, on one tree. */
import type { SimulatedTree } from "./trees.ts";

import { pairedDifferences } from "../../src/report/compare/nodes.ts";
import { judged } from "../../src/report/compare/verdict.ts";
import { scoreOf } from "../../src/report/score/score.ts";
import { drawsOf, type Draws, type SimulatedModel } from "./draw.ts";

const draws = 999;
const margin = 0.05;
const skill = 0.8;

export type FalseVerdicts = {
  readonly pairs: number;
  /** Pairs in which any part, or the total, is called better or worse. */
  readonly parts: number;
  readonly totals: number;
  /** Pairs whose total is called tied, and whose interval leaves out the true difference, 0. */
  readonly tied: number;
  readonly missed: number;
};

/** Disjoint pairs of equal skill: every other pair is the same model twice, the rest are two models. */
export function falseVerdicts(tree: SimulatedTree, pairs: number, seed: number): FalseVerdicts {
  const counts = { pairs, parts: 0, totals: 0, tied: 0, missed: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const source = drawsOf(tree, seed + pair);
    const base = source.model(skill);
    const [total, ...parts] = verdictsOf(tree, source, base, pair % 2 ? base : source.model(skill));
    if (parts.some(isChange)) counts.parts++;
    if (total !== undefined && isChange(total)) counts.totals++;
    if (total?.verdict === "tied") counts.tied++;
    const { low = 0, high = 0 } = total?.interval ?? {};
    if (low > 0 || high < 0) counts.missed++;
  }
  return counts;
}

/** Share of pairs in which a drop of the total by `points` is called worse. */
export function power(tree: SimulatedTree, points: number, pairs: number, seed: number): number {
  const loss = skillLost(tree, points, seed);
  let found = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const source = drawsOf(tree, seed + pair);
    const [total] = verdictsOf(tree, source, source.model(skill), source.model(skill - loss));
    if (total?.verdict === "worse") found++;
  }
  return found / pairs;
}

const isChange = ({ verdict }: { readonly verdict: string }): boolean =>
  verdict === "better" || verdict === "worse";

function verdictsOf(
  { root, view, method }: SimulatedTree,
  source: Draws,
  base: SimulatedModel,
  fresh: SimulatedModel,
) {
  const values = { baseValues: source.answers(base), newValues: source.answers(fresh) };
  const seed = Math.floor(source.random() * 2 ** 31);
  return judged(pairedDifferences(root, values, view.items, method, { seed, draws }), margin);
}

/** How much skill costs so many points of the total, by bisection over the mean of 40 models. */
function skillLost(tree: SimulatedTree, points: number, seed: number): number {
  const mean = (lost: number): number => {
    let sum = 0;
    for (let run = 0; run < 40; run++) {
      const source = drawsOf(tree, seed + run);
      const values = source.answers(source.model(skill - lost));
      sum += scoreOf(tree.root, values, tree.view.items, tree.method).value ?? 0;
    }
    return sum / 40;
  };
  const whole = mean(0);
  let [low, high] = [0, 3];
  for (let stride = 0; stride < 18; stride++) {
    const middle = (low + high) / 2;
    if (whole - mean(middle) < points / 100) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
