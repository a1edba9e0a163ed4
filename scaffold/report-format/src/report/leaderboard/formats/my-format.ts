import type { LeaderboardFormat } from "../../../../../../src/report/leaderboard/format.ts";

import { leaderboardTable } from "../../../../../../src/report/leaderboard/table.ts";
import { plain } from "../../../../../../src/report/render/plain.ts";

/** Cells parted by tabs, one target a line, for pasting into a sheet. */
export const format: LeaderboardFormat = {
  id: "my-format",
  title: { zh: "我的格式", en: "my format" },
  render: (_view, board, { lang }) => {
    const { columns, rows } = leaderboardTable(board, lang);
    const lines = [columns.map(({ title }) => title), ...rows];
    return lines.map((cells) => `${cells.map(cellOf).join("\t")}\n`).join("");
  },
};

/** What a vendor said must not end a cell or a line. */
const cellOf = (text: string): string => plain(text).replaceAll(/\s+/g, " ").trim();
