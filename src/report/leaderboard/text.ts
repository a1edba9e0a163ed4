import type { Lang } from "../../domain/text.ts";
import type { Shortfall } from "../score/shortfall.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { judgeLines, battleTable } from "../judges/text.ts";
import { agreementLines } from "../people/agreement.ts";
import { correctedLines } from "../people/corrected-text.ts";
import { wrapTyped } from "../render/as-typed.ts";
import { clean, fixed, money, points } from "../render/format.ts";
import { plain } from "../render/plain.ts";
import { columnsThatFit, renderBlocks, renderTerminal } from "../render/terminal.ts";
import { aloneLines } from "../run/alone.ts";
import { overlapLines } from "../run/overlap.ts";
import { suiteLines } from "../run/suites-text.ts";
import { safetyLines } from "../safety/text.ts";
import { constraintRateLines } from "./constraint-rates-text.ts";
import { safetyTargets, sectionsOf } from "./details.ts";
import { freshnessLines } from "./freshness-text.ts";
import { redLineLines, redLineSentence } from "./red-line-text.ts";
import { remarkedOf, remarkLines } from "./remarks.ts";
import { sliceSections } from "./slice-sections.ts";
import { leaderboardTable, nameOf } from "./table.ts";
import { endLines, timesLines } from "./times-text.ts";
import { unrankedNotes } from "./unranked-text.ts";
import { circularLines, wordingLines } from "./variants-text.ts";
import { vendorNotes } from "./vendor-notes.ts";

export type RenderOptions = {
  readonly lang: Lang;
  /** Columns of the terminal; unbounded with `wide`. */
  readonly width?: number;
  readonly wide?: boolean;
  /** Breaks sentences that are longer than the terminal between words; without it they stay on one line. */
  readonly wrapped?: boolean;
};

/** Conclusion, table and footer for a terminal. */
export function leaderboardTerminal(
  view: View,
  board: Leaderboard,
  { lang, width = 80, wide = false, wrapped = false }: RenderOptions,
): string {
  const table = leaderboardTable(board, lang);
  const told = (line: string): readonly string[] =>
    wrapped ? wrapTyped(plain(line), width) : [plain(line)];
  const room = wide ? Number.POSITIVE_INFINITY : width;
  const fitting = columnsThatFit(table, room);
  const hidden = table.columns.length - fitting.length;
  const hasStars = fitting.some((index) => table.rows.some((row) => row[index]?.endsWith("*")));
  const more =
    lang === "zh" ? `另有 ${hidden} 列，用 --wide 显示` : `${hidden} more columns with --wide`;
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
    ...footer(view, board, lang, hasStars).flatMap(told),
    ...(hidden > 0 ? [more] : []),
  ].join("\n");
}

/** What the table says once more, for the end of a text that no screen holds whole. */
export function conclusionAgain(
  board: Leaderboard,
  { lang, width = 80, wrapped = false }: RenderOptions,
): readonly string[] {
  const said = plain(conclusion(board, lang));
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
  const rivals = ranked.filter((entry) => entry !== first && entry.rank_range?.low === 1);
  const lead = fixed(
    ((first.summary.score.value ?? 0) - (second.summary.score.value ?? 0)) * 100,
    board.decimals,
  );
  if (rivals.length === 0) {
    return zh
      ? `${name} 以 ${score} 分居首，领先第二名 ${lead} 分，95% 区间不重叠。`
      : `${name} leads with ${score}, ${lead} points ahead; the 95% intervals do not overlap.`;
  }
  const names = rivals.slice(0, 3).map(({ summary }) => nameOf(summary, lang));
  const more =
    rivals.length > 3 ? (zh ? `等 ${rivals.length} 个目标` : ` and ${rivals.length - 3} more`) : "";
  return zh
    ? `${name} 得 ${score} 分，为最高；与 ${names.join("、")}${more === "" ? " " : more}的区间重叠，凭这些题还分不出高下。`
    : `${name} scores highest with ${score}, but its interval overlaps with ${names.join(", ")}${more}: these items cannot tell them apart.`;
}

function nothingRanked({ entries }: Leaderboard, lang: Lang): string {
  if (entries.length === 0) return lang === "zh" ? "没有任何目标。" : "There is no target.";
  return lang === "zh"
    ? "没有目标可以排名，原因见表下。"
    : "No target can be ranked; see below why.";
}

/**
 * Remarks below the table: who is not ranked and why, money, and whether the times can be trusted. `hasStars` tells whether
 * the column in which a price that nobody has checked carries a star is shown.
 */
