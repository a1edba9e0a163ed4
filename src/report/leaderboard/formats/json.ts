import type { LeaderboardFormat } from "../format.ts";

import { jsonText } from "../../render/plain.ts";
import { leaderboardJson } from "../json.ts";

export const format: LeaderboardFormat = {
  id: "json",
  title: { zh: "JSON，供程序读取", en: "JSON, for programs" },
  render: (view, board) => `${jsonText(leaderboardJson(view, board), 2)}\n`,
};
