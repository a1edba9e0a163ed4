import type { Items } from "../view/model.ts";
import type { ItemValues, Weighed } from "./weigh.ts";

import { normalQuantile, studentQuantile } from "../../stats/distributions.ts";
import { wilson, type Interval } from "../../stats/interval.ts";

type Shares = Pick<Weighed, "shares" | "strata">;

/** The standard error of a weighted score, and Wilson's interval around the score `p` at the effective size. */
export function errorOf(
  p: number,
  weighed: Shares,
  values: ItemValues,
  items: Items,
  level: number,
): { readonly se: number | null; readonly interval: Interval } {
  const { shares, strata } = weighed;
  const own = clusterShares(shares, items);
  const { se, df } = clusteredError(weighed, values, items);
  const isPlain = strata.length < 2 && own.size === shares.size;
  const z = isPlain ? normalQuantile(0.5 + level / 2) : studentQuantile(0.5 + level / 2, df);
  return { se, interval: wilson(p, effectiveSize(p, se, own), z) };
}

/** The share of each cluster, by its number. */
export function clusterShares(
  shares: ReadonlyMap<number, number>,
  items: Items,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const [item, share] of shares) {
    const cluster = items.at.cluster[item] ?? 0;
    sums.set(cluster, (sums.get(cluster) ?? 0) + share);
  }
  return sums;
}

/**
 * Cluster-robust standard error of Σ share · value within strata, null where no stratum has two clusters, with
 * Satterthwaite's degrees of freedom of a sum of strata: (Σ v)² / Σ (v² / (C - 1)), v being the variance and C the
 * clusters of a stratum (Biometrics Bulletin 2, 1946). All clusters less strata where nothing varies; at least 1.
 */
export function clusteredError(
  { shares, strata }: Shares,
  values: ArrayLike<number>,
  items: Items,
): { readonly se: number | null; readonly df: number } {
  let all = 0;
  let within = 0;
  let squares = 0;
  // A cluster may lie in several strata.
  const whole = new Map<number, number>();
  for (const stratum of strata) {
    const sums = clusterSums(shares, stratum, values, items);
    for (const [cluster, sum] of sums) whole.set(cluster, (whole.get(cluster) ?? 0) + sum);
    const variance = sumOfSquares(sums.values());
    all += sums.size - 1;
    within += variance;
    squares += variance ** 2 / (sums.size - 1);
  }
  const df = Math.max(1, squares === 0 ? all : within ** 2 / squares);
  return { se: strata.length === 0 ? null : Math.sqrt(sumOfSquares(whole.values())), df };
}

/** Per cluster, the sum over its items of share · (value - mean of the stratum), scaled for few clusters. */
function clusterSums(
  shares: ReadonlyMap<number, number>,
  stratum: readonly number[],
  values: ArrayLike<number>,
  items: Items,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  let part = 0;
  let mean = 0;
  for (const item of stratum) {
    part += shares.get(item) ?? 0;
    mean += (shares.get(item) ?? 0) * (values[item] ?? 0);
  }
  mean = part > 0 ? mean / part : 0;
  const count = new Set(stratum.map((item) => items.at.cluster[item])).size;
  const scale = Math.sqrt(count / (count - 1));
  for (const item of stratum) {
    const cluster = items.at.cluster[item] ?? 0;
    const residual = scale * (shares.get(item) ?? 0) * ((values[item] ?? 0) - mean);
    sums.set(cluster, (sums.get(cluster) ?? 0) + residual);
  }
  return sums;
}

/** Kish's effective number of clusters, over the design effect where one can be seen. */
function effectiveSize(p: number, se: number | null, shares: ReadonlyMap<number, number>): number {
  const kish = kishSize(shares);
  const plain = p * (1 - p);
  if (se === null || se === 0 || plain < 1e-12 || kish <= 1) return kish;
  return (kish * plain) / (se * se * (kish - 1));
}

/** Kish's effective number of clusters of the given shares: 1 / Σ share² where they add up to 1. */
export const kishSize = (shares: ReadonlyMap<number, number>): number =>
  1 / sumOfSquares(shares.values());

function sumOfSquares(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
