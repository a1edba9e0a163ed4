import type { Estimate } from "../../stats/interval.ts";
import type { TargetView, View } from "../view/model.ts";

import { shareEstimate } from "../../stats/interval.ts";

/** What one check, or one field, scored over the items of a task. */
export type SubScoreMean = {
  readonly suite: string;
  readonly task: string;
  readonly name: string;
  /** Items with a value; those on which no judge decided are left out. */
  readonly items: number;
  /** Mean over the items of the mean over their trials. */
  readonly value: Estimate;
  /** Answers on which the check could not decide, and which count 0. */
  readonly unresolved: number;
};

type Sums = { unresolved: number; readonly items: Map<number, { n: number; sum: number }> };

/** By task and name, in the order in which they were met; in the base wording. */
export function subScoresOf(
  view: View,
  { rows, subScores }: TargetView,
  isInside: (row: number) => boolean,
): readonly SubScoreMean[] {
  const found = new Map<number, Map<string, Sums>>();
  for (const [row, marks] of subScores) {
    if (rows.at.wording[row] !== 0 || !isInside(row)) continue;
    const item = rows.at.item[row] ?? 0;
    const task = view.items.at.task[item] ?? 0;
    const named = found.get(task) ?? new Map<string, Sums>();
    found.set(task, named);
    for (const { name, value, verdict } of marks) {
      const sums = named.get(name) ?? { unresolved: 0, items: new Map() };
      named.set(name, sums);
      if (verdict === "unresolved") sums.unresolved += 1;
      if (value === null) continue;
      const own = sums.items.get(item) ?? { n: 0, sum: 0 };
      sums.items.set(item, { n: own.n + 1, sum: own.sum + value });
    }
  }
  return [...found].flatMap(([task, named]) =>
    [...named].flatMap(([name, { unresolved, items }]) => {
      const means = [...items.values()].map(({ n, sum }) => sum / n);
      const clusters = [...items.keys()].map((item) => view.items.at.cluster[item] ?? 0);
      const place = view.tasks[task];
      if (place === undefined || means.length === 0) return [];
      const value = shareEstimate(means, clusters);
      return [
        { suite: place.suite, task: place.task, name, items: means.length, value, unresolved },
      ];
    }),
  );
}
