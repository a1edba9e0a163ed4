import type { TargetView, View } from "../view/model.ts";

import { type Confidence, confidenceOf } from "./confidence.ts";
import { type LabelScore, labelScoresOf } from "./label-scores.ts";
import { type SubScoreMean, subScoresOf } from "./sub-scores.ts";
import { type TrialShares, trialSharesOf } from "./trial-shares.ts";

/** What a score is made of, beside its mean. */
export type Details = {
  /** Null where no item was tried twice. */
  readonly trials: TrialShares | null;
  /** By task and name; empty where no grader has several checks or fields. */
  readonly sub_scores: readonly SubScoreMean[];
  /** By task; empty where nothing is graded by labels. */
  readonly labels: readonly LabelScore[];
  /** Null where no reply began with a letter of known probability. */
  readonly confidence: Confidence | null;
};

export const detailsOf = (
  view: View,
  target: TargetView,
  isInside: (row: number) => boolean,
): Details => ({
  trials: trialSharesOf(view, target, isInside),
  sub_scores: subScoresOf(view, target, isInside),
  labels: labelScoresOf(view, target, isInside),
  confidence: confidenceOf(target, isInside),
});
