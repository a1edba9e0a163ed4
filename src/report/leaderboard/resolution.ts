import type { Method, Node } from "../score/tree.ts";
import type { View } from "../view/model.ts";

import { detectableBetween } from "../compare/difference.ts";
import { assumedSpread, detectableWith } from "../plan/sample-size.ts";
import { clusterShares, kishSize } from "../score/error.ts";
import { type ItemValues, weigh } from "../score/weigh.ts";

/**
 * The smallest difference of two totals, as a fraction of 1, that the same items would show in 80 of 100 cases: the
 * median over the pairs of ranked targets, or from the assumptions of `plan` where fewer than two are ranked.
 */
export type Resolution = {
  readonly difference: number;
  readonly source: "measured" | "assumed";
};

/** Pairs of at most this many targets are looked at, those with the highest scores. */
const mostTargets = 12;

export function resolutionOf(
  view: View,
  root: Node,
  method: Method,
  targets: readonly { readonly values: ItemValues; readonly isRanked: boolean }[],
): Resolution | null {
  const values = targets.filter(({ isRanked }) => isRanked).map((each) => each.values);
  const pairs = values
    .slice(0, mostTargets)
    .flatMap((a, place) => values.slice(place + 1, mostTargets).map((b) => [a, b] as const));
  const differences = pairs
    .flatMap(([a, b]) => detectableBetween(root, a, b, view.items, method) ?? [])
    .toSorted((a, b) => a - b);
  const median = differences[Math.floor((differences.length - 1) / 2)];
  if (median !== undefined) return { difference: median, source: "measured" };
  const sizes = targets.map(({ values: own }) => {
    const { shares } = weigh(root, own, view.items, method);
    return shares.size === 0 ? 0 : kishSize(clusterShares(shares, view.items));
  });
  const size = Math.max(0, ...sizes);
  if (size === 0) return null;
  const trials = view.run?.settings.trials ?? 1;
  const difference = Math.min(1, detectableWith(size, trials, assumedSpread, 0.8));
  return { difference, source: "assumed" };
}
