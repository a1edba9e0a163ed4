import type { Expectation, Stance } from "../stances.ts";

import { stances } from "../stances.ts";
import { type WordingFeatures, wordingFeatures } from "./features.ts";
import { learned } from "./learned.ts";

/** How likely each stance is; they add up to 1. */
export type StanceChances = Readonly<Record<Stance, number>>;

/** For each feature one weight a stance, in the order of `stances`, by which the wording speaks for it. */
export type WordingModel = {
  readonly bias: readonly number[];
  readonly weights: ArrayLike<number>;
  /** What one unit of a weight stands for. */
  readonly scale: number;
};

/** By item: for each stance the weights of what `evidenceOf` lists. */
export type Calibration = Readonly<
  Record<NonNullable<Expectation>, readonly (readonly number[])[]>
>;

/**
 * The stance by the wording of a reply, as learned from labelled ones, with what the rule found as one more piece of evidence. Expects
 * simplified, folded text.
 */
export const chancesOf = (
  rule: Stance | null,
  reply: string,
  question: string,
  expect: NonNullable<Expectation>,
): StanceChances =>
  calibrated(
    scoresBy(model(), wordingFeatures(reply, question, expect)),
    rule,
    learned.calibration[expect],
  );

/** What speaks for each stance by any such model: near 1 where it is certain, near 0 where it is not. */
export function scoresBy(
  { bias, weights, scale }: WordingModel,
  groups: WordingFeatures,
): readonly number[] {
  return stances.map((_, at) =>
    groups.reduce((sum, features) => {
      const unit = scale / Math.sqrt(Math.max(1, features.length));
      const own = features.reduce(
        (total, feature) => total + (weights[feature * stances.length + at] ?? 0),
        0,
      );
      return sum + own * unit;
    }, bias[at] ?? 0),
  );
}

/** What the chances are made of: a constant, the scores, and which stance the rule found. */
export const evidenceOf = (scores: readonly number[], rule: Stance | null): readonly number[] => [
  1,
  ...scores.map((score) => score * 4),
  ...[...stances, null].map((stance) => (stance === rule ? 0.5 : 0)),
];

/** Scores and the rule's stance as chances. */
export function calibrated(
  scores: readonly number[],
  rule: Stance | null,
  weights: readonly (readonly number[])[],
): StanceChances {
  const evidence = evidenceOf(scores, rule);
  const logits = stances.map((_, at) =>
    evidence.reduce((sum, each, piece) => sum + each * (weights[at]?.[piece] ?? 0), 0),
  );
  const highest = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp(logit - highest));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const [refused = 0, deflected = 0, answered = 0] = parts.map((part) => part / whole);
  return { refused, deflected, answered };
}

let decoded: WordingModel | null = null;

/** Decoded when it is first asked for: most runs have no such item. */
function model(): WordingModel {
  decoded ??= {
    bias: learned.bias,
    scale: learned.scale,
    weights: unpacked(Buffer.from(learned.weights, "base64")),
  };
  return decoded;
}

/** Two weights from -7 to 7 in one byte each. */
export const packed = (weights: Int8Array): Uint8Array =>
  Uint8Array.from(
    { length: weights.length / 2 },
    (_, at) => (((weights[at * 2] ?? 0) + 8) << 4) | ((weights[at * 2 + 1] ?? 0) + 8),
  );

const unpacked = (bytes: Uint8Array): Int8Array =>
  Int8Array.from(
    { length: bytes.length * 2 },
    (_, at) => (((bytes[at >> 1] ?? 0) >> (at % 2 === 0 ? 4 : 0)) & 15) - 8,
  );
