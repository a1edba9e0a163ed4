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
  /** Two-sided: how often a resample falls at or beyond zero's other side, twice, never below 2 / (B + 1). */
  readonly p: number;
  readonly seed: number;
  readonly resamples: number;
};

const mostGroups = 2_000;

/**
 * Seeded percentile bootstrap over clusters of any smooth function of sums (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, ch. 13; whole clusters are drawn, Field and Welsh, JRSS B 69, 2007).
 * `sums[k][c]` is the k-th sum over cluster c; `statistic` takes the k sums of a resample. More than 2,000
 * clusters are first dealt at random into 2,000 equal groups: their sums are exchangeable too, so that the
 * variance stands while the time does not grow with the data. Resamples whose statistic is not a number
 * are left out.
 */
export function bootstrapSums(
  sums: readonly ArrayLike<number>[],
  statistic: (totals: readonly number[]) => number,
  { seed, resamples = 2_000, level = 0.95 }: BootstrapOptions,
): Bootstrap | null {
  const random = seededRandom(seed);
  const groups = grouped(sums, random);
  const count = groups[0]?.length ?? 0;
  if (count < 2) return null;
  const totals = groups.map((group) => group.reduce((sum, each) => sum + each, 0));
  const estimate = statistic(totals);
  const drawn = new Float64Array(resamples);
  let kept = 0;
  for (let b = 0; b < resamples; b++) {
    totals.fill(0);
    for (let i = 0; i < count; i++) {
      const pick = Math.floor(random() * count);
      for (let k = 0; k < groups.length; k++)
        totals[k] = (totals[k] ?? 0) + (groups[k]?.[pick] ?? 0);
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

function grouped(sums: readonly ArrayLike<number>[], random: () => number): Float64Array[] {
  const count = sums[0]?.length ?? 0;
  if (count <= mostGroups) return sums.map((each) => Float64Array.from(each));
  const order = shuffled(count, random);
  return sums.map((each) => {
    const groups = new Float64Array(mostGroups);
    for (let i = 0; i < count; i++) {
      const group = i % mostGroups;
      groups[group] = (groups[group] ?? 0) + (each[order[i] ?? 0] ?? 0);
    }
    return groups;
  });
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
