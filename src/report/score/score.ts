import type { Interval } from "../../stats/interval.ts";
import type { Reduction } from "../../stats/trials/trials.ts";
import type { Items, TargetView, View } from "../view/model.ts";
import type { Method, Node } from "./tree.ts";

import { reduceTrials } from "../../stats/trials/trials.ts";
import { errorOf } from "./error.ts";
import { weigh, worthOf, type ItemValues } from "./weigh.ts";

/**
 * A target's item values. Only the base wording counts; `wording` selects another by its number in
 * the view.
 */
export function itemValues(
  view: View,
  target: TargetView,
  reduction: Reduction = "mean",
  wording = 0,
): ItemValues {
  const { at, length } = target.rows;
  const values = new Float64Array(view.items.length).fill(Number.NaN);
  const trials = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    const value = at.value[row] ?? Number.NaN;
    if (at.wording[row] !== wording || Number.isNaN(value)) continue;
    const item = at.item[row] ?? 0;
    const first = values[item] ?? Number.NaN;
    if (Number.isNaN(first)) values[item] = value;
    else trials.set(item, [...(trials.get(item) ?? [first]), value]);
  }
  for (const [item, all] of trials) values[item] = reduceTrials(all, reduction) ?? Number.NaN;
  return values;
}

export type Score = {
  /** In [0, 1]; null where nothing counts. */
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly se: number | null;
  /** Items that count, and items of the tree. */
  readonly n: number;
  readonly of: number;
  /** A part of the tree has no counted item, so this is the score of the rest and not a total. */
  readonly partial: boolean;
  /** The suites in which a part has no counted item. */
  readonly lacking: readonly string[];
};

/**
 * The score of a node: `macro` takes the plain mean of its children, tasks of one parent by their weight;
 * `weighted` takes the members' and tasks' weights at every level; `micro` takes all items by their
 * weight; a member with a method of its own is scored by that. The interval is of 95%.
 * Definitions and formulas: docs/metrics.md.
 */
export function scoreOf(node: Node, values: ItemValues, items: Items, method: Method): Score {
  const weighed = weigh(node, values, items, method);
  const { shares, of, partial, lacking } = weighed;
  const known = { n: shares.size, of, partial, lacking };
  if (shares.size === 0) return { value: null, interval: null, se: null, ...known };
  const worth = worthOf(node, values, items);
  let value = 0;
  for (const [item, share] of shares) value += share * (worth[item] ?? 0);
  value = Math.min(1, Math.max(0, Math.round(value * 1e12) / 1e12));
  const { se, interval } = errorOf(value, weighed, worth, items);
  return { value, interval, se, ...known };
}
