import type { Interval } from "../interval.ts";

/**
 * The possible ranks of each entry: from 1 + the entries whose whole interval lies above its own, to the number of
 * entries minus those whose whole interval lies below (Chiang et al., Chatbot Arena, arXiv:2403.04132, §4).
 */
export function rankRanges(intervals: readonly Interval[]): readonly Interval[] {
  const lows = intervals.map(({ low }) => low).toSorted((a, b) => a - b);
  const highs = intervals.map(({ high }) => high).toSorted((a, b) => a - b);
  const n = intervals.length;
  return intervals.map(({ low, high }) => ({
    low: 1 + n - countUpTo(lows, high),
    high: n - countBelow(highs, low),
  }));
}

const countUpTo = (sorted: readonly number[], bound: number): number =>
  sorted.filter((value) => value <= bound).length;

const countBelow = (sorted: readonly number[], bound: number): number =>
  sorted.filter((value) => value < bound).length;

/**
 * Ranks by descending score, 1 being the best: a score less than `tie` below the first of its group shares the
 * group's rank, and the next rank skips accordingly (1, 2, 2, 4). Differences are compared after rounding to 1e-9,
 * so that 66.96 - 66.94 counts as 0.02. Null scores have rank null.
 */
export function ranksWithTies(
  scores: readonly (number | null)[],
  tie: number,
): readonly (number | null)[] {
  const order = scores
    .map((score, index) => ({ score, index }))
    .filter((each): each is { score: number; index: number } => each.score !== null)
    .toSorted((a, b) => b.score - a.score);
  const ranks: (number | null)[] = scores.map(() => null);
  let leader = { score: Number.POSITIVE_INFINITY, rank: 0 };
  for (const [position, { score, index }] of order.entries()) {
    const gap = Math.round((leader.score - score) * 1e9) / 1e9;
    if (gap > 0 && gap >= tie) leader = { score, rank: position + 1 };
    ranks[index] = leader.rank;
  }
  return ranks;
}
