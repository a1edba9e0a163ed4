import type { Lang } from "../../domain/text.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { egressOf } from "../egress/egress.ts";
import { egressLines, egressSections } from "../egress/text.ts";
import { battleTable } from "../judges/text.ts";
import { markdownHeading, markdownLine, markdownList, renderMarkdown } from "../render/markdown.ts";
import { sectionsOf } from "./details.ts";
import { footer } from "./notes/notes.ts";
import { sliceSections } from "./slice-sections.ts";
import { leaderboardTable } from "./table.ts";
import { conclusion, dimensionTable } from "./text.ts";

/** The same as Markdown, every column included, with the scores by dimension below. */
export function leaderboardMarkdown(view: View, board: Leaderboard, lang: Lang): string {
  const title = board.title ?? (lang === "zh" ? "排行榜" : "Leaderboard");
  return [
    markdownHeading(title),
    "",
    markdownLine(conclusion(board, lang)),
    "",
    renderMarkdown(leaderboardTable(board, lang)),
    "",
    renderMarkdown(dimensionTable(board, lang)),
    "",
    ...sliceSections(board, lang).flatMap(({ title: head, table, notes }) => [
      markdownLine(head),
      "",
      renderMarkdown(table),
      "",
      ...notes.flatMap((note) => [markdownLine(note), ""]),
    ]),
    ...(board.judging?.pairs == null
      ? []
      : [renderMarkdown(battleTable(board.judging.pairs, lang)), ""]),
    ...sectionsOf(board, lang).flatMap(({ title: heading, table }) => [
      markdownHeading(heading),
      "",
      renderMarkdown(table),
      "",
    ]),
    ...egressMarkdown(view, lang),
    ...markdownList(footer(view, board, lang)),
    "",
  ].join("\n");
}

/** What was sent where: whoever files the report has to answer for it. */
function egressMarkdown(view: View, lang: Lang): readonly string[] {
  const rows = egressOf(view);
  return egressSections(rows, lang).flatMap(({ title, table }) => [
    markdownHeading(title),
    "",
    renderMarkdown(table),
    "",
    ...markdownList(egressLines(rows, lang)),
    "",
  ]);
}
