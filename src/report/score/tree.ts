import type { Board } from "../../domain/board.ts";
import type { View } from "../view/model.ts";
import type { MemberMethod } from "./member-method.ts";

import { openShare } from "../../stats/ranking/superclue.ts";
import { createKeyTable, numberOf } from "../view/columns.ts";

/** What a total is made of: suites, dimensions of any depth, tasks, and the items of each task. */
export type Node = {
  readonly kind: "total" | "suite" | "dimension" | "task";
  readonly name: string;
  /** Share among its siblings where the method is `weighted`; that of a task always counts. */
  weight: number;
  readonly children: Node[];
  /** Numbers of the items in the view; tasks only. */
  readonly items: readonly number[];
  /** Suites only: how the score is made of all items below. */
  readonly method?: MemberMethod | undefined;
};

export type Method = Board["total"]["method"];

/**
 * The tree of all items in the view. Without a board all its suites are members; with one those of the
 * board alone, and a member without items stays as an empty node, so that no total can be made.
 */
export function buildTree(view: View, board: Board | null): Node {
  const root = node("total", board?.id ?? "", 1);
  const members: Board["members"] =
    board?.members ?? suitesOf(view).map((suite) => ({ suite, weight: 1 }));
  const shares = editionShares(board);
  const items = itemsByTask(view);
  for (const [place, { suite, weight, method }] of members.entries()) {
    const member = { ...node("suite", suite, shares?.[place] ?? weight), method };
    root.children.push(member);
    for (const [number, task] of view.tasks.entries()) {
      if (task.suite !== suite) continue;
      const parent = dimensionNode(member, task.dimension);
      parent.children.push({ ...node("task", task.task, task.weight), items: items[number] ?? [] });
    }
    weighDimensions(member);
  }
  return root;
}

/** The weights that an edition gave to OPEN and OPT; null for other totals. */
function editionShares(board: Board | null): readonly number[] | null {
  const edition = /^open-opt-(.+)$/.exec(board?.total.method ?? "")?.[1];
  if (edition === undefined || !Object.hasOwn(openShare, edition)) return null;
  const open = openShare[edition as keyof typeof openShare];
  return [open, 1 - open];
}

const suitesOf = (view: View): readonly string[] => [
  ...new Set(view.tasks.map(({ suite }) => suite)),
];

const node = (kind: Node["kind"], name: string, weight: number): Node => ({
  kind,
  name,
  weight,
  children: [],
  items: [],
});

function dimensionNode(member: Node, path: readonly string[]): Node {
  let parent = member;
  for (const name of path) {
    let child = parent.children.find((each) => each.kind === "dimension" && each.name === name);
    if (child === undefined) {
      child = node("dimension", name, 1);
      parent.children.push(child);
    }
    parent = child;
  }
  return parent;
}

/** The weight of a dimension is that of its tasks together. */
function weighDimensions(parent: Node): number {
  let weight = 0;
  for (const child of parent.children) {
    if (child.kind === "dimension") child.weight = weighDimensions(child);
    weight += child.weight;
  }
  return weight;
}

function itemsByTask(view: View): readonly (readonly number[])[] {
  const lists: number[][] = view.tasks.map(() => []);
  for (let item = 0; item < view.items.length; item++) {
    lists[view.items.at.task[item] ?? -1]?.push(item);
  }
  return lists;
}

/** Every dimension of the tree over all its suites, the same path taken together, with its tasks' items. */
export function dimensionNodes(
  root: Node,
): readonly { readonly path: readonly string[]; readonly node: Node }[] {
  const paths = createKeyTable();
  const found: { path: readonly string[]; node: Node }[] = [];
  const walk = (parent: Node, path: readonly string[]): void => {
    for (const child of parent.children.filter(({ kind }) => kind === "dimension")) {
      const here = [...path, child.name];
      const number = numberOf(paths, JSON.stringify(here));
      const known = found[number];
      if (known === undefined)
        found.push({ path: here, node: { ...child, children: [...child.children] } });
      else known.node.children.push(...child.children);
      walk(child, here);
    }
  };
  for (const suite of root.children) walk(suite, []);
  return found;
}

/** Marks the items of a tree by number. */
export function itemsOf(root: Node, length: number): Uint8Array {
  const inside = new Uint8Array(length);
  const walk = (node: Node): void => {
    for (const item of node.items) inside[item] = 1;
    for (const child of node.children) walk(child);
  };
  walk(root);
  return inside;
}
