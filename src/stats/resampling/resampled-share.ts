import { gamma } from "./gamma.ts";

/** Sums of one stratum by cluster: what was reached, and out of how much. */
export type ShareStratum = {
  /** Numbers of the clusters, which are those of the weights. */
  readonly clusters: ArrayLike<number>;
  readonly reached: ArrayLike<number>;
  readonly of: ArrayLike<number>;
};

export type ShareParts = {
  readonly strata: readonly ShareStratum[];
  /** What lies in no stratum because it cannot vary. */
  readonly fixed: number;
  /** Effective number of clusters of the whole. */
  readonly size: number;
  /** Strata are small and many, so that each is spread as an unbiased variance asks. */
  readonly widened: boolean;
};

/**
 * Draws of a share in [0, 1] by the Bayesian bootstrap over clusters (Rubin, Annals of Statistics 9, 1981): each has an exponential weight, the same
 * for whoever is drawn with these weights, so that two targets are paired. Each stratum keeps its part of the whole. Two
 * pseudo-observations, a 0 and a 1 of weight Gamma(1/2), make it Jeffreys' posterior Beta(k + 1/2, n - k + 1/2) where values are 0 and 1,
 * so that a share of 0 or 1 is not taken for certain.
 */
export function resampledShare({
  strata,
  fixed,
  size,
  widened,
}: ShareParts): (weights: ArrayLike<number>, random: () => number) => number {
  const known = strata.map((stratum) => ({ ...stratum, ...wholeOf(stratum, widened) }));
  return (weights, random) => {
    let share = fixed;
    for (const { clusters, reached, of, part, mean, spread } of known) {
      let [above, below] = [0, 0];
      for (let at = 0; at < clusters.length; at++) {
        const weight = weights[clusters[at] ?? 0] ?? 0;
        above += weight * (reached[at] ?? 0);
        below += weight * (of[at] ?? 0);
      }
      share += part * (mean + spread * (above / below - mean));
    }
    const own = gamma(size, random);
    const [one, zero] = [gamma(0.5, random), gamma(0.5, random)];
    return (own * Math.min(1, Math.max(0, share)) + one) / (own + one + zero);
  };
}

/** Dirichlet weights spread a mean by Σ d² / (C (C + 1)); an unbiased variance is Σ d² / (C (C - 1)). */
function wholeOf({ reached, of }: ShareStratum, widened: boolean) {
  const [above, part] = [sumOf(reached), sumOf(of)];
  const count = of.length;
  return {
    part,
    mean: above / part,
    spread: widened && count > 1 ? Math.sqrt((count + 1) / (count - 1)) : 1,
  };
}

const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum;
};
