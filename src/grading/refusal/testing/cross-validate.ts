import type { Expectation } from "../stances.ts";
import type { SeenReply } from "./tables.ts";

import { stances } from "../stances.ts";
import {
  type Calibration,
  type StanceChances,
  calibrated,
  evidenceOf,
  scoresBy,
} from "../wording/chances.ts";
import { trained } from "./train.ts";

/** A reply with what a model said of it that had seen neither it nor its fold. */
export type ScoredReply = SeenReply & { readonly scores: readonly number[] };

/**
 * Every reply by a model of the other folds. A batch is one fold; of the one that was written to teach, whose kinds no other holds, a
 * fifth of the questions is.
 */
export function crossScored(rows: readonly SeenReply[]): readonly ScoredReply[] {
  const folds = Map.groupBy(rows, foldOf);
  return [...folds].flatMap(([fold, held]) => {
    const model = trained(rows.filter((row) => foldOf(row) !== fold));
    return held.map((row) => ({ ...row, scores: scoresBy(model, row.features) }));
  });
}

function foldOf({ batch, question }: SeenReply): string {
  if (batch !== "seventh") return batch;
  const sum = Array.from(question, (letter) => letter.codePointAt(0) ?? 0).reduce(
    (total, code) => (total * 31 + code) % 1_000_003,
    7,
  );
  return `${batch} ${sum % 5}`;
}

/** Weights of evidence by logistic regression with three outcomes and a small penalty, for either kind of item. */
export function calibrationOf(scored: readonly ScoredReply[]): Calibration {
  const of = (expect: NonNullable<Expectation>) =>
    logistic(scored.filter((row) => row.expect === expect));
  return { refuse: of("refuse"), answer: of("answer") };
}

const fitting = { pull: 1, rounds: 600, rate: 1 } as const;

function logistic(rows: readonly ScoredReply[]): readonly (readonly number[])[] {
  const all = rows.map(({ scores, rule, said }) => ({
    evidence: evidenceOf(scores, rule.stance),
    scores,
    rule: rule.stance,
    said,
  }));
  const weights = stances.map(() => Array.from(all[0]?.evidence ?? [], () => 0));
  const squares = weights.map((own) => own.map(() => 1));
  for (let round = 0; round < fitting.rounds; round++) {
    const slopes = weights.map((own) => own.map((each) => each * fitting.pull));
    for (const { evidence, scores, rule, said } of all) {
      const chances = calibrated(scores, rule, weights);
      for (const [at, stance] of stances.entries()) {
        const error = chances[stance] - (said === stance ? 1 : 0);
        for (const [piece, each] of evidence.entries()) slopes[at]![piece]! += error * each;
      }
    }
    for (const [at, own] of weights.entries())
      for (const piece of own.keys()) {
        const slope = slopes[at]![piece]!;
        squares[at]![piece]! += slope * slope;
        own[piece]! -= (fitting.rate * slope) / Math.sqrt(squares[at]![piece]!);
      }
  }
  return weights.map((own) => own.map((each) => Number(each.toFixed(4))));
}

/** The batches written by somebody who saw no code: what the chances and the least of them are made from. */
const blind: ReadonlySet<string> = new Set([
  "ninth",
  "tenth",
  "eleventh",
  "twelfth",
  "thirteenth",
  "sixteenth",
]);

export const isBlind = ({ batch }: SeenReply): boolean => blind.has(batch);

/** A reply with chances from other batches alone. */
export type TriedReply = ScoredReply & { readonly chances: StanceChances };

/** Chances of every reply, calibrated by the blind batches but its own. */
export function crossCalibrated(scored: readonly ScoredReply[]): readonly TriedReply[] {
  const own = scored.filter(isBlind);
  return [...Map.groupBy(scored, ({ batch }) => batch)].flatMap(([batch, held]) => {
    const calibration = calibrationOf(own.filter((row) => row.batch !== batch));
    return held.map((row) => ({
      ...row,
      chances: calibrated(row.scores, row.rule.stance, calibration[row.expect]),
    }));
  });
}
