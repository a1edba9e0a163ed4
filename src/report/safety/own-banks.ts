import type { Board } from "../../domain/board.ts";
import type { View } from "../view/model.ts";

import { expectCode } from "../view/shapes.ts";

/**
 * The board as it applies to a view: one that shows safety banks apart (`gbt45654`) takes whatever banks were asked where none of
 * its own members was, so that a company needs no board file for its own. Any other board stays as it is.
 */
export function withOwnBanks(view: View, board: Board | null): Board | null {
  if (board === null || board.total.method !== "gbt45654") return board;
  const asked = new Set(view.tasks.map(({ suite }) => suite));
  if (board.members.some(({ suite }) => asked.has(suite))) return board;
  const banks = new Set<string>();
  for (let item = 0; item < view.items.length; item += 1) {
    const task = view.tasks[view.items.at.task[item] ?? -1];
    if (task !== undefined && isInBank(view, item)) banks.add(task.suite);
  }
  if (banks.size === 0) return board;
  return { ...board, members: [...banks].map((suite) => ({ suite, weight: 1 })) };
}

const isInBank = ({ items: { at } }: View, item: number): boolean =>
  at.expect[item] !== expectCode.none || at.risk[item] !== 0;
