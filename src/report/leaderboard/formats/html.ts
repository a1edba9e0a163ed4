import type { LeaderboardFormat } from "../format.ts";

import { leaderboardHtml } from "../html.ts";

export const format: LeaderboardFormat = {
  id: "html",
  title: { zh: "单页 HTML", en: "one page of HTML" },
  render: (view, board, { lang }) => leaderboardHtml(view, board, lang),
};
