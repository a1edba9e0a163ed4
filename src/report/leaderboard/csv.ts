import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { renderCsv } from "../render/csv.ts";
import { redLineCell } from "./red-line-text.ts";
import { leaderboardTable } from "./table.ts";

/** The table, with a column of the replies that crossed a red line or wait for a ruling, where there are any. */
export const leaderboardCsv = (board: Leaderboard, lang: Lang): string =>
  renderCsv(withReplies(leaderboardTable(board, lang), board, lang));

function withReplies(table: Table, board: Leaderboard, lang: Lang): Table {
  if (board.red_lines.length === 0) return table;
  return {
    columns: [...table.columns, { title: lang === "zh" ? "红线" : "Red lines" }],
    rows: table.rows.map((row, index) => {
      const summary = board.entries[index]?.summary;
      return [...row, summary === undefined ? "" : redLineCell(board, summary, lang)];
    }),
  };
}
