import type { Board } from "../../domain/board.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { readRedLines } from "../score/red-line-replies.ts";
import { redLinesOf } from "../score/red-lines.ts";
import { itemsOf } from "../score/tree.ts";
import { buildTree } from "../score/tree.ts";

/** The leaderboard with the replies that crossed a red line or wait for a ruling, read from the view's run files. */
export async function withRedLines(
  view: View,
  leaderboard: Leaderboard,
  { files, board = null }: { readonly files: readonly string[]; readonly board?: Board | null },
): Promise<Leaderboard> {
  const inside = itemsOf(buildTree(view, board), view.items.length);
  const found = view.targets
    .filter(({ entry }) => entry?.baseline !== true)
    .map((target) => ({ target, lines: redLinesOf(view, target, inside) }));
  return { ...leaderboard, red_lines: await readRedLines(view, files, found) };
}
