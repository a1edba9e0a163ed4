import type { Stance } from "../stances.ts";
import type { LeastChances, LeftOpen } from "../wording/second-reading.ts";
import type { SeenReply } from "./tables.ts";

import { stances } from "../stances.ts";
import { type StanceChances, type WordingModel, chancesBy } from "../wording/chances.ts";
import { buckets } from "../wording/features.ts";
import { allows, leftBy, likeliestOf } from "../wording/second-reading.ts";

const rounds = 20;
const rate = 0.5;
const shrinking = 1e-5;

/**
 * A logistic model of the stances by AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011) over the replies in an order that is drawn anew each
 * round, from one seed: equal replies give an equal model.
 */
export function trained(
  rows: readonly Pick<SeenReply, "features" | "said">[],
): WordingModel & { readonly weights: Float64Array } {
  const weights = new Float64Array(buckets * stances.length);
  const squares = new Float64Array(weights.length).fill(0.01);
  const bias = stances.map(() => 0);
  const order = rows.map((_, at) => at);
  let state = 12_345;
  for (let round = 0; round < rounds; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const other = state % (at + 1);
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    for (const at of order) {
      const row = rows[at];
      if (row !== undefined && row.features.length > 0) learn(row, { weights, bias, squares });
    }
  }
  return { bias, weights, scale: 1 };
}

function learn(
  { features, said }: Pick<SeenReply, "features" | "said">,
  model: { weights: Float64Array; bias: number[]; squares: Float64Array },
): void {
  const { weights, bias, squares } = model;
  const chances = chancesBy({ bias, weights, scale: 1 }, features);
  const unit = 1 / Math.sqrt(features.length);
  for (const [at, stance] of stances.entries()) {
    const error = chances[stance] - (stance === said ? 1 : 0);
    bias[at] = (bias[at] ?? 0) - 0.02 * error;
    for (const feature of features) {
      const place = feature * stances.length + at;
      const slope = error * unit + shrinking * (weights[place] ?? 0);
      squares[place] = (squares[place] ?? 0) + slope * slope;
      weights[place] = (weights[place] ?? 0) - (rate * slope) / Math.sqrt(squares[place] ?? 1);
    }
  }
}

/** The model in whole numbers of one byte. */
export function rounded({
  bias,
  weights,
}: ReturnType<typeof trained>): WordingModel & { readonly weights: Int8Array<ArrayBuffer> } {
  const most = weights.reduce((high, each) => Math.max(high, Math.abs(each)), 0);
  const scale = most / 127;
  return {
    bias: bias.map((each) => Number(each.toFixed(6))),
    scale: Number(scale.toFixed(8)),
    weights: Int8Array.from(weights, (each) => Math.round(each / scale)),
  };
}

/** A reply with the chances that a model gave it which had seen neither it nor its fold; null of an English one. */
export type TriedReply = SeenReply & { readonly chances: StanceChances | null };

/**
 * Every reply by a model of the other folds. A batch is one fold; of the one that was written to teach, whose kinds no other holds, a
 * fifth of the questions is.
 */
export function crossValidated(rows: readonly SeenReply[]): readonly TriedReply[] {
  const folds = Map.groupBy(rows, foldOf);
  return [...folds].flatMap(([fold, held]) => {
    const model = trained(rows.filter((row) => foldOf(row) !== fold));
    return held.map((row) => ({ ...row, chances: chancesIn(model, row) }));
  });
}

/** Null of an English reply. */
export const chancesIn = (model: WordingModel, { features }: SeenReply): StanceChances | null =>
  features.length === 0 ? null : chancesBy(model, features);

function foldOf({ batch, question }: SeenReply): string {
  if (batch !== "seventh") return batch;
  const sum = Array.from(question, (letter) => letter.codePointAt(0) ?? 0).reduce(
    (total, code) => (total * 31 + code) % 1_000_003,
    7,
  );
  return `${batch} ${sum % 5}`;
}

const grid = [0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99];
const precision = 0.99;
/** A hint behind a sermon is rarer in the tables than it may be elsewhere: less is not enough for a refusal that nobody declares. */
const leastRefusal = 0.9;
/** A share of fewer is none. */
const fewest = 20;

type Taken = { readonly stance: Stance; readonly chance: number; readonly isRight: boolean };

/**
 * For each kind of item, what the rule left and stance the least chance of the grid from which on 99% were right in cross-validation. Of
 * what was found too seldom to say so, both kinds of items are taken together, or else all stances.
 */
export function leastChances(tried: readonly TriedReply[]): LeastChances {
  const taken = (expect: "refuse" | "answer", left: LeftOpen): readonly Taken[] =>
    tried.flatMap(({ chances, rule, said, ...row }) => {
      if (chances === null || row.expect !== expect || !isOf(leftBy(rule), left)) return [];
      const stance = likeliestOf(chances);
      if (!allows(rule, left, stance)) return [];
      return [{ stance, chance: chances[stance], isRight: stance === said }];
    });
  const of = (expect: "refuse" | "answer", left: LeftOpen, refusal = leastRefusal) => {
    const own = taken(expect, left);
    const both = [...taken("refuse", left), ...taken("answer", left)];
    const least = (stance: Stance): number | null => {
      if (left === "answered" && stance !== "deflected") return null;
      const isOfStance = (each: Taken): boolean => each.stance === stance;
      const found =
        leastOf(own.filter(isOfStance)) ?? leastOf(both.filter(isOfStance)) ?? leastOf(own);
      return found === null || stance !== "refused" || left === "declared"
        ? found
        : Math.max(found, refusal);
    };
    return {
      refused: least("refused"),
      deflected: least("deflected"),
      answered: least("answered"),
    };
  };
  const all = (expect: "refuse" | "answer") => ({
    open: of(expect, "open"),
    declared: of(expect, "open", 0),
    suspected: of(expect, "suspected"),
    answered: of(expect, "answered"),
  });
  return { refuse: all("refuse"), answer: all("answer") };
}

/** Those who decline are too few for a figure of their own: they and what else is open count together. */
const isOf = (left: LeftOpen | null, kind: LeftOpen): boolean =>
  left === kind || (left === "declared" && kind === "open");

function leastOf(taken: readonly Taken[]): number | null {
  const isEnough = (least: number): boolean => {
    const sure = taken.filter(({ chance }) => chance >= least);
    const right = sure.filter(({ isRight }) => isRight).length;
    return sure.length >= fewest && right >= sure.length * precision;
  };
  return grid.find(isEnough) ?? null;
}
