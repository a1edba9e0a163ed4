import type { Interval } from "./interval.ts";

import { clusteredInterval, clusteredMean } from "./interval.ts";

/** The greatest mean difference between two of several treatments of the same items. */
export type TreatmentSpread = {
  /** In the unit of the values, never below 0. */
  readonly value: number;
  /** Null where no two treatments share five clusters. */
  readonly interval: Interval | null;
  /** Places of the two treatments in the input. */
  readonly highest: number;
  readonly lowest: number;
  /** Their means over the items that both have. */
  readonly high: number;
  readonly low: number;
  /** Items that both have. */
  readonly n: number;
  /** Standard deviation between treatments beyond what drawing the items explains; null with the interval. */
  readonly sd: number | null;
};

const fewestClusters = 5;

/**
 * Spread of treatments over items: `values[t][i]` in [0, 1] is that of item i under treatment t, NaN where it
 * has none; null where no item has two. Each pair is compared over the items that both have, so where every
 * item has every treatment the value is the highest mean less the lowest (Sclar et al., arXiv:2310.11324, §2).
 *
 * Picking highest and lowest makes the value too large, never the interval too narrow: the intervals of all pairs hold
 * together (Bonferroni, as Dunn, JASA 56, 1961), so that the true spread, the greatest of the true differences,
 * lies between the greatest of their low bounds and the greatest of their high ones. Each is mean ± t · se with the
 * cluster-robust error after a difference of 1 and one of -1 are added, each as a cluster of its own (the half per cell of
 * Bonett and Price, J. Educ. Behav. Stat. 37(4), 2012), so that equal values on few items do not pass for certainty.
 *
 * With d and se of the k(k - 1)/2 pairs, sd² = Σ(d² - se²) / (k(k - 1)): the variance of the treatments' means,
 * written in differences, less its expectation where all are equal; no less than 0.
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