export function footer(
  view: View,
  board: Leaderboard,
  lang: Lang,
  hasStars = true,
): readonly string[] {
  const zh = lang === "zh";
  const summaries = board.entries.map(({ summary }) => summary);
  const judge = summaries.flatMap(({ judge_cost }) => judge_cost);
  return [
    ...resolutionNotes(board, lang),
    ...unrankedNotes(board.entries, lang),
    ...overlapLines(view, lang),
    ...aloneLines(board, lang),
    ...remarkLines(remarkedOf(board, lang), board.decimals, lang),
    ...safetyLines(safetyTargets(board, lang), lang),
    ...redLineLines(board, (summary) => nameOf(summary, lang), lang),
    ...summaries.flatMap((each) => circularLines(nameOf(each, lang), each, board.decimals, lang)),
    ...summaries.flatMap((each) => wordingLines(nameOf(each, lang), each, board.decimals, lang)),
    ...summaries.flatMap((each) => constraintRateLines(nameOf(each, lang), each, lang)),
    ...(board.missing.length > 0
      ? [
          zh
            ? `榜单成员没有成绩：${board.missing.join("、")}`
            : `Members without items: ${board.missing.join(", ")}`,
        ]
      : []),
    ...(summaries.some(({ simulated }) => simulated)
      ? [
          zh
            ? "[模拟]：由本机模拟器作答，与任何真实厂商无关。"
            : "[simulated]: answered by the local simulator, no vendor involved.",
        ]
      : []),
    ...proxyNotes(view, lang),
    ...vendorNotes(summaries, (each) => nameOf(each, lang), lang),
    ...(summaries.some(({ cost, unverified_price }) => unverified_price && cost !== null)
      ? [`${hasStars ? "* " : ""}${zh ? "价格未核实" : "price not verified"}`]
      : []),
    ...unpricedNotes(view, summaries, lang),
    ...(judge.length > 0
      ? [
          zh
            ? `裁判费用另计：${money(added(judge), lang)}`
            : `Judges, apart: ${money(added(judge), lang)}`,
        ]
      : []),
    ...(board.judging === null ? [] : judgeLines(board.judging, lang)),
    ...(board.reviews === null ? [] : agreementLines(board.reviews, lang)),
    ...(board.corrected === null ? [] : correctedLines(board.corrected, lang)),
    ...freshnessLines(board, lang),
    ...summaries.flatMap((each) => timesLines(nameOf(each, lang), each, lang)),
    ...endLines(view, lang),
  ];
}

/** A price counts from the run on in which it is stated: where there was none, how to have the costs all the same. */
function unpricedNotes(view: View, summaries: readonly Summary[], lang: Lang): readonly string[] {
  const unpriced = summaries.filter(({ target, baseline, origin, cost }) => {
    const entry = view.byRef.get(target)?.entry ?? null;
    return !baseline && origin === null && cost === null && entry !== null && entry.price === null;
  });
  if (unpriced.length === 0) return [];
  const names = unpriced.map((each) => nameOf(each, lang)).join(lang === "zh" ? "、" : ", ");
  return [
    lang === "zh"
      ? `${names}：费用未知，因为运行时没有写价格。写进 baimo.yaml 只对以后的运行有效；这次的用 reprice --prices 重算（reprice --sample 打印样例）`
      : `${names}: cost unknown, as no price was stated when it ran. One in baimo.yaml holds for later runs; reprice --prices bills this one (reprice --sample prints a sample)`,
  ];
}

/** How large a difference the board can show at all; nothing where no target is ranked. */
function resolutionNotes(board: Leaderboard, lang: Lang): readonly string[] {
  const { resolution, decimals, entries } = board;
  if (resolution === null || entries.every(({ rank }) => rank === null)) return [];
  if (resolution.difference >= 1) {
    return [
      lang === "zh"
        ? "题太少：本榜上的模型无论相差多少，都没有把握认出来。"
        : "Too few items: no difference between two models, however large, is sure to be found on this board.",
    ];
  }
  const size = fixed(resolution.difference * 100, Math.min(decimals, 1));
  const assumed = resolution.source === "assumed";
  return [
    lang === "zh"
      ? `本榜可分辨 ${size} 分：同一批题上，两个模型真相差这么多，100 次里有 80 次能认出来${assumed ? "（按一般情况估计）" : ""}。`
      : `This board resolves ${size} points: a true difference of that size between two models on these items is found in 80 of 100 cases${assumed ? " (estimated from usual figures)" : ""}.`,
  ];
}

function added(amounts: readonly { amount: number; currency: "CNY" | "USD" }[]) {
  const sums = new Map<"CNY" | "USD", number>();
  for (const { amount, currency } of amounts)
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

/** Times through a proxy include the proxy's, so they should not be compared with those of a direct run. */
function proxyNotes(view: View, lang: Lang): readonly string[] {
  const proxied = view.runs.flatMap(({ targets }) =>
    targets.flatMap(({ ref, network }) =>
      network?.proxy == null ? [] : [`${clean(ref)} (${clean(network.proxy)})`],
    ),
  );
  const list = [...new Set(proxied)].join(", ");
  if (list === "") return [];
  return [
    lang === "zh"
      ? `经代理测得，时间不能与直连的相比：${list}`
      : `Measured through a proxy, times not comparable with direct ones: ${list}`,
  ];
}
