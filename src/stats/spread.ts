import type { Interval } from "./interval.ts";

import { clusteredInterval, clusteredMean } from "./interval.ts";

/** The largest mean difference between any two treatments of the same items. */
export type TreatmentSpread = {
  /** In the unit of the values, never below 0. */
  readonly value: number;
  /** Null if no two treatments share five clusters. */
  readonly interval: Interval | null;
  /** Indices of the two treatments in the input. */
  readonly highest: number;
  readonly lowest: number;
  /** Their means over common items. */
  readonly high: number;
  readonly low: number;
  /** Number of common items. */
  readonly n: number;
  /** Standard deviation between treatments beyond what sampling of items explains; null if the interval is. */
  readonly sd: number | null;
};

const fewestClusters = 5;

/**
 * Spread of treatments over items: `values[t][i]` in [0, 1] is the value of item i under treatment t, NaN if it
 * has none; the result is null if no item has two. Each pair is compared over common items, so if every item has every
 * treatment, the value is the highest mean minus the lowest (Sclar et al., arXiv:2310.11324, §2).
 *
 * Picking the highest and lowest biases the value upwards but never makes the interval too narrow: the intervals of all
 * pairs hold simultaneously (Bonferroni, as Dunn, JASA 56, 1961), so the true spread, the largest true difference, lies
 * between the largest of their low bounds and the largest of their high ones. Each is mean ± t · se with the
 * cluster-robust error after a difference of 1 and one of -1 are added, each as its own cluster (the half per cell of
 * Bonett and Price, J. Educ. Behav. Stat. 37(4), 2012), so that equal values on few items do not pass for certainty.
 *
 * With d and se of the k(k - 1)/2 pairs, sd² = Σ(d² - se²) / (k(k - 1)): the variance of the treatments' means,
 * in terms of differences, minus its expectation if all are equal; at least 0.
 */
export function spreadOf(
  values: readonly ArrayLike<number>[],
  clusters: ArrayLike<number>,
): TreatmentSpread | null {
  const all = values.flatMap((_, a) =>
    values.slice(a + 1).map((_, step) => pairOf(values, clusters, a, a + 1 + step)),
  );
  const some = all.filter(({ n }) => n > 0);
  const enough = some.filter((pair) => pair.clusters >= fewestClusters);
  const pairs = enough.length > 0 ? enough : some;
  const [widest] = pairs.toSorted((x, y) => Math.abs(y.mean) - Math.abs(x.mean));
  if (widest === undefined) return null;
  const { a, b, mean, n, meanA, meanB } = widest;
  const ends =
    mean < 0
      ? { highest: b, lowest: a, high: meanB, low: meanA }
      : { highest: a, lowest: b, high: meanA, low: meanB };
  return {
    value: Math.abs(mean),
    ...ends,
    n,
    interval: enough.length > 0 ? intervalOf(enough) : null,
    sd: enough.length > 0 ? deviationOf(enough) : null,
  };
}

type Pair = ReturnType<typeof pairOf>;

function pairOf(
  values: readonly ArrayLike<number>[],
  clusters: ArrayLike<number>,
  a: number,
  b: number,
) {
  const differences: number[] = [];
  const groups: number[] = [];
  let sumA = 0;
  for (let item = 0; item < clusters.length; item++) {
    const difference = (values[a]?.[item] ?? Number.NaN) - (values[b]?.[item] ?? Number.NaN);
    if (Number.isNaN(difference)) continue;
    differences.push(difference);
    sumA += values[a]?.[item] ?? 0;
    groups.push(clusters[item] ?? 0);
  }
  const error = clusteredMean({ values: differences, clusters: groups });
  const meanA = sumA / error.n;
  const own = groups.reduce((most, each) => Math.max(most, each), 0) + 1;
  differences.push(1, -1);
  groups.push(own, own + 1);
  return {
    a,
    b,
    meanA,
    meanB: meanA - error.mean,
    ...error,
    padded: clusteredMean({ values: differences, clusters: groups }),
  };
}

function intervalOf(pairs: readonly Pair[]): Interval {
  const level = 1 - 0.05 / pairs.length;
  const bounds = pairs.map(
    ({ padded }) => clusteredInterval(padded, level) ?? { low: -1, high: 1 },
  );
  return {
    low: Math.max(0, ...bounds.flatMap(({ low, high }) => [low, -high])),
    high: Math.min(1, Math.max(...bounds.flatMap(({ low, high }) => [high, -low]))),
  };
}

function deviationOf(pairs: readonly Pair[]): number {
  const excess = pairs.reduce((sum, { mean, se }) => sum + mean ** 2 - (se ?? 0) ** 2, 0);
  return Math.sqrt(Math.max(0, excess / (2 * pairs.length)));
}
