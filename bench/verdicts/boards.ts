/** Boards of equal targets, and gates at a target's own true score. */
import type { Interval } from "../../src/stats/interval.ts";
import type { SimulatedTree } from "./trees.ts";

import { bothCounted, standingOf } from "../../src/report/leaderboard/standing/standing.ts";
import { scoreOf } from "../../src/report/score/score.ts";
import { drawsOf } from "./draw.ts";

/** Share of boards of `count` equal targets on which any has another place than the first. */
export function falseOrder(
  tree: SimulatedTree,
  count: number,
  boards: number,
  seed: number,
): number {
  let parted = 0;
  for (let board = 0; board < boards; board++) {
    const draws = drawsOf(tree, seed + board);
    const answers = Array.from({ length: count }, () => draws.answers(draws.model(0.8)));
    if (pairsOf(tree, answers).some(({ told_apart }) => told_apart)) parted++;
  }
  return parted / boards;
}

/** The tests of a board, as the leaderboard makes them; targets are named by their place in `answers`. */
function pairsOf(
  tree: SimulatedTree,
  answers: readonly Float64Array[],
): ReturnType<typeof standingOf> {
  const { root, view, method } = tree;
  const contenders = answers
    .map((each, at) => ({ target: String(at), score: scored(tree, each).value, bounds: null }))
    .toSorted((a, b) => b.score - a.score);
  const nothing = new Float64Array(0);
  return standingOf(view.items, contenders, {
    root,
    method,
    tie: 0,
    pairOf: (base, fresh) =>
      bothCounted(answers[Number(base)] ?? nothing, answers[Number(fresh)] ?? nothing),
  });
}

/** Of a target whose true score is what a gate asks: how often its lower bound reaches that, and its interval misses it. */
export function falsePasses(
  tree: SimulatedTree,
  runs: number,
  seed: number,
): { readonly passed: number; readonly missed: number } {
  let [passed, missed] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const draws = drawsOf(tree, seed + run);
    const model = draws.model(0.8);
    const truth = trueScore(tree, () => draws.answers(model));
    const { interval } = scored(tree, draws.answers(model));
    if (interval.low >= truth) passed++;
    if (interval.low > truth || interval.high < truth) missed++;
  }
  return { passed: passed / runs, missed: missed / runs };
}

/** The mean of 60 runs of the same model. */
function trueScore(tree: SimulatedTree, answers: () => Float64Array): number {
  const sums = new Float64Array(tree.view.items.length);
  for (let run = 0; run < 60; run++) {
    answers().forEach((value, item) => {
      sums[item] = (sums[item] ?? 0) + value / 60;
    });
  }
  return scored(tree, sums).value;
}

function scored(
  { root, view, method }: SimulatedTree,
  values: Float64Array,
): { readonly value: number; readonly interval: Interval } {
  const { value, interval } = scoreOf(root, values, view.items, method);
  if (value === null || interval === null) throw new Error("no score");
  return { value, interval };
}
