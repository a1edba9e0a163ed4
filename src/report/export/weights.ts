import type { Board } from "../../domain/board.ts";
import type { TargetView, View } from "../view/model.ts";

import { UserError } from "../../domain/text.ts";
import { itemValues } from "../score/score.ts";
import { buildTree } from "../score/tree.ts";
import { weigh } from "../score/weigh.ts";

/**
 * What each answer of a target weighs in its total, by row: 1 on average over those that count, so that the mean of
 * value times weight is the score of the leaderboard, by its tree of dimensions and tasks and its weights. NaN for an answer that does not
 * count: one without a value, in another wording or of an item that the board leaves out. Trials share the weight of their item.
 */
export function answerWeights(view: View, target: TargetView, board: Board | null): Float64Array {
  const values = itemValues(view, target);
  const { shares } = weigh(
    buildTree(view, board),
    values,
    view.items,
    board?.total.method ?? "macro",
  );
  const { at, length } = target.rows;
  const counts = (row: number): boolean =>
    at.wording[row] === 0 &&
    !Number.isNaN(at.value[row] ?? Number.NaN) &&
    shares.has(at.item[row] ?? -1);
  const trials = new Map<number, number>();
  let counted = 0;
  for (let row = 0; row < length; row++) {
    if (!counts(row)) continue;
    const item = at.item[row] ?? 0;
    trials.set(item, (trials.get(item) ?? 0) + 1);
    counted++;
  }
  return Float64Array.from({ length }, (_, row) => {
    const item = at.item[row] ?? 0;
    return counts(row) ? ((shares.get(item) ?? 0) * counted) / (trials.get(item) ?? 1) : Number.NaN;
  });
}

/** Whether weights of answers can make the board's total. */
export const isMeanBoard = ({ members, total }: Board): boolean =>
  members.every(({ method }) => method === undefined) && total.method !== "gbt45654";

/** Refuses a board of which no weights of answers make the total. Throws a UserError. */
export function mustBeMean(board: Board): void {
  if (isMeanBoard(board)) return;
  const own = board.members.find(({ method }) => method !== undefined);
  const name = own?.suite ?? board.id;
  throw new UserError({
    zh: `榜单 ${board.id} 里 ${name} 的得分不是各条回答的加权平均，导出的表算不出它；请去掉 --board`,
    en: `the score of ${name} on the board ${board.id} is no weighted mean of answers, so that no query could compute it; leave out --board`,
  });
}
