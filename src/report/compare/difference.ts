import type { RandomisationOptions } from "../../stats/difference/sign-flip.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Method, Node } from "../score/tree.ts";
import type { Weighed } from "../score/weigh.ts";
import type { Items } from "../view/model.ts";

import { mcnemar, pairedInterval, pairedProportions } from "../../stats/difference/paired.ts";
import { minimumDetectable } from "../../stats/difference/power.ts";
import { signFlipTest } from "../../stats/difference/sign-flip.ts";
import { studentQuantile } from "../../stats/distributions.ts";
import { clusteredError, clusterShares, kishSize } from "../score/error.ts";
import { weigh, worthOf } from "../score/weigh.ts";

/** A difference of scores, new less base, as fractions of 1. */
export type Difference = {
  readonly n: number;
  readonly base: number | null;
  readonly new: number | null;
  readonly delta: number | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  /** The smallest p that these data could have given, whichever way they had fallen. */
  readonly least_p: number | null;
  /** The smallest difference that these data would find in 80 of 100 cases. */
  readonly detectable: number | null;
  /** Items that were fully right only before, or only after. */
  readonly lost: number;
  readonly won: number;
  readonly method: "McNemar" | "permutation" | "unpaired" | null;
  /** Equal for rows that hold the same items in the same shares, which are one question asked twice. */
  readonly hypothesis: string;
};

export const noDifference: Difference = {
  n: 0,
  base: null,
  new: null,
  delta: null,
  interval: null,
  p: null,
  least_p: null,
  detectable: null,
  lost: 0,
  won: 0,
  method: null,
  hypothesis: "",
};

export type PairedValues = {
  readonly baseValues: Float64Array;
  readonly newValues: Float64Array;
};

/**
 * The paired difference of a node's score, tested by swapping the sides' labels per cluster (`signFlipTest`), which for
 * items of 0 or 1 that weigh the same and share no cluster is McNemar's exact test. Its interval is Bonett and Price's
 * for those, and the same idea with the cluster-robust error for all others (`pairedInterval`).
 */
export function pairedDifference(
  node: Node,
  values: PairedValues,
  items: Items,
  method: Method,
  options: RandomisationOptions,
): Difference {
  const weighed = weigh(node, values.baseValues, items, method);
  const tested = testedDifference(node, weighed, values, items, options);
  return { ...tested, hypothesis: hypothesisOf(weighed.shares) };
}

/** The same where nobody asks whether two rows hold the same items, as for many pairs of targets. */
export function pairedTotal(
  node: Node,
  values: PairedValues,
  items: Items,
  method: Method,
  options: RandomisationOptions,
): TestedDifference {
  const weighed = weigh(node, values.baseValues, items, method);
  return testedDifference(node, weighed, values, items, options);
}

export type TestedDifference = Omit<Difference, "hypothesis">;

function testedDifference(
  node: Node,
  weighed: Weighed,
  values: PairedValues,
  items: Items,
  options: RandomisationOptions,
): TestedDifference {
  const { shares } = weighed;
  if (shares.size === 0) return noDifference;
  const sides = sidesOf(node, values, items, true);
  const { base, fresh, lost, won } = sumsOf(shares, sides);
  const n = shares.size;
  const delta = rounded(fresh - base);
  const known = { n, base: rounded(base), new: rounded(fresh), delta, lost, won };
  const errors = errorsOf(weighed, sides, items);
  if (isPlain(shares, sides, items)) {
    const p = mcnemar(lost, won);
    return { ...known, ...errors, p, least_p: mcnemar(0, lost + won), method: "McNemar" };
  }
  const uncapped = sidesOf(node, values, items, false);
  const tested = signFlipTest(contributions(shares, uncapped, items), options);
  return { ...known, ...errors, ...tested, method: "permutation" };
}

/** Removes the rounding error of adding many shares. */
export const rounded = (value: number): number => Math.round(value * 1e12) / 1e12;

function sidesOf(node: Node, values: PairedValues, items: Items, isCapped: boolean): PairedValues {
  return {
    baseValues: worthOf(node, values.baseValues, items, isCapped),
    newValues: worthOf(node, values.newValues, items, isCapped),
  };
}

function sumsOf(shares: ReadonlyMap<number, number>, { baseValues, newValues }: PairedValues) {
  const sums = { base: 0, fresh: 0, lost: 0, won: 0 };
  for (const [item, share] of shares) {
    const before = baseValues[item] ?? 0;
    const after = newValues[item] ?? 0;
    sums.base += share * before;
    sums.fresh += share * after;
    if (before === 1 && after < 1) sums.lost++;
    if (before < 1 && after === 1) sums.won++;
  }
  return sums;
}

const hypothesisOf = (shares: ReadonlyMap<number, number>): string =>
  [...shares]
    .toSorted(([a], [b]) => a - b)
    .map(([item, share]) => `${item}:${share.toPrecision(9)}`)
    .join(" ");

function isPlain(
  shares: ReadonlyMap<number, number>,
  { baseValues, newValues }: PairedValues,
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

/** What each cluster adds to the difference. */
function contributions(
  shares: ReadonlyMap<number, number>,
  { baseValues, newValues }: PairedValues,
  items: Items,
): Float64Array {
  const sums = new Map<number, number>();
  for (const [item, share] of shares) {
    const cluster = items.at.cluster[item] ?? 0;
    const own = share * ((newValues[item] ?? 0) - (baseValues[item] ?? 0));
    sums.set(cluster, (sums.get(cluster) ?? 0) + own);
  }
  return Float64Array.from(sums.values());
}

function errorsOf(
  weighed: Weighed,
  sides: PairedValues,
  items: Items,
): Pick<Difference, "interval" | "detectable"> {
  const { shares } = weighed;
  const { base, fresh, lost, won } = sumsOf(shares, sides);
  if (isPlain(shares, sides, items)) {
    const { interval, se } = pairedProportions(lost, won, shares.size);
    return { interval, detectable: minimumDetectable(se) };
  }
  const differences = sides.newValues.map((value, item) => value - (sides.baseValues[item] ?? 0));
  const { se, df } = clusteredError(weighed, differences, items);
  if (se === null) return { interval: null, detectable: null };
  const size = kishSize(clusterShares(shares, items));
  const quantile = studentQuantile(0.975, df);
  const { interval, se: own } = pairedInterval(fresh - base, se, size, quantile);
  return { interval, detectable: minimumDetectable(own) };
}
