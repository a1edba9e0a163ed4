import type { Interval } from "./interval.ts";

import { percentile } from "./percentile.ts";
import { seededRandom } from "./random.ts";

export type BootstrapOptions = {
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
};

export type Bootstrap = {
  readonly estimate: number;
  readonly interval: Interval;
  /** Two-sided: twice the share of resamples at or beyond zero on the other side, never below 2 / (B + 1). */
  readonly p: number;
  readonly seed: number;
  readonly resamples: number;
};

const mostGroups = 2_000;

/**
 * Seeded percentile bootstrap over clusters of any smooth function of sums (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, ch. 13; whole clusters are drawn, Field and Welsh, JRSS B 69, 2007).
 * `sums[k][c]` is the k-th sum over cluster c; `statistic` takes the k sums of a resample. More than 2,000
 * clusters are first dealt at random into 2,000 equal groups: their sums are exchangeable too, so the variance
 * is preserved while the time does not grow with the data. Resamples whose statistic is NaN are left out.
 */
export function bootstrapSums(
  sums: readonly ArrayLike<number>[],
  statistic: (totals: Float64Array) => number,
  { seed, resamples = 2_000, level = 0.95 }: BootstrapOptions,
): Bootstrap | null {
  const width = sums.length;
  const random = seededRandom(seed);
  const groups = interleaved(sums, random);
  const count = groups.length / width;
  if (width === 0 || count < 2) return null;
  const totals = new Float64Array(width);
  groups.forEach((each, index) => {
    totals[index % width] = (totals[index % width] ?? 0) + each;
  });
  const estimate = statistic(totals);
  const drawn = new Float64Array(resamples);
  let kept = 0;
  for (let b = 0; b < resamples; b++) {
    totals.fill(0);
    for (let i = 0; i < count; i++) {
      const from = Math.floor(random() * count) * width;
      for (let k = 0; k < width; k++) totals[k] = (totals[k] ?? 0) + (groups[from + k] ?? 0);
    }
    const value = statistic(totals);
    if (!Number.isNaN(value)) drawn[kept++] = value;
  }
  if (kept === 0) return null;
  const sorted = drawn.subarray(0, kept).toSorted();
  const tail = (1 - level) / 2;
  return {
    estimate,
    interval: { low: percentile(sorted, tail), high: percentile(sorted, 1 - tail) },
    p: pOfZero(sorted),
    seed,
    resamples: kept,
  };
}

function pOfZero(sorted: Float64Array): number {
  const below = sorted.filter((value) => value <= 0).length;
  const above = sorted.filter((value) => value >= 0).length;
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (sorted.length + 1));
}

/** The sums of each group side by side. */
function interleaved(sums: readonly ArrayLike<number>[], random: () => number): Float64Array {
  const width = sums.length;
  const count = sums[0]?.length ?? 0;
  const order = count > mostGroups ? shuffled(count, random) : null;
  const groups = new Float64Array(Math.min(count, mostGroups) * width);
  for (let i = 0; i < count; i++) {
    const from = (i % mostGroups) * width;
    const cluster = order === null ? i : (order[i] ?? 0);
    for (let k = 0; k < width; k++) {
      groups[from + k] = (groups[from + k] ?? 0) + (sums[k]?.[cluster] ?? 0);
    }
  }
  return groups;
}

function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
