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
