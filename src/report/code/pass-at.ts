import type { TargetView, View } from "../view/model.ts";

import { passAtK } from "../../stats/trials.ts";

/** How often one of k programs would be right, by the trials of the items whose program was run. */
export type PassAt = {
  readonly items: number;
  /** Of the item with the fewest. */
  readonly trials: number;
  readonly at: readonly { readonly k: number; readonly value: number }[];
};

/** Which k are told, as far as there are so many trials; below five, their number itself. */
const told = [1, 5, 10, 100] as const;

/**
 * Mean of the unbiased estimates over the items (Chen et al., arXiv:2107.03374, eq. 1), in the base wording; a program is
 * right where it passed every test. Null without programs, or where an item has one trial only.
 */
export function passAtOf(
  view: View,
  target: TargetView,
  isInside: (row: number) => boolean,
): PassAt | null {
  const { at, length } = target.rows;
  const counts = new Map<number, { n: number; right: number }>();
  for (let row = 0; row < length; row += 1) {
    const value = at.value[row] ?? Number.NaN;
    const isCode = view.graders.get(at.grader[row] ?? 0) === "code";
    if (!isCode || at.wording[row] !== 0 || Number.isNaN(value) || !isInside(row)) continue;
    const item = at.item[row] ?? 0;
    const { n, right } = counts.get(item) ?? { n: 0, right: 0 };
    counts.set(item, { n: n + 1, right: right + Number(value === 1) });
  }
  const trials = Math.min(...[...counts.values()].map(({ n }) => n));
  if (counts.size === 0 || trials < 2) return null;
  const ks = [...told.filter((k) => k <= trials), ...(trials < 5 ? [trials] : [])];
  return {
    items: counts.size,
    trials,
    at: ks.map((k) => {
      const each = [...counts.values()].map(({ n, right }) => passAtK(right, n, k) ?? 0);
      return { k, value: each.reduce((sum, value) => sum + value, 0) / each.length };
    }),
  };
}
