import type { Interval } from "../interval.ts";

export type Place = {
  /** 1 is the best: one more than the entries that are certainly above (1, 2, 2, 4), or above one with a higher score. */
  readonly rank: number;
  /** From 1 + the entries that are certainly above, to the number of entries less those certainly below. */
  readonly range: Interval;
};

/**
 * Places by descending score. Which entries are certainly above others is for a test to say (`isAbove`, by index); all
 * others tie, and the range counts who is certainly above and below (Chiang et al., Chatbot Arena, arXiv:2403.04132, §4).
 * No entry has a better place than one with a higher score.
 */
export function placesOf(
  scores: readonly number[],
  isAbove: (one: number, other: number) => boolean,
): readonly Place[] {
  const others = scores.map((_, index) => index);
  const ranges = scores.map((_, own) => ({
    low: 1 + others.filter((other) => isAbove(other, own)).length,
    high: scores.length - others.filter((other) => isAbove(own, other)).length,
  }));
  return scores.map((score, index) => {
    const range = ranges[index] ?? { low: 1, high: scores.length };
    const better = ranges.filter((_, other) => (scores[other] ?? 0) > score);
    return { rank: Math.max(range.low, ...better.map(({ low }) => low)), range };
  });
}
