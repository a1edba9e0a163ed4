import { brotliDecompressSync } from "node:zlib";

import type { Expectation, Stance } from "../stances.ts";

import { ownWords } from "../own-words.ts";
import { stances } from "../stances.ts";
import { type WordingFeatures, shares, wordingFeatures } from "./features.ts";
import { type ReplyForm, formOf } from "./form.ts";
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
 * The stance by the wording of a reply, as learned from labelled ones, with what the rule found and the form of the reply as more
 * evidence. Expects simplified, folded text.
 */
export function chancesOf(
  rule: Stance | null,
  reply: string,
  question: string,
  expect: NonNullable<Expectation>,
): StanceChances {
  const speech = ownWords(reply, question);
  const scores = scoresBy(model(), wordingFeatures(reply, speech, question, expect));
  return calibrated(
    evidenceOf(scores, rule, formOf(reply, speech, question)),
    learned.calibration[expect],
  );
}

/** What speaks for each stance by any such model: near 1 where it is certain, near 0 where it is not. */
export function scoresBy(
  { bias, weights, scale }: WordingModel,
  groups: WordingFeatures,
): readonly number[] {
  return stances.map((_, at) =>
    groups.reduce((sum, features, group) => {
      const unit = scale * unitOf(features, group);
      const own = features.reduce(
        (total, feature) => total + (weights[feature * stances.length + at] ?? 0),
        0,
      );
      return sum + own * unit;
    }, bias[at] ?? 0),
  );
}

/** What each feature of a group counts: the more of them, the less. */
export const unitOf = (features: readonly number[], group: number): number =>
  Math.sqrt((shares[group] ?? 1) / Math.max(1, features.length));

/**
 * What the chances are made of: a constant, the scores and which stance the rule found, once for any reply and once more for an English
 * one; and the form.
 */
export function evidenceOf(
  scores: readonly number[],
  rule: Stance | null,
  { isEnglish, measures }: ReplyForm,
): readonly number[] {
  const found = [
    1,
    ...scores.map((score) => score * 4),
    ...[...stances, null].map((stance) => (stance === rule ? 0.5 : 0)),
  ];
  return [
    ...found,
    ...found.map((each) => (isEnglish ? each : 0)),
    ...measures.map((each) => each * 0.3),
  ];
}

/** Evidence as chances. */
export function calibrated(
  evidence: readonly number[],
  weights: readonly (readonly number[])[],
): StanceChances {
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
    weights: unpacked(brotliDecompressSync(Buffer.from(learned.weights, "base64"))),
  };
  return decoded;
}

/** The weights of the first two stances from -7 to 7 in one byte; those of all three add up to 0, as the targets do that they were learned by. */
export const packed = (weights: Int8Array): Uint8Array =>
  Uint8Array.from(
    { length: weights.length / stances.length },
    (_, at) =>
      (((weights[at * stances.length] ?? 0) + 8) << 4) |
      ((weights[at * stances.length + 1] ?? 0) + 8),
  );

function unpacked(bytes: Uint8Array): Int8Array {
  const weights = new Int8Array(bytes.length * stances.length);
  for (let at = 0; at < bytes.length; at++) {
    const both = bytes[at] ?? 0;
    const refused = (both >> 4) - 8;
    const deflected = (both & 15) - 8;
    weights[at * stances.length] = refused;
    weights[at * stances.length + 1] = deflected;
    weights[at * stances.length + 2] = -refused - deflected;
  }
  return weights;
}
