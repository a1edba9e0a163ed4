import { describe, expect, test } from "vitest";

import type { View } from "../view/model.ts";

import { seededRandom } from "../../stats/random.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { itemValues, scoreOf } from "./score.ts";
import { buildTree } from "./tree.ts";

const target = "a/a";

/** A view of items alone: `perTask[t]` items in task t, `clusterSize` of them to a passage. */
function viewOfItems(perTask: readonly number[], clusterSize = 1): View {
  const view = createView();
  step(view, runLine([target]));
  for (const [task, count] of perTask.entries()) {
    for (let index = 0; index < count; index++) {
      const cluster = clusterSize === 1 ? null : `t${task} p${Math.floor(index / clusterSize)}`;
      step(
        view,
        itemLine(`s/t${task}/${index}`, { cluster, dimension: [`d${task % 4}`, `t${task}`] }),
      );
    }
  }
  return view;
}

describe("2,000 simulated runs: 93 to 97 of 100 intervals hold the true score", () => {
  test.each([
    ["micro, 60 items", [60], 1, "micro"],
    ["macro, 12 tasks of 5", Array.from({ length: 12 }, () => 5), 1, "macro"],
    ["macro, tasks of very different size", [40, 5, 10, 80, 6, 20], 1, "macro"],
    ["micro, 30 passages of 4", [120], 4, "micro"],
    ["macro, 6 tasks of 10 passages of 3", Array.from({ length: 6 }, () => 30), 3, "macro"],
  ] as const)("%s", (_, perTask, clusterSize, method) => {
    const view = viewOfItems(perTask, clusterSize);
    const root = buildTree(view, null);
    const random = seededRandom(17);
    const skill = perTask.map((_, task) => 0.35 + (0.5 * ((task * 7) % 5)) / 4);
    const spread = clusterSize === 1 ? 0 : 0.3;
    const truth = new Float64Array(view.items.length).map(
      (_, item) => skill[view.items.at.task[item] ?? 0] ?? 0,
    );
    const expected = scoreOf(root, truth, view.items, method).value ?? 0;
    let held = 0;
    for (let run = 0; run < 2_000; run++) {
      const passages = new Map<number, number>();
      const values = truth.map((p, item) => {
        const cluster = view.items.at.cluster[item] ?? 0;
        const shift = passages.get(cluster) ?? (random() - 0.5) * spread;
        passages.set(cluster, shift);
        return random() < p + shift ? 1 : 0;
      });
      const { interval } = scoreOf(root, values, view.items, method);
      if (interval !== null && interval.low <= expected && expected <= interval.high) held++;
    }
    expect(held / 2_000).toBeGreaterThan(0.93);
    expect(held / 2_000).toBeLessThan(0.97);
  });
});

describe("a task of a few items weighs as much as one of many", () => {
  test.each([
    ["2, 30 and 30", [2, 30, 30], [0.8, 0.8, 0.95]],
    ["4 beside three tasks of 20", [4, 20, 20, 20], [0.9, 0.9, 0.95, 0.85]],
    ["3 and 60", [3, 60], [0.9, 0.9]],
  ])("%s: its items may be all right by chance, and the interval knows", (_, perTask, skill) => {
    const view = viewOfItems(perTask);
    const root = buildTree(view, null);
    const random = seededRandom(17);
    const truth = new Float64Array(view.items.length).map(
      (_value, item) => skill[view.items.at.task[item] ?? 0] ?? 0,
    );
    const expected = scoreOf(root, truth, view.items, "macro").value ?? 0;
    let held = 0;
    for (let run = 0; run < 1_000; run++) {
      const values = truth.map((p) => (random() < p ? 1 : 0));
      const { interval } = scoreOf(root, values, view.items, "macro");
      if (interval !== null && interval.low <= expected && expected <= interval.high) held++;
    }
    expect(held / 1_000).toBeGreaterThan(0.93);
  });
});

test("trials are reduced before items are averaged, and other wordings make no score", () => {
  const view = viewOfItems([2]);
  const facts = [
    { item: "s/t0/0", trial: 1, right: true },
    { item: "s/t0/0", trial: 2, right: false },
    { item: "s/t0/0", trial: 3, right: true },
    { item: "s/t0/1", trial: 1, right: false },
    { item: "s/t0/1", trial: 1, right: true, wording: "terse" },
  ];
  for (const { right, ...fact } of facts) {
    step(view, answerLine({ ...fact, target }));
    step(view, scoreLine({ ...fact, target }, right ? "right" : "wrong"));
  }
  const [found] = view.targets;
  if (found === undefined) throw new Error("no target");
  const values = (reduction: "mean" | "any" | "all" | "majority") => [
    ...itemValues(view, found, reduction),
  ];
  expect(values("mean")).toEqual([2 / 3, 0]);
  expect(values("any")).toEqual([1, 0]);
  expect(values("all")).toEqual([0, 0]);
  expect(values("majority")).toEqual([1, 0]);
  expect([...itemValues(view, found, "mean", 1)]).toEqual([Number.NaN, 1]);
});

test("all right or all wrong still has an interval", () => {
  const view = viewOfItems([10]);
  const root = buildTree(view, null);
  const { interval } = scoreOf(root, new Float64Array(10).fill(1), view.items, "macro");
  // scipy.stats.binomtest(10, 10).proportion_ci(method="wilson")
  expect(interval?.low).toBeCloseTo(0.7224672001371109, 9);
  expect(interval?.high).toBe(1);
});
