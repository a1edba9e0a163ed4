import type { LeaderboardFormat } from "../format.ts";

import { leaderboardCsv } from "../csv.ts";

export const format: LeaderboardFormat = {
  id: "csv",
  title: { zh: "CSV 表格", en: "CSV" },
  render: (_view, board, { lang }) => leaderboardCsv(board, lang),
};
