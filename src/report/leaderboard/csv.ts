import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { renderCsv } from "../render/csv.ts";
import { detailColumns } from "./details.ts";
import { redLineCell } from "./red-line-text.ts";
import { sliceColumns } from "./slice-sections.ts";
import { leaderboardTable } from "./table.ts";

/**
 * The table, with columns of trials, sub-scores and labels, of slices and ladders, and of the replies that crossed a red line
 * or wait for a ruling, where there are any.
 */
export const leaderboardCsv = (board: Leaderboard, lang: Lang): string =>
  renderCsv(
    withReplies(
      withSliced(withDetails(leaderboardTable(board, lang), board), board, lang),
      board,
      lang,
    ),
  );

function withDetails(table: Table, board: Leaderboard): Table {
  const more = detailColumns(board);
  return {
    columns: [...table.columns, ...more],
    rows: table.rows.map((row, index) => {
      const entry = board.entries[index];
      return [...row, ...more.map(({ cell }) => (entry === undefined ? "" : cell(entry)))];
    }),
  };
}

function withSliced(table: Table, board: Leaderboard, lang: Lang): Table {
  const more = sliceColumns(board, lang);
  return {
    columns: [...table.columns, ...more],
    rows: table.rows.map((row, index) => [...row, ...more.map(({ cells }) => cells[index] ?? "")]),
  };
}

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
