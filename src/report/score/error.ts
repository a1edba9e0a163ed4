import type { Items } from "../view/model.ts";
import type { ItemValues, Weighed } from "./weigh.ts";

import { mergedSums, sumsByCluster, type ClusterSums } from "../../stats/cluster-sums.ts";
import { normalQuantile, studentQuantile } from "../../stats/distributions.ts";
import { wilson, type Interval } from "../../stats/interval.ts";

type Shares = Pick<Weighed, "shares" | "strata">;

/** The standard error of a weighted score, and Wilson's interval of 95% around the score `p` at the effective size. */
export function errorOf(
  p: number,
  weighed: Shares,
  values: ItemValues,
  items: Items,
): { readonly se: number | null; readonly interval: Interval } {
  const { shares, strata } = weighed;
  const own = clusterShares(shares, items);
  const { se, df } = clusteredError(weighed, values, items);
  const isPlain = strata.length < 2 && own.length === shares.size;
  const z = isPlain ? normalQuantile(0.975) : studentQuantile(0.975, df);
  return { se, interval: wilson(p, effectiveSize(p, se, own), z) };
}

/** The share of each cluster. */
export const clusterShares = (shares: ReadonlyMap<number, number>, items: Items): Float64Array =>
  sumsByCluster(
    Array.from(shares.keys(), (item) => items.at.cluster[item] ?? 0),
    Float64Array.from(shares.values()),
  ).sums;

/**
 * What the spread of all strata weighs beside a stratum's own, in clusters. A task of four items that are all right has no
 * spread of its own, and is no more certain for that. Simulations: `error.test.ts`.
 */
const prior = 2;

/**
 * Cluster-robust standard error of Σ share · value within strata, null where no stratum has two clusters, with
 * Satterthwaite's degrees of freedom of a sum of strata: (Σ v)² / Σ (v² / d), v being the variance and d the degrees of
 * freedom of a stratum (Biometrics Bulletin 2, 1946); at least 1, at most all clusters less strata. The variance of a
 * stratum is moderated by that of all (Smyth, Stat. Appl. Genet. Mol. Biol. 3(1), 2004).
 */
export function clusteredError(
  { shares, strata }: Shares,
  values: ArrayLike<number>,
  items: Items,
): { readonly se: number | null; readonly df: number } {
  if (strata.length === 0) return { se: null, df: 1 };
  const sumsOfStrata = strata.map((stratum) => clusterSums(shares, stratum, values, items));
  const variances = moderated(sumsOfStrata);
  let all = 0;
  let within = 0;
  let squares = 0;
  let added = 0;
  for (const [at, { sums }] of sumsOfStrata.entries()) {
    const variance = variances[at] ?? 0;
    all += sums.length - 1;
    within += variance;
    squares += variance ** 2 / (sums.length - 1 + prior);
    added += variance - sumOfSquares(sums);
  }
  const df = Math.max(1, Math.min(all, squares === 0 ? all : within ** 2 / squares));
  // A cluster in several strata: what it has in common in them stands in the sums alone.
  const { sums: whole } = mergedSums(sumsOfStrata);
  return { se: Math.sqrt(Math.max(0, sumOfSquares(whole) + added)), df };
}

/**
 * The variance that each stratum adds: of its spread per cluster and that of all strata the mean by degrees of freedom, the
 * latter's being `prior`. That of a single stratum is its own.
 */
function moderated(strata: readonly ShareSums[]): readonly number[] {
  const spreads = strata.map(({ sums, squared }) =>
    squared === 0 ? 0 : sumOfSquares(sums) / squared,
  );
  const freedom = strata.map(({ sums }) => sums.length - 1);
  const all = freedom.reduce((sum, each) => sum + each, 0);
  const pooled = spreads.reduce((sum, each, at) => sum + each * (freedom[at] ?? 0), 0) / all;
  return strata.map(({ squared }, at) => {
    const own = freedom[at] ?? 0;
    return (squared * (own * (spreads[at] ?? 0) + prior * pooled)) / (own + prior);
  });
}

/** The items of each stratum, with what they add to the variance of the score. */
export function stratumErrors(
  { shares, strata }: Shares,
  values: ArrayLike<number>,
  items: Items,
): readonly { readonly items: readonly number[]; readonly variance: number }[] {
  const variances = moderated(strata.map((stratum) => clusterSums(shares, stratum, values, items)));
  return strata.map((stratum, at) => ({ items: stratum, variance: variances[at] ?? 0 }));
}

/** Of a stratum: the sum of each cluster, and the sum of their squared shares. */
type ShareSums = ClusterSums & { readonly squared: number };

/** Per cluster, the sum over its items of share · (value - mean of the stratum), scaled for few clusters. */
function clusterSums(
  shares: ReadonlyMap<number, number>,
  stratum: readonly number[],
  values: ArrayLike<number>,
  items: Items,
): ShareSums {
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
  for (const item of stratum) own.push(items.at.cluster[item] ?? 0);
  const squared = sumOfSquares(sumsByCluster(own, weights).sums);
  for (let at = 0; at < stratum.length; at++) {
    const item = stratum[at] ?? 0;
    weights[at] = (weights[at] ?? 0) * ((values[item] ?? 0) - mean);
  }
  const { clusters, sums } = sumsByCluster(own, weights);
  const scale = Math.sqrt(sums.length / (sums.length - 1));
  return { clusters, sums: sums.map((sum) => scale * sum), squared };
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
