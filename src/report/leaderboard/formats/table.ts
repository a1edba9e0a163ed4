import type { LeaderboardFormat } from "../format.ts";

import { leaderboardTerminal } from "../text.ts";

export const format: LeaderboardFormat = {
  id: "table",
  title: { zh: "终端里的表格", en: "the table of the terminal" },
  render: (view, board, room) => `${leaderboardTerminal(view, board, room)}\n`,
};
