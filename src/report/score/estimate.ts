import type { Interval } from "../../stats/interval.ts";

import { clusteredInterval, clusteredMean, wilson } from "../../stats/interval.ts";

/** A mean over items with its 95% interval, in [0, 1] or, for a difference, [-1, 1]; no interval below five clusters. */
export type Estimate = { readonly value: number; readonly interval: Interval | null };

/** The mean ± t · se, the error cluster-robust. */
export function meanEstimate(
  values: readonly number[],
  clusters: readonly number[],
  level = 0.95,
): Estimate {
  const error = clusteredMean({ values, clusters });
  return {
    value: error.mean,
    interval: error.clusters < 5 ? null : clusteredInterval(error, level),
  };
}

/** Wilson's interval at the effective sample size that the spread between clusters leaves. */
export function shareEstimate(values: readonly number[], clusters: readonly number[]): Estimate {
  const { mean, se, clusters: count } = clusteredMean({ values, clusters });
  const size = se === null || se === 0 ? count : (mean * (1 - mean)) / se ** 2;
  return { value: mean, interval: wilson(mean, size) };
}
