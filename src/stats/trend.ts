import { linearRegression } from "simple-statistics";

import type { Interval } from "./interval.ts";

import { studentQuantile } from "./distributions.ts";

export type Trend = {
  /** Change per 30 steps. */
  readonly per_month: number;
  readonly interval: Interval;
  readonly n: number;
};

/**
 * Least-squares slope of a series over its positions, per 30 positions, with Student's t interval (Draper and
 * Smith, Applied Regression Analysis, 3rd ed., §1.4). Nulls are gaps. Null for fewer than five values.
 */
export function linearTrend(series: readonly (number | null)[], level = 0.95): Trend | null {
  const points = series.flatMap((value, x): [number, number][] =>
    value === null ? [] : [[x, value]],
  );
  const n = points.length;
  if (n < 5) return null;
  const { m, b } = linearRegression(points);
  const mean = points.reduce((sum, [x]) => sum + x, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - mean) ** 2, 0);
  const residual = points.reduce((sum, [x, y]) => sum + (y - m * x - b) ** 2, 0);
  const half = studentQuantile(0.5 + level / 2, n - 2) * Math.sqrt(residual / (n - 2) / spread);
  return { per_month: 30 * m, interval: { low: 30 * (m - half), high: 30 * (m + half) }, n };
}
