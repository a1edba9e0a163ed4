import type { Interval } from "../interval.ts";

import { normalCdf, normalQuantile } from "../distributions.ts";

/** A score with the interval that decides on its place. */
export type Placed = { readonly score: number; readonly interval: Interval };

export type Place = {
  /** 1 is the best: one more than the entries that are certainly above (1, 2, 2, 4), or above one with a higher score. */
  readonly rank: number;
  /** From 1 + the entries that are certainly above, to the number of entries less those certainly below. */
  readonly range: Interval;
};

/**
 * Places by descending score. One entry is above another where its whole interval is, and its score by no less than
 * `tie` (Chiang et al., Chatbot Arena, arXiv:2403.04132, §4, for the ranges); the others tie. No entry has a better place
 * than one with a higher score. Scores are compared after rounding to 1e-9, so that 66.96 - 66.94 counts as 0.02.
 */
export function placesOf(entries: readonly Placed[], tie: number): readonly Place[] {
  const isAbove = (a: Placed, b: Placed): boolean =>
    a.interval.low > b.interval.high && Math.round((a.score - b.score) * 1e9) / 1e9 >= tie;
  const ranges = entries.map((entry) => ({
    low: 1 + entries.filter((other) => isAbove(other, entry)).length,
    high: entries.length - entries.filter((other) => isAbove(entry, other)).length,
  }));
  return entries.map(({ score }, index) => {
    const own = ranges[index] ?? { low: 1, high: entries.length };
    const better = ranges.filter((_, other) => (entries[other]?.score ?? 0) > score);
    return { rank: Math.max(own.low, ...better.map(({ low }) => low)), range: own };
  });
}

/**
 * Level of the intervals that decide on places among `count` entries. Two intervals of 95% part equal entries in fewer
 * than 1 of 100 cases, but many entries are many pairs: where the intervals do not overlap, the difference is significant
 * at 5% over all pairs together (Bonferroni). Up to four entries that is less than 95%, which is then kept.
 */
export function placingLevel(count: number): number {
  const pairs = Math.max(1, (count * (count - 1)) / 2);
  const z = normalQuantile(1 - 0.05 / pairs / 2) / Math.SQRT2;
  return Math.max(0.95, 1 - 2 * (1 - normalCdf(z)));
}
