import type { Interval } from "../../../stats/interval.ts";
import type { Method, Node } from "../../score/tree.ts";
import type { ItemValues } from "../../score/weigh.ts";
import type { View } from "../../view/model.ts";

import { stratumErrors } from "../../score/error.ts";
import { weigh, worthOf } from "../../score/weigh.ts";

/** The items from which most of an interval's width comes. */
export type WideInterval = {
  readonly interval: Interval;
  readonly items: number;
  /** Their tasks as `suite/task`. */
  readonly tasks: readonly string[];
};

/** From this many times the board's resolution on, an interval is one that a reader wonders about. */
const wondrous = 2;

/**
 * Why an interval is far wider than what the board resolves: the group of items whose values differ most for their weight.
 * Null where it is not that wide, or where nothing differs.
 */
export function wideIntervalOf(
  root: Node,
  values: ItemValues,
  { items, tasks }: Pick<View, "items" | "tasks">,
  {
    method,
    interval,
    resolution,
  }: {
    readonly method: Method;
    readonly interval: Interval | null;
    readonly resolution: number | null;
  },
): WideInterval | null {
  if (interval === null || resolution === null) return null;
  if (interval.high - interval.low < wondrous * resolution) return null;
  const weighed = weigh(root, values, items, method);
  const errors = stratumErrors(weighed, worthOf(root, values, items), items);
  const [widest] = errors.toSorted((a, b) => b.variance - a.variance);
  if (widest === undefined || widest.variance === 0) return null;
  const named = widest.items.map((item) => {
    const task = tasks[items.at.task[item] ?? -1];
    return task === undefined ? "" : `${task.suite}/${task.task}`;
  });
  return {
    interval,
    items: widest.items.length,
    tasks: [...new Set(named)],
  };
}
