import type { Interval } from "./interval.ts";

import { binomialCdf } from "./distributions.ts";
import { normalQuantile } from "./distributions.ts";

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
 * Holm's step-down adjustment (Scand. J. Stat. 6, 1979): p-values in, adjusted p-values out in the same
 * order. Null (no test was made) stays null and is not counted.
 */
export function holm(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const order = pValues
    .map((p, index) => ({ p, index }))
    .filter((each): each is { p: number; index: number } => each.p !== null)
    .toSorted((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let worst = 0;
  for (const [rank, { p, index }] of order.entries()) {
    worst = Math.max(worst, Math.min(1, p * (order.length - rank)));
    adjusted[index] = worst;
  }
  return adjusted;
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
