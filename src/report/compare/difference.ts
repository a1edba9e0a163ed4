import type { Interval } from "../../stats/interval.ts";
import type { Score, Weighed } from "../score/score.ts";
import type { Method, Node } from "../score/tree.ts";
import type { Items } from "../view/model.ts";
import type { Side } from "./pairing.ts";

import { bootstrapSums } from "../../stats/bootstrap.ts";
import { normalCdf, normalQuantile } from "../../stats/distributions.ts";
import { mcnemar, pairedProportions } from "../../stats/paired.ts";
import { minimumDetectable } from "../../stats/power.ts";
import { clusterSums, itemValues, scoreOf, weigh, worthOf } from "../score/score.ts";

export type DifferenceVerdict = "better" | "worse" | "tied" | "not enough data";

/** A difference of scores, new less base, as fractions of 1. */
export type Difference = {
  readonly n: number;
  readonly base: number | null;
  readonly new: number | null;
  readonly delta: number | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  /** The smallest difference that these data would find in 80 of 100 cases. */
  readonly detectable: number | null;
  /** Items that were fully right only before, or only after. */
  readonly lost: number;
  readonly won: number;
  readonly method: "McNemar" | "bootstrap" | "unpaired" | null;
};

const nothing: Difference = {
  n: 0,
  base: null,
  new: null,
  delta: null,
  interval: null,
  p: null,
  detectable: null,
  lost: 0,
  won: 0,
  method: null,
};

export type PairedValues = {
  readonly baseValues: Float64Array;
  readonly newValues: Float64Array;
};

/**
 * The paired difference of a node's score. Items of 0 or 1 that weigh the same and share no cluster: exact
 * McNemar test and Bonett and Price's interval; else a seeded bootstrap over clusters of the linearised
 * difference.
 */
export function pairedDifference(
  node: Node,
  values: PairedValues,
  items: Items,
  method: Method,
  seed: number,
): Difference {
  const weighed = weigh(node, values.baseValues, items, method);
  const baseValues = worthOf(node, values.baseValues, items);
  const newValues = worthOf(node, values.newValues, items);
  const { shares } = weighed;
  if (shares.size === 0) return nothing;
  let base = 0;
  let fresh = 0;
  let lost = 0;
  let won = 0;
  for (const [item, share] of shares) {
    const before = baseValues[item] ?? 0;
    const after = newValues[item] ?? 0;
    base += share * before;
    fresh += share * after;
    if (before === 1 && after < 1) lost++;
    if (before < 1 && after === 1) won++;
  }
  const n = shares.size;
  const delta = rounded(fresh - base);
  const known = { n, base: rounded(base), new: rounded(fresh), delta, lost, won };
  if (isPlain(shares, baseValues, newValues, items)) {
    const { interval, se } = pairedProportions(lost, won, n);
    const p = mcnemar(lost, won);
    return { ...known, interval, p, detectable: minimumDetectable(se), method: "McNemar" };
  }
  return { ...known, ...bootstrapped(weighed, delta, baseValues, newValues, items, seed) };
}

/** Removes the rounding error of adding many shares. */
const rounded = (value: number): number => Math.round(value * 1e12) / 1e12;

function isPlain(
  shares: ReadonlyMap<number, number>,
  baseValues: Float64Array,
  newValues: Float64Array,
  items: Items,
): boolean {
  const clusters = new Set<number>();
  for (const [item, share] of shares) {
    clusters.add(items.at.cluster[item] ?? 0);
    if (Math.abs(share * shares.size - 1) > 1e-9) return false;
    if (!isBinary(baseValues[item]) || !isBinary(newValues[item])) return false;
  }
  return clusters.size === shares.size;
}

const isBinary = (value: number | undefined): boolean => value === 0 || value === 1;

function bootstrapped(
  weighed: Weighed,
  delta: number,
  baseValues: Float64Array,
  newValues: Float64Array,
  items: Items,
  seed: number,
): Pick<Difference, "interval" | "p" | "detectable" | "method"> {
  const differences = newValues.map((value, item) => value - (baseValues[item] ?? 0));
  const sums = Float64Array.from(clusterSums(weighed, differences, items).values());
  const se = Math.sqrt(sums.reduce((total, sum) => total + sum * sum, 0));
  if (se === 0) return unvaried(weighed, delta);
  const result = bootstrapSums([sums], ([total = 0]) => delta + total, { seed });
  if (result === null) return { interval: null, p: null, detectable: null, method: null };
  return {
    interval: result.interval,
    p: result.p,
    detectable: minimumDetectable(se),
    method: "bootstrap",
  };
}

/** No item differs from the others of its group: as wide as for that many pairs without a discordant one. */
function unvaried(
  { shares }: Weighed,
  delta: number,
): Pick<Difference, "interval" | "p" | "detectable" | "method"> {
  if (delta !== 0) return { interval: null, p: null, detectable: null, method: null };
  let squares = 0;
  for (const share of shares.values()) squares += share * share;
  const { interval, se } = pairedProportions(0, 0, 1 / squares);
  return { interval, p: 1, detectable: minimumDetectable(se), method: "bootstrap" };
}

/**
 * The difference of two sides that were asked different items of one kind: a test of the two scores with
 * their standard errors, without pairs.
 */
export function unpairedDifference(
  nodes: { readonly base: Node; readonly new: Node },
  base: Side,
  fresh: Side,
  method: Method,
): Difference {
  const before = scoreOf(nodes.base, itemValues(base.view, base.target), base.view.items, method);
  const after = scoreOf(nodes.new, itemValues(fresh.view, fresh.target), fresh.view.items, method);
  const n = Math.min(before.n, after.n);
  if (before.value === null || after.value === null) {
    return { ...nothing, n, base: before.value, new: after.value };
  }
  const delta = rounded(after.value - before.value);
  const se = Math.hypot(standardError(before), standardError(after));
  const half = normalQuantile(0.975) * se;
  return {
    ...nothing,
    n,
    base: before.value,
    new: after.value,
    delta,
    interval: { low: Math.max(-1, delta - half), high: Math.min(1, delta + half) },
    p: Math.min(1, 2 * normalCdf(-Math.abs(delta) / se)),
    detectable: minimumDetectable(se),
    method: "unpaired",
  };
}

/** Half the interval's width over z: unlike the plain standard error, it is not zero where every answer is right. */
const standardError = ({ interval }: Score): number =>
  interval === null
    ? Number.POSITIVE_INFINITY
    : (interval.high - interval.low) / 2 / normalQuantile(0.975);

/**
 * What a difference says: better or worse where `p` (adjusted, where several are tested) is below 0.05,
 * tied where the whole interval lies within ±`margin`, else there is not enough data to say.
 */
export function verdictOf(
  { delta, interval }: Difference,
  p: number | null,
  margin: number,
): DifferenceVerdict {
  if (delta === null || interval === null || p === null) return "not enough data";
  if (p < 0.05 && delta !== 0) return delta > 0 ? "better" : "worse";
  return interval.low >= -margin && interval.high <= margin ? "tied" : "not enough data";
}
