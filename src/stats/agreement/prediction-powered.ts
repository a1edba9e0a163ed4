import type { Interval } from "../interval.ts";

import { normalQuantile, studentQuantile } from "../distributions.ts";
import { clusteredMean, wilson } from "../interval.ts";

/** One answer that a person marked, with the judge's mark of it; both in [0, 1]. */
export type RuledMark = {
  readonly person: number;
  readonly judge: number;
  /** Any number that answers to one question share. */
  readonly cluster: number;
};

/** All answers, those that a person marked among them. */
export type JudgedPopulation = {
  readonly n: number;
  /** The judge's mean over all of them, in [0, 1]. */
  readonly mean: number;
};

export type PredictionPowered = {
  /** In [0, 1]. */
  readonly value: number;
  readonly interval: Interval;
  /** How far the judge is followed, on average over the folds: 0 where it tells nothing. */
  readonly lambda: number;
};

/** Fewer questions than this are not tried in the simulation, and have no estimate. */
export const leastRuled = 10;

const folds = 5;

/**
 * The mean of people's marks over all answers, estimated from a random sample that people marked and the judge's marks of
 * all: PPI++ (Angelopoulos, Duchi and Zrnic, arXiv:2311.01453). With people's marks Y and the judge's f,
 * θ = mean(Y - λ (f - f̄)), where f̄ is the judge's mean over all answers; whatever the judge's bias, it cancels out. λ is
 * the slope of Y on f, kept within [0, 1], which makes the variance least (§6 there); each fold of questions takes it from
 * the others, so that no mark tunes its own correction. Since the sample is part of the N answers, the variance is that of the corrected marks
 * times 1 - n/N plus that of Y times n/N; both are cluster-robust.
 *
 * The interval is Wilson's at the effective sample size, as for all means of marks in [0, 1], because mean ± t · se
 * misses twice as often as it says where ten marks have two levels. The variance of marks with two levels
 * follows from their mean, that of others has to be estimated: the quantile lies between the normal and Student's, in
 * the proportion in which the marks spread like two levels. Its coverage is simulated by `npm run verify:ppi`.
 *
 * Null with fewer than ten questions. The sample must be random: each answer with the same probability.
 */
export function predictionPowered(
  ruled: readonly RuledMark[],
  all: JudgedPopulation,
): PredictionPowered | null {
  const clusters = ruled.map(({ cluster }) => cluster);
  const names = [...new Set(clusters)];
  if (names.length < leastRuled) return null;
  const foldOf = new Map(names.map((name, index) => [name, index % folds]));
  const lambdas = Array.from({ length: folds }, (_, fold) =>
    slopeOf(ruled.filter(({ cluster }) => foldOf.get(cluster) !== fold)),
  );
  const corrected = clusteredMean({
    values: ruled.map(({ person, judge, cluster }) => {
      const lambda = lambdas[foldOf.get(cluster) ?? 0] ?? 0;
      return person - lambda * (judge - all.mean);
    }),
    clusters,
  });
  const alone = clusteredMean({ values: ruled.map(({ person }) => person), clusters });
  const share = Math.min(1, ruled.length / all.n);
  const variance = (1 - share) * squared(corrected.se) + share * squared(alone.se);
  const value = Math.min(1, Math.max(0, corrected.mean));
  return {
    value,
    interval: intervalOf(value, variance, alone),
    lambda: lambdas.reduce((sum, each) => sum + each, 0) / folds,
  };
}

const squared = (se: number | null): number => (se ?? 0) ** 2;

/** The slope of people's marks on the judge's by least squares, kept within [0, 1]; 0 where the judge's are all equal. */
function slopeOf(marks: readonly RuledMark[]): number {
  const meanOf = (of: (mark: RuledMark) => number): number =>
    marks.reduce((sum, mark) => sum + of(mark), 0) / marks.length;
  const [person, judge] = [meanOf((mark) => mark.person), meanOf((mark) => mark.judge)];
  let [both, own] = [0, 0];
  for (const mark of marks) {
    both += (mark.person - person) * (mark.judge - judge);
    own += (mark.judge - judge) ** 2;
  }
  return own < 1e-12 ? 0 : Math.min(1, Math.max(0, both / own));
}

type Alone = { readonly mean: number; readonly se: number | null; readonly clusters: number };

function intervalOf(value: number, variance: number, alone: Alone): Interval {
  const n = alone.clusters;
  const binary = alone.mean * (1 - alone.mean);
  // (n - 1) · se² is the variance with divisor n: all of p(1 - p) where every mark is 0 or 1.
  const twoLevels = binary < 1e-12 ? 1 : Math.min(1, ((n - 1) * squared(alone.se)) / binary);
  const z = normalQuantile(0.975);
  const quantile = z + (studentQuantile(0.975, n - 1) - z) * (1 - (twoLevels * (n - 1)) / n);
  // The mean itself decides the variance of marks with two levels: one degree of freedom comes back.
  const own = variance * (1 - twoLevels / n);
  const inside = Math.min(1 - 1 / (2 * n), Math.max(1 / (2 * n), value));
  const size = own < 1e-12 ? n - 1 : (inside * (1 - inside)) / own;
  return wilson(value, size, quantile);
}
