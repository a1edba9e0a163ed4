import type { Battle } from "../../domain/judging.ts";
import type { Estimate, Interval } from "../../stats/interval.ts";

import { weightedKappa } from "../../stats/agreement/agreement.ts";
import { spearman } from "../../stats/agreement/rank-correlation.ts";
import { clusterBootstrap } from "../../stats/cluster-bootstrap.ts";
import { shareEstimate } from "../../stats/interval.ts";
import { type MarkBounds, type MarkedRow, stepOf, stepsOf } from "./marked-row.ts";

/** A share of cases with its 95% interval. */
export type HabitShare = Estimate & { readonly n: number };

/** Something of each case, with the question that it comes from. */
type Case<Value> = { readonly value: Value; readonly question: string };

/** Wilson's interval at the effective size that the questions leave; null without cases. */
function shareOf(cases: readonly Case<boolean>[]): HabitShare | null {
  if (cases.length === 0) return null;
  const names = [...new Set(cases.map(({ question }) => question))];
  const found = shareEstimate(
    cases.map(({ value }) => Number(value)),
    cases.map(({ question }) => names.indexOf(question)),
  );
  return { ...found, n: cases.length };
}

/** How a judge of pairs depends on which answer stands first. */
export type PositionHabit = {
  /** The same verdict in both orders. */
  readonly consistent: HabitShare | null;
  /** Among the verdicts that name a winner, the share for the answer shown first; ½ where position does not matter. */
  readonly first: HabitShare | null;
};

/** From the verdicts with the answer shown first and with it shown second; null where there is no pair. */
export function positionHabit(
  pairs: readonly Case<readonly [Battle, Battle]>[],
): PositionHabit | null {
  if (pairs.length === 0) return null;
  const first = pairs.flatMap(({ value: [front, back], question }) => [
    ...(isDecided(front) ? [{ value: front === "win", question }] : []),
    ...(isDecided(back) ? [{ value: back === "loss", question }] : []),
  ]);
  const same = pairs.map(({ value: [front, back], question }) => ({
    value: front === back,
    question,
  }));
  return { consistent: shareOf(same), first: shareOf(first) };
}

const isDecided = (battle: Battle): boolean => battle === "win" || battle === "loss";

/** How a judge agrees with itself when it is asked again. */
export type RepeatHabit = {
  /** Times that each row was judged. */
  readonly times: number;
  /** Rows on which all of them gave the same step of the scale. */
  readonly same: HabitShare | null;
  /** Mean of highest minus lowest mark, in steps. */
  readonly range: number | null;
};

/** From each row's marks in steps of the scale, one for each time; null where nothing was judged twice. */
export function repeatHabit(
  rows: readonly Case<readonly number[]>[],
  bounds: MarkBounds,
): RepeatHabit | null {
  const several = rows.filter(({ value }) => value.length > 1);
  if (several.length === 0) return null;
  const ranges = several.map(({ value }) => Math.max(...value) - Math.min(...value));
  return {
    times: Math.max(...several.map(({ value }) => value.length)),
    same: shareOf(
      several.map(({ value, question }) => ({
        value: new Set(value.map((mark) => stepOf(mark, bounds))).size === 1,
        question,
      })),
    ),
    range: ranges.reduce((sum, each) => sum + each, 0) / ranges.length,
  };
}

/**
 * Spearman's ρ of an answer's length and of how much more the judge gives it than people do: above 0 it likes length for
 * its own sake. For a pair, the length is that beyond the other answer.
 */
export type LengthHabit = {
  readonly n: number;
  readonly correlation: number | null;
  readonly interval: Interval | null;
};

const leastRows = 10;

export function lengthHabit(
  rows: readonly (MarkedRow & { readonly chars: number })[],
): LengthHabit | null {
  if (rows.length < leastRows) return null;
  const figures = (drawn: typeof rows) => ({
    correlation: spearman(drawn.map(({ chars, judge, person }) => [chars, judge - person])),
  });
  const interval = clusterBootstrap(rows, ({ question }) => question, figures);
  return { n: rows.length, ...figures(rows), interval: interval("correlation") };
}

/** Quadratic κ with people where the judge has a reference answer and where it has not, on the same rows. */
export type ReferenceHabit = {
  readonly n: number;
  readonly with: number | null;
  readonly without: number | null;
  /** with - without. */
  readonly gain: number | null;
  readonly gain_interval: Interval | null;
};

export function referenceHabit(
  rows: readonly (MarkedRow & { readonly without: number })[],
  bounds: MarkBounds,
): ReferenceHabit | null {
  if (rows.length === 0) return null;
  const scale = stepsOf(bounds);
  const kappaOf = (drawn: typeof rows, of: (row: (typeof rows)[number]) => number) =>
    weightedKappa(
      drawn.map((row) => [stepOf(of(row), bounds), stepOf(row.person, bounds)] as const),
      scale,
      "quadratic",
    ).kappa;
  const figures = (drawn: typeof rows) => {
    const given = kappaOf(drawn, ({ judge }) => judge);
    const without = kappaOf(drawn, (row) => row.without);
    const gain = given === null || without === null ? null : given - without;
    return { with: given, without, gain };
  };
  const interval = clusterBootstrap(rows, ({ question }) => question, figures);
  return { n: rows.length, ...figures(rows), gain_interval: interval("gain") };
}
