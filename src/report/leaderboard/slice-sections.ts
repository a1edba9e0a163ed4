import type { Board } from "../../domain/board.ts";
import type { Lang } from "../../domain/text.ts";
import type { Column } from "../render/table.ts";
import type { SliceSection } from "../slices/text.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { clean, scoreText } from "../render/format.ts";
import { buildTree, itemsOf } from "../score/tree.ts";
import { ladderSection, midpointText } from "../slices/ladder-text.ts";
import { sliceScores, sortItems } from "../slices/slices.ts";
import { gridSections, sliceName, sliceSection } from "../slices/text.ts";
import { valuesOf } from "./leaderboard.ts";
import { nameOf } from "./table.ts";

type SliceOptions = {
  /** The run files of the view. */
  readonly files: readonly string[];
  readonly board: Board | null;
  readonly by: readonly string[];
};

/** The leaderboard with the scores of every slice; rejects with a `UserError` for what no item can be sorted by. */
export async function withSlices(
  view: View,
  leaderboard: Leaderboard,
  { files, board, by }: SliceOptions,
): Promise<Leaderboard> {
  const found = await sortItems(view, files, by);
  if (found.length === 0) return leaderboard;
  const values = leaderboard.entries.map(({ summary }) => valuesOf(view, summary.target, "mean"));
  const inside = itemsOf(buildTree(view, board), view.items.length);
  return {
    ...leaderboard,
    slices: found.map((each) => sliceScores(each, view, values, inside)),
  };
}

/** Grids and slices as tables below the main one; grids of the first `most` targets only. */
export function sliceSections(
  board: Leaderboard,
  lang: Lang,
  most = Number.POSITIVE_INFINITY,
): readonly SliceSection[] {
  const names = board.entries.map(({ summary }) => nameOf(summary, lang));
  const shown = names.slice(0, most);
  return [
    ...board.ladders.map((ladder) => ladderSection(ladder, names, board.decimals, lang)),
    ...board.grids.flatMap((grid) => gridSections(grid, shown, board.decimals, lang)),
    ...board.slices.map((slices) => sliceSection(slices, names, board.decimals, lang)),
  ];
}

/** The same as columns of a table with one row per target: `tag=语法`, `tag=语法 n`, `half level s/t`. */
export function sliceColumns(
  { slices, ladders, decimals }: Leaderboard,
  lang: Lang,
): readonly (Column & { readonly cells: readonly string[] })[] {
  return [
    ...slices.flatMap(({ by, slices: found }) =>
      found.flatMap(({ value, scores }) => {
        const title = `${clean(by)}=${sliceName(value, lang)}`;
        return [
          { title, cells: scores.map((score) => scoreText(score, decimals)) },
          { title: `${title} n`, cells: scores.map(({ n }) => String(n)) },
        ];
      }),
    ),
    ...ladders.map(({ suite, task, levels, scores }) => ({
      title: `half level ${clean(suite)}/${clean(task)}`,
      cells: scores.map((score) => midpointText(score, levels)),
    })),
  ];
}
