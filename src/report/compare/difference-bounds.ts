import type { Interval } from "../../stats/interval.ts";
import type { AnswerPlan, FilledValues, Shortfall } from "../score/shortfall.ts";
import type { Method, Node } from "../score/tree.ts";
import type { ItemValues } from "../score/weigh.ts";
import type { Side } from "./pairing.ts";

import { scoreOf } from "../score/score.ts";
import { answerPlanOf, filledValues, missingIn, mostMissing } from "../score/shortfall.ts";
import { matchNumber } from "../view/columns.ts";

type Lack = Pick<Shortfall, "planned" | "missing">;

/** What each side lacks, and the differences that the missing answers leave possible. */
export type DifferenceBounds = {
  readonly base: Lack;
  readonly new: Lack;
  /** New less base: all that is missing counts against the new side, and for it. */
  readonly delta: Interval;
};

export type ComparedTrees = {
  readonly base: Node;
  readonly new: Node;
  readonly method: Method;
  readonly paired: boolean;
};

/**
 * The bounds of a difference where either side lacks more than 2% of its planned answers, else null. Of pairs only items
 * that both sides were to be asked take part.
 */
export function differenceBounds(
  base: Side,
  fresh: Side,
  trees: ComparedTrees,
): DifferenceBounds | null {
  const plans = [
    answerPlanOf(base.view, base.target.ref),
    answerPlanOf(fresh.view, fresh.target.ref),
  ] as const;
  const lacks = [
    missingIn(base.view, base.target, trees.base, plans[0]),
    missingIn(fresh.view, fresh.target, trees.new, plans[1]),
  ] as const;
  if (!lacks.some(({ planned, missing }) => missing > planned * mostMissing)) return null;
  const filled = [
    filledValues(base.view, base.target, plans[0]),
    filledValues(fresh.view, fresh.target, plans[1]),
  ] as const;
  const sides = { trees, plans, filled };
  const delta = trees.paired
    ? pairedBounds(base, fresh, sides)
    : unpairedBounds(base, fresh, sides);
  if (Number.isNaN(delta.low) || Number.isNaN(delta.high)) return null;
  return { base: lacks[0], new: lacks[1], delta };
}

const less = (a: number, b: number): number => Math.round((a - b) * 1e12) / 1e12;

type Sides = {
  readonly trees: ComparedTrees;
  readonly plans: readonly [AnswerPlan, AnswerPlan];
  readonly filled: readonly [FilledValues, FilledValues];
};

/** Both sides by the base view's numbers and tree. */
function pairedBounds(base: Side, fresh: Side, { trees, plans, filled }: Sides): Interval {
  const size = base.view.items.length;
  const make = (): ItemValues => new Float64Array(size).fill(Number.NaN);
  const [before, after] = [
    { low: make(), high: make() },
    { low: make(), high: make() },
  ];
  for (let item = 0; item < size; item++) {
    const other = matchNumber(base.view.itemKeys, item, fresh.view.itemKeys);
    if (other < 0 || plans[0].trials[item] === 0 || plans[1].trials[other] === 0) continue;
    for (const side of ["low", "high"] as const) {
      before[side][item] = filled[0][side][item] ?? Number.NaN;
      after[side][item] = filled[1][side][other] ?? Number.NaN;
    }
  }
  const score = (values: ItemValues): number =>
    scoreOf(trees.base, values, base.view.items, trees.method).value ?? Number.NaN;
  return {
    low: less(score(after.low), score(before.high)),
    high: less(score(after.high), score(before.low)),
  };
}

/** Each side by its own tree. */
function unpairedBounds(
  base: Side,
  fresh: Side,
  { trees, filled: [before, after] }: Sides,
): Interval {
  const score = ({ view }: Side, node: Node, values: ItemValues): number =>
    scoreOf(node, values, view.items, trees.method).value ?? Number.NaN;
  return {
    low: less(score(fresh, trees.new, after.low), score(base, trees.base, before.high)),
    high: less(score(fresh, trees.new, after.high), score(base, trees.base, before.low)),
  };
}
