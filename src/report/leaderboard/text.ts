import type { Lang, Text } from "../../domain/text.ts";
import type { Shortfall } from "../score/shortfall.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { battleTable } from "../judges/text.ts";
import { wrapTyped } from "../render/as-typed.ts";
import { clean, points } from "../render/format.ts";
import { plain } from "../render/plain.ts";
import { columnsThatFit, renderBlocks, renderTerminal } from "../render/terminal.ts";
import { suiteLines } from "../run/suites-text.ts";
import { sectionsOf } from "./details.ts";
import { footer, neededNotes } from "./notes/notes.ts";
import { redLineSentence } from "./red-line-text.ts";
import { sliceSections } from "./slice-sections.ts";
import { leadSentence } from "./standing/lead-text.ts";
import { leaderboardTable, nameOf } from "./table.ts";
import { unrankedReason } from "./unranked-text.ts";

export type RenderOptions = {
  readonly lang: Lang;
  /** Columns of the terminal; unbounded with `wide`. */
  readonly width?: number;
  readonly wide?: boolean;
  /** The only run file that it is of, as its reader can type it: sentences then name it in their commands. */
  readonly run?: string;
  /** Breaks sentences that are longer than the terminal between words; without it they stay on one line. */
  readonly wrapped?: boolean;
};

/** Conclusion, table and footer for a terminal. */
export function leaderboardTerminal(
  view: View,
  board: Leaderboard,
  { lang, width = 80, wide = false, wrapped = false, run }: RenderOptions,
): string {
  const table = leaderboardTable(board, lang);
  const told = (line: string): readonly string[] => {
    const named = plain(run === undefined ? line : withRun(line, run));
    return wrapped ? wrapTyped(named, width) : [named];
  };
  const room = wide ? Number.POSITIVE_INFINITY : width;
  const fitting = new Set(columnsThatFit(table, room));
  const hidden = table.columns
    .filter((_, at) => !fitting.has(at))
    .toSorted((a, b) => (a.drop ?? 0) - (b.drop ?? 0))
    .map(({ title }) => title);
  const notes = wide
    ? { needed: footer(view, board, lang, "all"), waiting: 0 }
    : neededNotes(view, board, lang);
  return [
    ...headingOf(board),
    ...suiteLines(view, board.members, lang).flatMap(told),
    ...told(conclusion(board, lang)),
    "",
    wide && wrapped ? renderBlocks(table, width, named) : renderTerminal(table, room),
    "",
    ...(board.judging?.pairs == null
      ? []
      : [renderTerminal(battleTable(board.judging.pairs, lang), room), ""]),
    ...sectionsOf(board, lang).flatMap((section) => [
      section.title,
      "",
      renderTerminal(section.table, room),
      "",
    ]),
    ...sliceSections(board, lang, wide ? undefined : mostGrids).flatMap(
      ({ title, table: below, notes }) => [
        ...told(title),
        renderTerminal(below, room),
        ...notes.flatMap(told),
        "",
      ],
    ),
    ...notes.needed.flatMap(told),
    ...moreLine(hidden, notes.waiting, lang).flatMap(told),
  ].join("\n");
}

/** A sentence whose commands name this run file, where they named any. */
const withRun = (line: string, run: string): string =>
  line.replaceAll(
    /(?<=baimo (?:leaderboard|reprice|review) )(?:运行文件|RUN)(?![\w.])/g,
    () => run,
  );

const mostTitles = 3;

/** What `--wide` adds; of many columns those for which a little more room would do. */
function moreLine(hidden: readonly string[], notes: number, lang: Lang): readonly string[] {
  const columns = hidden.length;
  const [first, cut] = [hidden.slice(0, mostTitles), columns > mostTitles];
  const parts =
    lang === "zh"
      ? [
          ...(columns > 0 ? [`${columns} 列（${first.join("、")}${cut ? "等" : ""}）`] : []),
          ...(notes > 0 ? [`${notes} 条说明`] : []),
        ]
      : [
          ...(columns > 0
            ? [
                `${columns} more ${columns === 1 ? "column" : "columns"} (${first.join(", ")}${cut ? ", …" : ""})`,
              ]
            : []),
          ...(notes > 0 ? [`${notes} more ${notes === 1 ? "note" : "notes"}`] : []),
        ];
  if (parts.length === 0) return [];
  return [
    lang === "zh"
      ? `另有 ${parts.join("、")}，用 --wide 显示`
      : `${parts.join(" and ")} with --wide`,
  ];
}

