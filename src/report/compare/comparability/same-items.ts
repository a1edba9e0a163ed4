import type { Side } from "../pairing.ts";

import { matchNumber } from "../../view/columns.ts";

const judgedBy = ["gold", "weight", "level", "severe", "expect", "risk", "rung", "floor"] as const;

/**
 * Whether both sides hold the same items of a suite with the same golds, weights, clusters and tasks, so that a change of
 * its file (another order, a comment, a matrix turned round) did not change what is measured. Prompts and graders are
 * compared with the answers, pair by pair.
 */
export function haveSameItems(base: Side, fresh: Side, suite: string): boolean {
  const before = itemsOf(base, suite);
  if (before.length === 0 || before.length !== itemsOf(fresh, suite).length) return false;
  return before.every((item) => {
    const other = matchNumber(base.view.itemKeys, item, fresh.view.itemKeys);
    return other >= 0 && isSame(base, item, fresh, other);
  });
}

function itemsOf({ view }: Side, suite: string): readonly number[] {
  const found: number[] = [];
  for (let item = 0; item < view.items.length; item++) {
    if (view.tasks[view.items.at.task[item] ?? -1]?.suite === suite) found.push(item);
  }
  return found;
}

function isSame(base: Side, item: number, fresh: Side, other: number): boolean {
  const [a, b] = [base.view.items.at, fresh.view.items.at];
  const cluster = a.cluster[item] ?? -1;
  const [taskA, taskB] = [
    base.view.tasks[a.task[item] ?? -1],
    fresh.view.tasks[b.task[other] ?? -1],
  ];
  return (
    judgedBy.every((column) => a[column][item] === b[column][other]) &&
    matchNumber(base.view.clusterKeys, cluster, fresh.view.clusterKeys) === b.cluster[other] &&
    taskA?.task === taskB?.task &&
    taskA?.weight === taskB?.weight &&
    taskA?.dimension.join("\0") === taskB?.dimension.join("\0")
  );
}
