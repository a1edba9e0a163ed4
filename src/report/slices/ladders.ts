import type { ItemValues } from "../score/weigh.ts";
import type { View } from "../view/model.ts";

import { type LevelCount, midpoint, type Midpoint } from "../../stats/ladder/midpoint.ts";
import { isBroken } from "../../stats/ladder/monotone.ts";

/** What one target reached on a ladder. */
export type LadderScore = {
  /** Null without answers. */
  readonly midpoint: Midpoint | null;
  /** Harder levels went better than easier ones by more than chance. */
  readonly broken: boolean;
  readonly levels: readonly LevelCount[];
};

/** A task whose items are drawn at several levels of a generator. */
export type Ladder = {
  readonly suite: string;
  readonly task: string;
  readonly levels: readonly number[];
  /** In the order of the targets. */
  readonly scores: readonly LadderScore[];
};

/** The ladders of a view, `values` being those of each target; `inside` marks the items that count. */
export function laddersOf(
  view: View,
  values: readonly ItemValues[],
  inside: Uint8Array,
): readonly Ladder[] {
  const { task, rung } = view.items.at;
  const tasks = new Map<number, number[]>();
  for (let item = 0; item < view.items.length; item++) {
    if ((rung[item] ?? 0) === 0 || inside[item] !== 1) continue;
    const number = task[item] ?? 0;
    const own = tasks.get(number) ?? [];
    tasks.set(number, own);
    own.push(item);
  }
  return [...tasks].map(([number, items]) => {
    const { suite = "", task: id = "" } = view.tasks[number] ?? {};
    const levels = [...new Set(items.map((item) => rung[item] ?? 0))].toSorted((a, b) => a - b);
    return {
      suite,
      task: id,
      levels,
      scores: values.map((each) => scoreOn(view, items, levels, each)),
    };
  });
}

function scoreOn(
  view: View,
  items: readonly number[],
  levels: readonly number[],
  values: ItemValues,
): LadderScore {
  const { rung, floor } = view.items.at;
  const counts = levels.map((level): LevelCount => {
    const own = items.filter((item) => rung[item] === level);
    const known = own
      .map((item) => values[item] ?? Number.NaN)
      .filter((value) => !Number.isNaN(value));
    return {
      level,
      floor: floor[own[0] ?? 0] ?? 0,
      n: known.length,
      right: known.reduce((sum, value) => sum + value, 0),
    };
  });
  return { midpoint: midpoint(counts), broken: isBroken(counts), levels: counts };
}