/** What the table says once more, for the end of a text that no screen holds whole. */
export function conclusionAgain(
  board: Leaderboard,
  { lang, width = 80, wrapped = false }: RenderOptions,
): readonly string[] {
  const said = plain(conclusion(board, lang)).replace(below[lang], above[lang]);
  const line = { zh: `结论（全表在上面）：${said}`, en: `In short (the table is above): ${said}` }[
    lang
  ];
  return wrapped ? wrapTyped(line, width) : [line];
}

/** Rank and model. */
const named = 2;

/** Targets whose grids a terminal shows without `--wide`. */
const mostGrids = 4;

/** Scores in points by dimension, one column per target. */
export function dimensionTable(board: Leaderboard, lang: Lang) {
  const head = lang === "zh" ? "维度" : "Dimension";
  return {
    columns: [
      { title: head, shrink: 12 },
      ...board.entries.map(({ summary }) => ({
        title: nameOf(summary, lang),
        align: "right" as const,
        drop: 1,
      })),
    ],
    rows: board.dimensions.map(({ path, scores, shortfalls }) => [
      `${"　".repeat(path.length - 1)}${clean(path.at(-1) ?? "")}`,
      ...scores.map(
        ({ value }, index) =>
          `${points(value, board.decimals)}${boundsBehind(shortfalls?.[index] ?? null, board.decimals)}`,
      ),
    ]),
  };
}

/** ` [60.0–80.0]`: the score with the missing answers wrong, and right. */
const boundsBehind = (shortfall: Shortfall | null, decimals: number): string =>
  shortfall?.bounds == null
    ? ""
    : ` [${points(shortfall.bounds.low, decimals)}–${points(shortfall.bounds.high, decimals)}]`;

const headingOf = ({ title }: Leaderboard): readonly string[] =>
  title === null ? [] : [clean(title), ""];

/** What the table says, in a sentence or two, red lines included. */
export const conclusion = (board: Leaderboard, lang: Lang): string =>
  `${rankConclusion(board, lang)}${redLineSentence(board, lang)}`;

function rankConclusion(board: Leaderboard, lang: Lang): string {
  const zh = lang === "zh";
  const ranked = board.entries.filter(({ rank }) => rank !== null);
  const [first, second] = ranked;
  if (first === undefined) return nothingRanked(board, lang);
  const name = nameOf(first.summary, lang);
  const score = points(first.summary.score.value ?? 0, board.decimals);
  if (second === undefined) {
    return zh
      ? `${name} 得 ${score} 分；没有可比的其他目标。`
      : `${name} scores ${score}; no other target is ranked.`;
  }
  if ((first.summary.score.value ?? 0) === 0) {
    return zh
      ? `参与排名的 ${ranked.length} 个目标都得 0 分，分不出高下。`
      : `All ${ranked.length} ranked targets score 0: they cannot be told apart.`;
  }
  return leadSentence(board, ranked, lang);
}

/** Where the reasons stand: seen from the head of the table, and from the end of the text. */
const below: Text = { zh: "原因见表下", en: "see below why" };
const above: Text = { zh: "原因也在上面", en: "see above why" };

function nothingRanked({ entries }: Leaderboard, lang: Lang): string {
  if (entries.length === 0) return lang === "zh" ? "没有任何目标。" : "There is no target.";
  const own = entries.filter(({ summary }) => !summary.baseline && !summary.reference);
  const [reason = null, ...others] = new Set(own.map(({ unranked }) => unranked));
  // Where one reason keeps all of them out, it stands here as well.
  const why = reason === null || others.length > 0 ? "" : unrankedReason(reason, lang);
  if (lang === "zh") return `没有目标可以排名${why === "" ? "" : `（${why}）`}，${below.zh}。`;
  return `No target can be ranked${why === "" ? "" : ` (${why})`}; ${below.en}.`;
}
