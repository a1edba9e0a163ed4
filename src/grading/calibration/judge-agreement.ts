import type { Rated } from "../../stats/agreement.ts";
import type { Interval } from "../../stats/interval.ts";

import { cohenKappa, weightedKappa } from "../../stats/agreement.ts";
import { clusteredInterval, clusteredMean } from "../../stats/interval.ts";

/** A judge's mark beside a person's, on one scale. */
export type MarkPair = { readonly judge: number; readonly person: number };

export type MarkAgreement = {
  readonly n: number;
  /** Shares of n with equal marks, and with marks at most one step apart. */
  readonly agreement: number | null;
  readonly within_one: number | null;
  /** Cohen's κ, plain and with linear and quadratic weights for the order of the marks. */
  readonly kappa: number | null;
  readonly kappa_linear: number | null;
  readonly kappa_quadratic: number | null;
  /** Mean of judge minus person in steps of the scale, with its 95% interval: above 0 the judge is lenient. */
  readonly bias: number | null;
  readonly bias_interval: Interval | null;
  /** Pearson's correlation of the marks as given. */
  readonly correlation: number | null;
};

/**
 * How a judge's marks agree with people's on the integer scale `low` to `high`. Marks between two steps, such as a
 * panel's mean, are rounded (half up) for agreement and κ; bias and correlation use them as given.
 */
export function markAgreement(
  pairs: readonly MarkPair[],
  { low, high }: { readonly low: number; readonly high: number },
): MarkAgreement {
  const n = pairs.length;
  const scale = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const step = (mark: number): number =>
    Math.min(high, Math.max(low, Math.floor(mark + 0.5 + 1e-9)));
  const rated = pairs.map(({ judge, person }): Rated<number> => [step(judge), step(person)]);
  const share = (most: number): number | null =>
    n === 0 ? null : rated.filter(([a, b]) => Math.abs(a - b) <= most).length / n;
  const differences = pairs.map(({ judge, person }) => judge - person);
  const bias = clusteredMean({
    values: differences,
    clusters: differences.map((_, index) => index),
  });
  return {
    n,
    agreement: share(0),
    within_one: share(1),
    kappa: cohenKappa(rated).kappa,
    kappa_linear: weightedKappa(rated, scale, "linear").kappa,
    kappa_quadratic: weightedKappa(rated, scale, "quadratic").kappa,
    bias: n === 0 ? null : bias.mean,
    bias_interval: n === 0 ? null : clusteredInterval(bias),
    correlation: pearson(pairs),
  };
}

/** Null with fewer than two pairs, and where one side does not vary. */
function pearson(pairs: readonly MarkPair[]): number | null {
  const n = pairs.length;
  const mean = (of: (pair: MarkPair) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [a, b] = [mean(({ judge }) => judge), mean(({ person }) => person)];
  const sums = pairs.reduce(
    (sum, { judge, person }) => ({
      ab: sum.ab + (judge - a) * (person - b),
      aa: sum.aa + (judge - a) ** 2,
      bb: sum.bb + (person - b) ** 2,
    }),
    { ab: 0, aa: 0, bb: 0 },
  );
  const spread = Math.sqrt(sums.aa * sums.bb);
  return n < 2 || spread < 1e-12 ? null : sums.ab / spread;
}
