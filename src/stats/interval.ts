import { sumsByCluster } from "./cluster-sums.ts";
import { normalQuantile, studentQuantile } from "./distributions.ts";

/** Bounds of an interval, in the unit of the estimate. */
export type Interval = { readonly low: number; readonly high: number };

/**
 * Wilson's score interval for a proportion p of n trials (Wilson, JASA 22, 1927). `n` may be an effective
 * sample size and p a mean of values in [0, 1]: with n = p(1 - p) / se² this is the Wilson interval for
 * complex samples (Franco, Little, Louis and Slud, J. Surv. Stat. Methodol. 7(3), 2019).
 */
export function wilson(p: number, n: number, z: number = normalQuantile(0.975)): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const zz = (z * z) / n;
  const centre = (p + zz / 2) / (1 + zz);
  const half = (z / (1 + zz)) * Math.sqrt((p * (1 - p)) / n + zz / (4 * n));
  return {
    low: p === 0 ? 0 : Math.max(0, centre - half),
    high: p === 1 ? 1 : Math.min(1, centre + half),
  };
}

/** Values with the cluster of each; all arrays have the same length. */
export type Clustered = {
  readonly values: ArrayLike<number>;
  /** A number that the members of a cluster share: from 0, and not much larger than there are clusters. */
  readonly clusters: ArrayLike<number>;
};

export type MeanError = {
  readonly mean: number;
  readonly n: number;
  readonly clusters: number;
  /** Null with fewer than two clusters. */
  readonly se: number | null;
};

/**
 * The mean with its cluster-robust standard error: sqrt(C / (C - 1) · Σ_c (Σ_{i∈c} (x_i - x̄))²) / n
 * (Miller, Adding Error Bars to Evals, arXiv:2411.00640, §2.2, with the C / (C - 1) of Inspect and Stata).
 * With one value per cluster this is sd / √n.
 */
export function clusteredMean({ values, clusters }: Clustered): MeanError {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] ?? 0;
  const mean = sum / n;
  const deviations = Float64Array.from(values);
  for (let i = 0; i < n; i++) deviations[i] = (deviations[i] ?? 0) - mean;
  const { sums } = sumsByCluster(clusters, deviations);
  const count = sums.length;
  const squares = sums.reduce((total, each) => total + each * each, 0);
  const se = count < 2 ? null : Math.sqrt((count / (count - 1)) * squares) / n;
  return { mean, n, clusters: count, se };
}

/** mean ± t · se with Student's t at C - 1 degrees of freedom. */
export function clusteredInterval(
  { mean, se, clusters }: MeanError,
  level = 0.95,
): Interval | null {
  if (se === null) return null;
  const half = studentQuantile(0.5 + level / 2, clusters - 1) * se;
  return { low: mean - half, high: mean + half };
}

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
