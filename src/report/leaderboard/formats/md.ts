import type { LeaderboardFormat } from "../format.ts";

import { leaderboardMarkdown } from "../markdown.ts";

export const format: LeaderboardFormat = {
  id: "md",
  title: { zh: "Markdown", en: "Markdown" },
  render: (view, board, { lang }) => leaderboardMarkdown(view, board, lang),
};
