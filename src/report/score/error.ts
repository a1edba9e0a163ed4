import type { Items } from "../view/model.ts";
import type { ItemValues, Weighed } from "./weigh.ts";

import { mergedSums, sumsByCluster, type ClusterSums } from "../../stats/cluster-sums.ts";
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
  const isPlain = strata.length < 2 && own.length === shares.size;
  const z = isPlain ? normalQuantile(0.5 + level / 2) : studentQuantile(0.5 + level / 2, df);
  return { se, interval: wilson(p, effectiveSize(p, se, own), z) };
}

/** The share of each cluster. */
export const clusterShares = (shares: ReadonlyMap<number, number>, items: Items): Float64Array =>
  sumsByCluster(
    Array.from(shares.keys(), (item) => items.at.cluster[item] ?? 0),
    Float64Array.from(shares.values()),
  ).sums;

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
  const sumsOfStrata = strata.map((stratum) => clusterSums(shares, stratum, values, items));
  for (const { sums } of sumsOfStrata) {
    const variance = sumOfSquares(sums);
    all += sums.length - 1;
    within += variance;
    squares += variance ** 2 / (sums.length - 1);
  }
  const df = Math.max(1, squares === 0 ? all : within ** 2 / squares);
  const { sums: whole } = mergedSums(sumsOfStrata);
  return { se: strata.length === 0 ? null : Math.sqrt(sumOfSquares(whole)), df };
}

/** The items of each stratum, with what they add to the variance of the score. */
export const stratumErrors = (
  { shares, strata }: Shares,
  values: ArrayLike<number>,
  items: Items,
): readonly { readonly items: readonly number[]; readonly variance: number }[] =>
  strata.map((stratum) => ({
    items: stratum,
    variance: sumOfSquares(clusterSums(shares, stratum, values, items).sums),
  }));

/** Per cluster, the sum over its items of share · (value - mean of the stratum), scaled for few clusters. */
function clusterSums(
  shares: ReadonlyMap<number, number>,
  stratum: readonly number[],
  values: ArrayLike<number>,
  items: Items,
): ClusterSums {
  const weights = new Float64Array(stratum.length);
  let whole = 0;
  let weighted = 0;
  for (let at = 0; at < stratum.length; at++) {
    const item = stratum[at] ?? 0;
    const weight = shares.get(item) ?? 0;
    weights[at] = weight;
    whole += weight;
    weighted += weight * (values[item] ?? 0);
  }
  const mean = whole > 0 ? weighted / whole : 0;
  const own: number[] = [];
  for (let at = 0; at < stratum.length; at++) {
    const item = stratum[at] ?? 0;
    own.push(items.at.cluster[item] ?? 0);
    weights[at] = (weights[at] ?? 0) * ((values[item] ?? 0) - mean);
  }
  const { clusters, sums } = sumsByCluster(own, weights);
  const scale = Math.sqrt(sums.length / (sums.length - 1));
  return { clusters, sums: sums.map((sum) => scale * sum) };
}

/** Kish's effective number of clusters, over the design effect where one can be seen. */
function effectiveSize(p: number, se: number | null, shares: Float64Array): number {
  const kish = kishSize(shares);
  const plain = p * (1 - p);
  if (se === null || se === 0 || plain < 1e-12 || kish <= 1) return kish;
  return (kish * plain) / (se * se * (kish - 1));
}

/** Kish's effective number of clusters of the given shares: 1 / Σ share² where they add up to 1. */
export const kishSize = (shares: Float64Array): number => 1 / sumOfSquares(shares);

const sumOfSquares = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0);
