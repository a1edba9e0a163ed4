import type { Interval } from "../interval.ts";

import { binomialCdf } from "../distributions.ts";
import { normalQuantile } from "../distributions.ts";

/**
 * Exact two-sided McNemar test of paired binary results: the binomial test of the discordant pairs
 * (McNemar, Psychometrika 12, 1947; exact form as in Fagerland, Lydersen and Laake, BMC Med. Res. Methodol. 13, 2013).
 * `lost` pairs went from right to wrong, `won` the other way.
 */
export function mcnemar(lost: number, won: number): number {
  const n = lost + won;
  if (n === 0) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(lost, won), n, 0.5));
}

/**
 * Interval of the difference of two paired proportions, new minus base: adjusted Wald with one half added
 * to each cell (Bonett and Price, J. Educ. Behav. Stat. 37(4), 2012). `se` is the interval's own, so it is
 * never zero.
 */
export function pairedProportions(
  lost: number,
  won: number,
  n: number,
  z: number = normalQuantile(0.975),
): { readonly interval: Interval; readonly se: number } {
  const up = (won + 1) / (n + 2);
  const down = (lost + 1) / (n + 2);
  const se = Math.sqrt((up + down - (up - down) ** 2) / (n + 2));
  const centre = up - down;
  return {
    interval: { low: Math.max(-1, centre - z * se), high: Math.min(1, centre + z * se) },
    se,
  };
}

/**
 * The same for the weighted mean of paired differences in [-1, 1] with a cluster-robust standard error: one difference
 * of 1 and one of -1 are added to the `size` effective clusters, which for 0 and 1 of equal weight is Bonett and Price's
 * interval. `quantile` is that of the studentised mean.
 */
export function pairedInterval(
  delta: number,
  se: number,
  size: number,
  quantile: number,
): { readonly interval: Interval; readonly se: number } {
  const centre = (size * delta) / (size + 2);
  const secondMoment = (size * (size * se * se + delta * delta) + 2) / (size + 2);
  const own = Math.sqrt(Math.max(0, secondMoment - centre * centre) / (size + 2));
  return {
    interval: {
      low: Math.max(-1, centre - quantile * own),
      high: Math.min(1, centre + quantile * own),
    },
    se: own,
  };
}
