import type { TurnScore } from "../domain/run-file/lines.ts";

/** The score of a turn that no grader has seen. */
export const unanswered = (
  verdict: "failed" | "filtered" | "overflow" | "ungraded",
  why: string,
): TurnScore => ({
  verdict,
  value: verdict === "filtered" || verdict === "overflow" ? 0 : null,
  extracted: null,
  why,
});

/** The score of a dialogue: the weighted mean of its turns, unless one of them has no score. */
export function combine(scores: readonly TurnScore[], weights: readonly number[]): TurnScore {
  const verdicts = new Set(scores.map(({ verdict }) => verdict));
  const extracted = scores.map((score) => score.extracted ?? "-").join(" | ");
  const why = scores.map((score) => score.why).join(" | ");
  for (const verdict of ["failed", "ungraded", "filtered", "overflow"] as const) {
    if (verdicts.has(verdict)) return { ...unanswered(verdict, why), extracted };
  }
  const value = weightedMean(scores, weights);
  const verdict = (() => {
    if (verdicts.size === 1 && verdicts.has("unresolved")) return "unresolved";
    if (verdicts.size === 1 && verdicts.has("right")) return "right";
    return scores.every((score) => score.value === 0) ? "wrong" : "partial";
  })();
  return { verdict, value, extracted, why };
}

/** Turns of weight 0 are shown but do not count; where all weights are 0, all turns count equally. */
function weightedMean(scores: readonly TurnScore[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weightOf = (index: number): number => (total === 0 ? 1 : (weights[index] ?? 0));
  const sum = scores.reduce((acc, score, index) => acc + weightOf(index) * (score.value ?? 0), 0);
  return sum / (total === 0 ? scores.length : total);
}
