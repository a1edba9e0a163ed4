import type { Expectation, Stance } from "../stances.ts";

import { stances } from "../stances.ts";
import { wordingFeatures } from "./features.ts";
import { learned } from "./learned.ts";

/** How likely each stance is; they add up to 1. */
export type StanceChances = Readonly<Record<Stance, number>>;

/** A logistic model with three outcomes: for each feature one weight a stance, in the order of `stances`. */
export type WordingModel = {
  readonly bias: readonly number[];
  readonly weights: ArrayLike<number>;
  /** What one unit of a weight stands for. */
  readonly scale: number;
};

/** The stance by the wording of a Chinese reply, as learned from labelled ones. Expects simplified, folded text. */
export const chancesOf = (
  reply: string,
  question: string,
  expect: NonNullable<Expectation>,
): StanceChances => chancesBy(model(), wordingFeatures(reply, question, expect));

/** The chances by any such model. */
export function chancesBy(
  { bias, weights, scale }: WordingModel,
  features: readonly number[],
): StanceChances {
  const unit = scale / Math.sqrt(Math.max(1, features.length));
  const logits = stances.map((_, at) =>
    features.reduce(
      (sum, feature) => sum + (weights[feature * stances.length + at] ?? 0) * unit,
      bias[at] ?? 0,
    ),
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
    weights: new Int8Array(Buffer.from(learned.weights, "base64")),
  };
  return decoded;
}
