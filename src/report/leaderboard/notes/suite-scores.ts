import type { Method, Node } from "../../score/tree.ts";
import type { ItemValues } from "../../score/weigh.ts";
import type { View } from "../../view/model.ts";

import { scoreOf } from "../../score/score.ts";

/** What one suite adds to a total that is a mean of suites. */
export type SuiteScores = {
  readonly suite: string;
  /** Items of the suite, asked or not. */
  readonly items: number;
  /** Share of the total, of 1. */
  readonly share: number;
  /** In [0, 1], in the order of the targets; null where nothing counts. */
  readonly scores: readonly (number | null)[];
};

/** The suites of a total that is their mean; empty where there is one suite, or the total is made otherwise. */
export function suiteScoresOf(
  root: Node,
  method: Method,
  targets: readonly ItemValues[],
  { items }: Pick<View, "items">,
): readonly SuiteScores[] {
  const suites = root.children;
  if (suites.length < 2 || (method !== "macro" && method !== "weighted")) return [];
  // Where a member has no item there is no total.
  if (suites.some(({ children }) => children.length === 0)) return [];
  const weights = suites.map(({ weight }) => (method === "macro" ? 1 : weight));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return [];
  return suites.map((suite, place) => ({
    suite: suite.name,
    items: itemsBelow(suite),
    share: (weights[place] ?? 0) / whole,
    scores: targets.map((values) => scoreOf(suite, values, items, method).value),
  }));
}

const itemsBelow = ({ items, children }: Node): number =>
  children.reduce((sum, child) => sum + itemsBelow(child), items.length);

/** From here on an item counts so much more than one of another suite that the interval is that of its few items. */
const heavyFrom = 5;
/** A suite with more items is measured well enough, whatever it weighs. */
const fewItems = 20;

/** A small suite whose items count for `times` of those of a large one; null where none counts for many. */
export function heavySuite(suites: readonly Omit<SuiteScores, "scores">[]) {
  const byWeight = suites.toSorted((a, b) => b.share / b.items - a.share / a.items);
  const [small, large] = [byWeight[0], byWeight.at(-1)];
  if (small === undefined || large === undefined || small.items >= fewItems) return null;
  const times = Math.round(small.share / small.items / (large.share / large.items));
  return times < heavyFrom ? null : { small, large, times };
}

/** A suite and what it scores on one side more than on the other, in [-1, 1]; null where that is unknown. */
export type SuiteDifference = Omit<SuiteScores, "scores"> & { readonly delta: number | null };

/** The small suite that makes at least half of a difference of two totals, or keeps as much from it; null where none does. */
export function swayingSuite(suites: readonly SuiteDifference[]) {
  const heavy = heavySuite(suites);
  const small = suites.find(({ suite }) => suite === heavy?.small.suite);
  if (heavy === null || small === undefined || suites.some(({ delta }) => delta === null))
    return heavy;
  const added = ({ share, delta }: SuiteDifference): number => share * (delta ?? 0);
  const own = added(small);
  const total = suites.reduce((sum, each) => sum + added(each), 0);
  return own !== 0 && 2 * Math.abs(own) >= Math.abs(total) ? heavy : null;
}

/** What each suite of a board makes of the difference between two of its entries. */
export const suiteDifferences = (
  suites: readonly SuiteScores[],
  above: number,
  below: number,
): readonly SuiteDifference[] =>
  suites.map(({ scores, ...suite }) => {
    const [a, b] = [scores[above] ?? null, scores[below] ?? null];
    return { ...suite, delta: a === null || b === null ? null : a - b };
  });
