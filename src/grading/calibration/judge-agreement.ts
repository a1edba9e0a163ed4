import type { Rated } from "../../stats/agreement/agreement.ts";
import type { Interval } from "../../stats/interval.ts";

import { cohenKappa, weightedKappa } from "../../stats/agreement/agreement.ts";
import {
  kendallTauB,
  pearson,
  spearman,
  type ValuePair,
} from "../../stats/agreement/rank-correlation.ts";
import { clusterBootstrap } from "../../stats/cluster-bootstrap.ts";
import { clusteredInterval, clusteredMean } from "../../stats/interval.ts";
import { type HumanCeiling, humanCeiling } from "./human-ceiling.ts";
import { type MarkBounds, type MarkedRow, stepOf, stepsOf } from "./marked-row.ts";

export type MarkAgreement = {
  readonly n: number;
  /** Questions among them. */
  readonly questions: number;
  /** Shares of n with equal marks, and with marks at most one step apart. */
  readonly agreement: number | null;
  readonly agreement_interval: Interval | null;
  readonly within_one: number | null;
  /** Cohen's κ, plain and with linear and quadratic weights for the order of the marks. */
  readonly kappa: number | null;
  readonly kappa_linear: number | null;
  readonly kappa_quadratic: number | null;
  readonly kappa_interval: Interval | null;
  readonly kappa_quadratic_interval: Interval | null;
  /** Mean of judge minus person in steps of the scale, with its 95% interval: above 0 the judge is lenient. */
  readonly bias: number | null;
  readonly bias_interval: Interval | null;
  /** Correlations of the marks as given: Pearson's, Spearman's ρ and Kendall's τ-b. */
  readonly correlation: number | null;
  readonly spearman: number | null;
  readonly spearman_interval: Interval | null;
  readonly kendall: number | null;
  readonly kendall_interval: Interval | null;
  /** How the judge agrees with single people, beside how they agree with each other; null where no row has two of them. */
  readonly ceiling: HumanCeiling | null;
};

/** Fewer rows than this have no κ and no correlation: those of two rows are 1 or -1. */
const leastRows = 5;

/**
 * How a judge's marks agree with people's on the integer scale `low` to `high`. Marks between two steps, such as a
 * panel's mean, are rounded (half up) for agreement and κ; bias and correlations use them as given. Intervals draw whole
 * questions.
 */
export function markAgreement(rows: readonly MarkedRow[], bounds: MarkBounds): MarkAgreement {
  const n = rows.length;
  const enough = n >= leastRows;
  const found = figuresOf(rows, bounds);
  const rated = ratedOf(rows, bounds);
  const interval = clusterBootstrap(
    enough ? rows : [],
    ({ question }) => question,
    (drawn) => figuresOf(drawn, bounds),
  );
  const names = [...new Set(rows.map(({ question }) => question))];
  const bias = clusteredMean({
    values: rows.map(({ judge, person }) => judge - person),
    clusters: rows.map(({ question }) => names.indexOf(question)),
  });
  return {
    n,
    questions: names.length,
    agreement: found.agreement,
    agreement_interval: interval("agreement"),
    within_one: shareWithin(rated, 1),
    kappa: found.kappa,
    kappa_linear: enough ? weightedKappa(rated, stepsOf(bounds), "linear").kappa : null,
    kappa_quadratic: found.kappa_quadratic,
    kappa_interval: interval("kappa"),
    kappa_quadratic_interval: interval("kappa_quadratic"),
    bias: n === 0 ? null : bias.mean,
    bias_interval: n === 0 ? null : clusteredInterval(bias),
    correlation: enough ? pearson(rows.map(pairOf)) : null,
    spearman: found.spearman,
    spearman_interval: interval("spearman"),
    kendall: found.kendall,
    kendall_interval: interval("kendall"),
    ceiling: humanCeiling(rows, bounds),
  };
}

const pairOf = ({ judge, person }: MarkedRow): ValuePair => [judge, person];

const ratedOf = (rows: readonly MarkedRow[], bounds: MarkBounds): readonly Rated<number>[] =>
  rows.map(({ judge, person }) => [stepOf(judge, bounds), stepOf(person, bounds)]);

/** The share of marks that are at most so many steps apart. */
const shareWithin = (rated: readonly Rated<number>[], most: number): number | null =>
  rated.length === 0
    ? null
    : rated.filter(([a, b]) => Math.abs(a - b) <= most).length / rated.length;

/** What has an interval. */
function figuresOf(rows: readonly MarkedRow[], bounds: MarkBounds) {
  const rated = ratedOf(rows, bounds);
  const pairs = rows.map(pairOf);
  const enough = rows.length >= leastRows;
  return {
    agreement: shareWithin(rated, 0),
    kappa: enough ? cohenKappa(rated).kappa : null,
    kappa_quadratic: enough ? weightedKappa(rated, stepsOf(bounds), "quadratic").kappa : null,
    spearman: enough ? spearman(pairs) : null,
    kendall: enough ? kendallTauB(pairs) : null,
  };
}
