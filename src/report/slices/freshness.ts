import type { Interval } from "../../stats/interval.ts";
import type { Method, Node } from "../score/tree.ts";
import type { ItemValues } from "../score/weigh.ts";
import type { View } from "../view/model.ts";

import { scoreOf, type Score } from "../score/score.ts";

/** A target's score on items that never change beside that on items drawn from a seed, in [0, 1]. */
export type Freshness = {
  readonly static: Score;
  readonly fresh: Score;
  /** static - fresh. */
  readonly gap: number;
  /** 95 %. */
  readonly interval: Interval;
};

/**
 * For each item of a view 1 where its suite draws items from a seed, as the headers of the runs say, which know seeds by suite; null unless
 * there are suites of both kinds.
 */
export function drawnItems({ runs, tasks, items }: View): Uint8Array | null {
  const drawn = new Set(
    runs.flatMap(({ suites }) =>
      suites.flatMap(({ id, seeds }) => (Object.keys(seeds).length > 0 ? [id] : [])),
    ),
  );
  const isDrawn = tasks.map(({ suite }) => drawn.has(suite));
  if (!isDrawn.includes(true) || !isDrawn.includes(false)) return null;
  return Uint8Array.from({ length: items.length }, (_, item) =>
    Number(isDrawn[items.at.task[item] ?? -1] ?? false),
  );
}

/**
 * The gap static - fresh with Newcombe's interval, made of the two scores' own (hybrid score method, Statist. Med. 17, 1998, method 10): the
 * items of both kinds are different ones, so that the two scores vary independently. Null where one kind has no score.
 */
export function freshnessOf(
  root: Node,
  values: ItemValues,
  view: View,
  { drawn, method }: { readonly drawn: Uint8Array; readonly method: Method },
): Freshness | null {
  const only = (kind: number): Score =>
    scoreOf(
      root,
      values.map((value, item) => (drawn[item] === kind ? value : Number.NaN)),
      view.items,
      method,
    );
  const [fixed, fresh] = [only(0), only(1)];
  if (fixed.value === null || fresh.value === null) return null;
  if (fixed.interval === null || fresh.interval === null) return null;
  const gap = fixed.value - fresh.value;
  const below = Math.hypot(fixed.value - fixed.interval.low, fresh.interval.high - fresh.value);
  const above = Math.hypot(fixed.interval.high - fixed.value, fresh.value - fresh.interval.low);
  return { static: fixed, fresh, gap, interval: { low: gap - below, high: gap + above } };
}
