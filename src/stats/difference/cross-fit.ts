import type { Interval } from "../interval.ts";

import { studentQuantile } from "../distributions.ts";
import { clusteredMean } from "../interval.ts";
import { seededRandom } from "../random.ts";
import { pairedInterval } from "./paired.ts";

/** What the best of several treatments is worth, chosen on other items than those on which it is measured. */
export type BestOf = {
  /** Mean of the base treatment over all items. */
  readonly base: number;
  /** Mean of what was chosen, each item under the treatment that the other half of the items chose. */
  readonly best: number;
  /** best − base over the same items; its 95% interval is null below five clusters. */
  readonly gain: number;
  readonly interval: Interval | null;
  /** The treatment that all items together choose, and its mean there, which is too high as a measure. */
  readonly chosen: number;
  readonly chosen_mean: number;
  /** What each item has under the treatments chosen without it, averaged over the splits. */
  readonly by_item: readonly number[];
};

const splits = 20;

/**
 * Cross-fitting (Chernozhukov et al., Econometrics J. 21, 2018, §3): the clusters are split in halves, the treatment that does
 * best on one half is measured on the other and the other way round, over twenty random splits, so that a treatment that was
 * lucky where it was chosen gains nothing by it. The gain is a mean of paired differences, at most as precise as its items:
 * the interval is `pairedInterval`'s with the error over clusters. Ties go to the earlier treatment; treatment 0 is the base.
 *
 * @param values by treatment, then by item, in [0, 1]
 */
export function bestOf(
  values: readonly (readonly number[])[],
  clusters: readonly number[],
  seed: number,
): BestOf {
  const [base = []] = values;
  const all = base.map((_, item) => item);
  const random = seededRandom(seed);
  const chosenValues = new Float64Array(base.length);
  for (let split = 0; split < splits; split++) {
    const isFirst = halves(clusters, random);
    for (const half of [0, 1]) {
      const inside = all.filter((item) => isFirst(item) === (half === 0));
      const outside = all.filter((item) => isFirst(item) !== (half === 0));
      const column = values[bestOn(values, inside)] ?? base;
      for (const item of outside)
        chosenValues[item] = (chosenValues[item] ?? 0) + (column[item] ?? 0) / splits;
    }
  }
  const gains = base.map((value, item) => (chosenValues[item] ?? 0) - value);
  const { mean: gain, se, clusters: count } = clusteredMean({ values: gains, clusters });
  const quantile = studentQuantile(0.975, Math.max(1, count - 1));
  const chosen = bestOn(values, all);
  return {
    base: meanOn(base, all),
    best: meanOn(base, all) + gain,
    gain,
    interval: se === null || count < 5 ? null : pairedInterval(gain, se, count, quantile).interval,
    chosen,
    chosen_mean: meanOn(values[chosen] ?? base, all),
    by_item: [...chosenValues],
  };
}

/** Half of the clusters at random. */
function halves(clusters: readonly number[], random: () => number): (item: number) => boolean {
  const names = [...new Set(clusters)];
  for (let last = names.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = names[last] ?? 0;
    names[last] = names[other] ?? 0;
    names[other] = value;
  }
  const first = new Set(names.slice(0, names.length >> 1));
  return (item) => first.has(clusters[item] ?? 0);
}

/** The treatment with the highest mean over some items; the base where there are none. */
function bestOn(values: readonly (readonly number[])[], items: readonly number[]): number {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (const [at, column] of values.entries()) {
    const mean = meanOn(column, items);
    if (mean > most + 1e-12) [best, most] = [at, mean];
  }
  return best;
}

const meanOn = (column: readonly number[], items: readonly number[]): number =>
  items.reduce((sum, item) => sum + (column[item] ?? 0), 0) / items.length;
