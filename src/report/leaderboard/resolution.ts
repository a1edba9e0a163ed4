import type { Method, Node } from "../score/tree.ts";
import type { View } from "../view/model.ts";
import type { StandingPair } from "./standing/standing.ts";

import { assumedSpread, detectableWith } from "../plan/sample-size.ts";
import { clusterShares, kishSize } from "../score/error.ts";
import { type ItemValues, weigh } from "../score/weigh.ts";

/**
 * The smallest difference of two totals, as a fraction of 1, that a comparison of two targets on the same items would find
 * in 80 of 100 cases: the median over the pairs of ranked targets, or from the assumptions of `plan` where fewer than two
 * are ranked.
 */
export type Resolution = {
  readonly difference: number;
  readonly source: "measured" | "assumed";
};

/** The pairs of at most this many targets count, those with the highest scores. */
const mostTargets = 12;

export function resolutionOf(
  view: View,
  root: Node,
  method: Method,
  {
    values,
    pairs,
  }: { readonly values: readonly ItemValues[]; readonly pairs: readonly StandingPair[] },
): Resolution | null {
  const [best] = pairs;
  const first = new Set(
    best === undefined
      ? []
      : [
          best.above,
          ...pairs.filter(({ above }) => above === best.above).map(({ below }) => below),
        ].slice(0, mostTargets),
  );
  const differences = pairs
    .flatMap(({ above, below, detectable }) =>
      detectable !== null && first.has(above) && first.has(below) ? [detectable] : [],
    )
    .toSorted((a, b) => a - b);
  const median = differences[Math.floor((differences.length - 1) / 2)];
  if (median !== undefined) return { difference: median, source: "measured" };
  const sizes = values.map((own) => {
    const { shares } = weigh(root, own, view.items, method);
    return shares.size === 0 ? 0 : kishSize(clusterShares(shares, view.items));
  });
  const size = Math.max(0, ...sizes);
  if (size === 0) return null;
  const trials = view.run?.settings.trials ?? 1;
  const difference = Math.min(1, detectableWith(size, trials, assumedSpread, 0.8));
  return { difference, source: "assumed" };
}
