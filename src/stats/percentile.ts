import type { Interval } from "./interval.ts";

import { binomialQuantile } from "./distributions.ts";

/** A percentile with its interval; a bound is null if the sample is too small for it. */
export type Percentile = {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** Smallest sample for which a 99th percentile is shown: from here on the two-sided 95% interval is finite. */
export const minimumForP99 = 368;

/**
 * The q-quantile of sorted values by linear interpolation, type 7 of Hyndman and Fan (Am. Stat. 50, 1996),
 * the default of numpy and R. +Infinity stands for a value censored at the top and is never averaged
 * into a finite one.
 */
export function percentile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below === above || at === Math.floor(at) ? below : below + (above - below) * (at % 1);
}

/**
 * Distribution-free interval of a quantile by order statistics: ranks F⁻¹(α/2) and F⁻¹(1-α/2) + 1 of the
 * binomial(n, q) (Hahn and Meeker, Statistical Intervals, §5.2). A bound is null if its rank is outside the sample.
 */
export function percentileWithInterval(
  sorted: ArrayLike<number>,
  q: number,
  level = 0.95,
): Percentile | null {
  const n = sorted.length;
  if (n === 0) return null;
  const alpha = 1 - level;
  const low = binomialQuantile(alpha / 2, n, q);
  const high = binomialQuantile(1 - alpha / 2, n, q) + 1;
  return {
    value: percentile(sorted, q),
    low: low < 1 ? null : (sorted[low - 1] ?? null),
    high: high > n ? null : (sorted[high - 1] ?? null),
  };
}

/** Ranks (from 1) between which the q-quantile lies, for callers without an array. */
export function percentileRanks(n: number, q: number, level = 0.95): Interval {
  const alpha = 1 - level;
  return {
    low: binomialQuantile(alpha / 2, n, q),
    high: binomialQuantile(1 - alpha / 2, n, q) + 1,
  };
}
