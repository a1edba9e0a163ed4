import type { TargetView } from "../view/model.ts";

/** How sure a target was of the letters that it began its replies with, where the suite asks for `logprobs`. */
export type Confidence = {
  readonly answers: number;
  /** Mean probability of the letter. */
  readonly mean: number;
  /** Share of these answers that are right: a target that is sure of itself for a reason has about its mean. */
  readonly right: number;
};

/** Over the graded answers that `inside` accepts; null where no reply began with a letter of known probability. */
export function confidenceOf(
  { rows: { at, length } }: TargetView,
  inside: (row: number) => boolean,
): Confidence | null {
  let [answers, sum, right] = [0, 0, 0];
  for (let row = 0; row < length; row++) {
    const probability = at.confidence[row] ?? Number.NaN;
    const value = at.value[row] ?? Number.NaN;
    if (Number.isNaN(probability) || Number.isNaN(value) || !inside(row)) continue;
    answers++;
    sum += probability;
    right += value;
  }
  return answers === 0 ? null : { answers, mean: sum / answers, right: right / answers };
}
