import type { Lang } from "../../domain/text.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { htmlHeading, htmlLead, htmlList, htmlPage, htmlTable } from "../render/html.ts";
import { sectionsOf } from "./details.ts";
import { sliceSections } from "./slice-sections.ts";
import { leaderboardTable } from "./table.ts";
import { conclusion, dimensionTable, footer } from "./text.ts";

/** The leaderboard as one page, every column and dimension included. */
export function leaderboardHtml(view: View, board: Leaderboard, lang: Lang): string {
  const title = board.title ?? (lang === "zh" ? "排行榜" : "Leaderboard");
  return htmlPage(title, lang, [
    htmlHeading(title),
    htmlLead(conclusion(board, lang)),
    htmlTable(leaderboardTable(board, lang)),
    htmlTable(dimensionTable(board, lang)),
    ...sectionsOf(board, lang).flatMap(({ title: heading, table }) => [
      htmlLead(heading),
      htmlTable(table),
    ]),
    ...sliceSections(board, lang).flatMap(({ title: head, table, notes }) => [
      htmlLead(head),
      htmlTable(table),
      ...(notes.length === 0 ? [] : [htmlList(notes)]),
    ]),
    htmlList(footer(view, board, lang)),
  ]);
}
