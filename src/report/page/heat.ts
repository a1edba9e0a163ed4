import type { Board } from "../../domain/board.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Node } from "../score/tree.ts";
import type { View } from "../view/model.ts";

import { valuesOf } from "../leaderboard/leaderboard.ts";
import { scoreOf } from "../score/score.ts";
import { buildTree } from "../score/tree.ts";

/** A cell: the score with its interval, and the items behind it. */
export type HeatCell = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};

export type HeatTask = {
  readonly suite: string;
  readonly task: string;
  /** In the order of the targets. */
  readonly cells: readonly HeatCell[];
};

/** A dimension with the tasks that lie in it directly. */
export type HeatDimension = {
  readonly path: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly tasks: readonly HeatTask[];
};

type Scored = Leaderboard["dimensions"][number]["scores"][number];

/** Dimensions by targets, as the leaderboard scores them, with the tasks below. */
export function heatOf(
  view: View,
  leaderboard: Leaderboard,
  board: Board | null,
): readonly HeatDimension[] {
  const method = board?.total.method ?? "macro";
  const values = leaderboard.entries.map(({ summary }) => valuesOf(view, summary.target, "mean"));
  const tasks = tasksOf(buildTree(view, board));
  const cellsOf = (node: Node) =>
    values.map((own) => cellOf(scoreOf(node, own, view.items, method)));
  const dimensions = leaderboard.dimensions.map(({ path, scores }) => ({
    path,
    cells: scores.map(cellOf),
    tasks: tasks
      .filter((each) => JSON.stringify(each.path) === JSON.stringify(path))
      .map(({ suite, node }) => ({ suite, task: node.name, cells: cellsOf(node) })),
  }));
  // Tasks that lie in no dimension stand for themselves.
  const alone = tasks.filter(({ path }) => path.length === 0);
  return [
    ...dimensions,
    ...alone.map(({ suite, node }) => ({
      path: [`${suite}/${node.name}`],
      cells: cellsOf(node),
      tasks: [{ suite, task: node.name, cells: cellsOf(node) }],
    })),
  ];
}

const cellOf = ({ value, interval, n }: Scored): HeatCell => ({
  value,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
  n,
});

type Placed = { readonly suite: string; readonly path: readonly string[]; readonly node: Node };

function tasksOf(root: Node): readonly Placed[] {
  const found: Placed[] = [];
  const walk = (parent: Node, suite: string, path: readonly string[]): void => {
    for (const child of parent.children) {
      if (child.kind === "task") found.push({ suite, path, node: child });
      else walk(child, suite, [...path, child.name]);
    }
  };
  for (const suite of root.children) walk(suite, suite.name, []);
  return found;
}
