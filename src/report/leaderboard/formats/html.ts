import type { LeaderboardFormat } from "../format.ts";

import { figuresPage, leaderboardReport } from "../../page/first-view.ts";

export const format: LeaderboardFormat = {
  id: "html",
  title: {
    zh: "报告页，不含回答（含回答的用 baimo report）",
    en: "the report page without answers (baimo report has them)",
  },
  render: (view, board, { lang, board: named = null }) =>
    figuresPage(leaderboardReport(view, board, { board: named, now: new Date() }), lang),
};
