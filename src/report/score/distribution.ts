import type { Percentile } from "../../stats/percentile.ts";

import { minimumForP99, percentileWithInterval } from "../../stats/percentile.ts";

/** A distribution of times in ms or of speeds; null where nothing was measured. */
export type Distribution = {
  readonly n: number;
  readonly p50: Percentile;
  readonly p90: Percentile;
  readonly p95: Percentile;
  /** Null below 368 values. */
  readonly p99: Percentile | null;
};

/** Percentiles with their intervals; the values need not be sorted. */
export function distribution(values: readonly number[]): Distribution | null {
  const sorted = Float64Array.from(values).toSorted();
  const at = (q: number) => percentileWithInterval(sorted, q);
  const [p50, p90, p95] = [at(0.5), at(0.9), at(0.95)];
  if (p50 === null || p90 === null || p95 === null) return null;
  return { n: sorted.length, p50, p90, p95, p99: sorted.length < minimumForP99 ? null : at(0.99) };
}
