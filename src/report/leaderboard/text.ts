import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";
import type { Entry, Leaderboard, Unranked } from "./leaderboard.ts";

import { judgeLines, battleTable } from "../judges/text.ts";
import { agreementLines } from "../people/agreement.ts";
import { clean, duration, fixed, money, percent, points } from "../render/format.ts";
import { plain } from "../render/plain.ts";
import { columnsThatFit, renderTerminal } from "../render/terminal.ts";
import { wrap } from "../render/width.ts";
import { leaderboardTable, nameOf } from "./table.ts";
import { circularLines, wordingLines } from "./variants-text.ts";

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
    wrapped ? wrap(plain(line), width) : [plain(line)];
  const room = wide ? Number.POSITIVE_INFINITY : width;
  const hidden = table.columns.length - columnsThatFit(table, room).length;
  const more =
    lang === "zh" ? `另有 ${hidden} 列，用 --wide 显示` : `${hidden} more columns with --wide`;
  return [
    ...headingOf(board),
    ...told(conclusion(board, lang)),
    "",
    renderTerminal(table, room),
    "",
    ...(board.judging?.pairs == null
      ? []
      : [renderTerminal(battleTable(board.judging.pairs, lang), room), ""]),
    ...footer(view, board, lang).flatMap(told),
    ...(hidden > 0 ? [more] : []),
  ].join("\n");
}

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
    rows: board.dimensions.map(({ path, scores }) => [
      `${"　".repeat(path.length - 1)}${clean(path.at(-1) ?? "")}`,
      ...scores.map(({ value }) => points(value, board.decimals)),
    ]),
  };
}

const headingOf = ({ title }: Leaderboard): readonly string[] =>
  title === null ? [] : [clean(title), ""];

/** What the table says, in a sentence or two. */
export function conclusion(board: Leaderboard, lang: Lang): string {
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
    ? `${name} 得 ${score} 分，暂列第一；与 ${names.join("、")}${more === "" ? " " : more}的区间重叠，凭这些题还分不出高下。`
    : `${name} scores highest with ${score}, but its interval overlaps with ${names.join(", ")}${more}: these items cannot tell them apart.`;
}

function nothingRanked({ entries }: Leaderboard, lang: Lang): string {
  if (entries.length === 0) return lang === "zh" ? "没有任何目标。" : "There is no target.";
  return lang === "zh"
    ? "没有目标可以排名，原因见表下。"
    : "No target can be ranked; see below why.";
}

const reasons: Readonly<Record<Unranked, { readonly zh: string; readonly en: string }>> = {
  baseline: { zh: "基线，不参与排名", en: "a baseline, not ranked" },
  reference: { zh: "参照，不参与排名", en: "a reference, not ranked" },
  coverage: { zh: "覆盖率不足，不排名", en: "coverage too low, not ranked" },
  partial: {
    zh: "缺少部分维度的成绩，没有总分",
    en: "some dimensions have no score, so there is no total",
  },
  nothing: { zh: "没有可计分的回答", en: "no answer counts" },
  红线: { zh: "答错红线题，一票否决", en: "wrong on a red-line item, vetoed" },
};

/** Remarks below the table: who is not ranked and why, money, and whether the times can be trusted. */
export function footer(view: View, board: Leaderboard, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const summaries = board.entries.map(({ summary }) => summary);
  const judge = summaries.flatMap(({ judge_cost }) => judge_cost);
  return [
    ...unrankedNotes(board.entries, lang),
    ...summaries.flatMap((each) => circularLines(nameOf(each, lang), each, board.decimals, lang)),
    ...summaries.flatMap((each) => wordingLines(nameOf(each, lang), each, board.decimals, lang)),
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
    ...(summaries.some(({ cost, unverified_price }) => unverified_price && cost !== null)
      ? [zh ? "* 价格未核实" : "* price not verified"]
      : []),
    ...(judge.length > 0
      ? [
          zh
            ? `裁判费用另计：${money(added(judge), lang)}`
            : `Judges, apart: ${money(added(judge), lang)}`,
        ]
      : []),
    ...(board.judging === null ? [] : judgeLines(board.judging, lang)),
    ...(board.reviews === null ? [] : agreementLines(board.reviews, lang)),
    ...view.ends.map((end, index) => endText(end, view.runs[index]?.id ?? "", lang)),
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

function unrankedNotes(entries: readonly Entry[], lang: Lang): readonly string[] {
  return entries.flatMap(({ summary, unranked }) => {
    if (unranked === null) return [];
    const more = unrankedDetail(summary, unranked, lang);
    return [`${nameOf(summary, lang)}: ${reasons[unranked][lang]}${more}`];
  });
}

/** The names of what is missing or was wrong. */
function unrankedDetail(summary: Summary, unranked: Unranked, lang: Lang): string {
  if (unranked === "coverage") return ` (${percent(summary.coverage)})`;
  const names = unranked === "红线" ? summary.red_line_suites : summary.score.lacking;
  if ((unranked !== "红线" && unranked !== "partial") || names.length === 0) return "";
  return lang === "zh" ? `（${names.join("、")}）` : ` (${names.join(", ")})`;
}

const statuses: Readonly<Record<EndLine["status"], { readonly zh: string; readonly en: string }>> =
  {
    complete: { zh: "完成", en: "complete" },
    interrupted: { zh: "中断", en: "interrupted" },
    budget: { zh: "预算用尽", en: "stopped by its budget" },
    failed: { zh: "失败过多而停止", en: "stopped by failures" },
  };

function endText(end: EndLine | null, run: string, lang: Lang): string {
  const zh = lang === "zh";
  if (end === null) {
    return zh
      ? `${run}：尚未结束，以上是目前的结果。`
      : `${run}: not ended; these are the results so far.`;
  }
  const took = duration(end.wall_ms, lang);
  const trust = end.loop.trusted
    ? zh
      ? "本机负载正常，时间可信"
      : "this machine kept up, so the times can be trusted"
    : zh
      ? "本机过忙，时间不可信"
      : "this machine was too busy, so the times cannot be trusted";
  const load = loadText(end.loop, lang);
  return zh
    ? `${run}：${statuses[end.status].zh}，用时 ${took}；${trust}（${load}）。`
    : `${run}: ${statuses[end.status].en} in ${took}; ${trust} (${load}).`;
}

/** What the verdict on the times is based on. */
function loadText(loop: EndLine["loop"], lang: Lang): string {
  const { utilisation, lag_p99_ms, send_lag_p50_ms } = loop;
  const sent = send_lag_p50_ms === null ? null : fixed(send_lag_p50_ms, 1);
  const parts =
    lang === "zh"
      ? [
          `事件循环占用 ${percent(utilisation, 0)}`,
          `滞后 p99 ${fixed(lag_p99_ms, 1)} 毫秒`,
          ...(sent === null ? [] : [`发送滞后 p50 ${sent} 毫秒`]),
        ]
      : [
          `event loop ${percent(utilisation, 0)} busy`,
          `lag p99 ${fixed(lag_p99_ms, 1)} ms`,
          ...(sent === null ? [] : [`send lag p50 ${sent} ms`]),
        ];
  return parts.join(lang === "zh" ? "，" : ", ");
}
