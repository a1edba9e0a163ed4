import type { Lang } from "../../domain/text.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { renderCsv } from "../render/csv.ts";
import { leaderboardTable } from "./table.ts";

export const leaderboardCsv = (board: Leaderboard, lang: Lang): string =>
  renderCsv(leaderboardTable(board, lang));
