import type { Money } from "../../domain/money.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Percentile } from "../../stats/percentile.ts";
import type { Table } from "../render/table.ts";
import type { Summary } from "../score/summary.ts";
import type { ZeroReason } from "../score/zero-reasons.ts";
import type { ColumnRule } from "./column.ts";
import type { Entry, Leaderboard } from "./leaderboard.ts";

import { nameChangeOf } from "../asked/models.ts";
import { mismatchText, returnedText } from "../asked/text.ts";
import { unjudgedCell } from "../judges/missing-text.ts";
import {
  amountText,
  clean,
  count,
  fixed,
  money,
  percent,
  points,
  scoreText,
  seconds,
  targetName,
  unknown,
} from "../render/format.ts";
import { zeroReasons } from "../score/zero-reasons.ts";
import { cacheColumns, confidenceColumn, inFlightColumn, pairText } from "./column.ts";
import { hasTotal } from "./leaderboard.ts";
import { redLineMark } from "./red-line-text.ts";
import { doubtText, isAllMissing, zeroReasonWords } from "./remarks.ts";
import { circularCell, changedCell, spreadCell } from "./variants-text.ts";
import { commandMark, originMark, standingMark } from "./vendor-notes.ts";

const medals = ["🥇", "🥈", "🥉"];

/** A medal for the first three where the place is certain, "-" without a rank. */
const rankText = ({ rank, medal }: Entry): string =>
  rank === null ? "-" : ((medal ? medals[rank - 1] : undefined) ?? String(rank));

const shown = (verdict: keyof Summary["verdicts"], title: Text, drop: number): ColumnRule => ({
  title,
  align: "right",
  drop,
  when: ({ summary }) => summary.verdicts[verdict] > 0,
  cell: ({ summary }, _, lang) => count(summary.verdicts[verdict], lang),
});

const rules: readonly ColumnRule[] = [
  { title: { zh: "排名", en: "Rank" }, cell: rankText },
  {
    title: { zh: "模型", en: "Model" },
    shrink: 16,
    cell: ({ summary }, _, lang) => nameOf(summary, lang),
  },
  {
    title: { zh: "与请求不符", en: "Not as asked" },
    when: ({ summary }) => summary.not_as_asked.length > 0,
    cell: ({ summary }, _, lang) => mismatchText(summary, lang),
  },
  {
    title: { zh: "机构", en: "Vendor" },
    drop: 12,
    when: ({ summary }) => summary.vendor !== null && !summary.baseline,
    cell: ({ summary }, _, lang) => clean(summary.vendor?.[lang] ?? "—"),
  },
  {
    title: { zh: "效果分 (95% 区间)", en: "Score (95% interval)" },
    align: "right",
    cell: totalText,
  },
  {
    title: { zh: "缺答按错/对算", en: "Missing wrong/right" },
    align: "right",
    drop: 1,
    when: ({ summary: { shortfall } }) => shortfall !== null && !isAllMissing(shortfall),
    cell: ({ summary }, board) => boundsText(summary, board),
  },
  {
    title: { zh: "裁判缺判 (按 0/按 1 算)", en: "Unjudged (as 0/as 1)" },
    align: "right",
    drop: 1,
    when: ({ summary }) => summary.judge_missing !== null,
    cell: ({ summary }, { decimals }) => unjudgedCell(summary.judge_missing, decimals),
  },
  {
    title: { zh: "名次范围", en: "Rank range" },
    align: "right",
    drop: 13,
    when: ({ rank_range }) => rank_range !== null,
    cell: ({ rank_range }) =>
      rank_range === null ? "—" : [...new Set([rank_range.low, rank_range.high])].join("–"),
  },
  {
    title: { zh: "计分/计划", en: "n/N" },
    align: "right",
    drop: 6,
    cell: ({ summary }) => `${summary.counted}/${summary.planned}`,
  },
  {
    title: { zh: "覆盖率", en: "Coverage" },
    align: "right",
    drop: 14,
    cell: ({ summary }) => percent(summary.coverage),
  },
  {
    title: { zh: "选项轮换 平均/全对", en: "Circular mean/strict" },
    align: "right",
    drop: 3,
    when: ({ summary }) => summary.circular !== null,
    cell: ({ summary }, { decimals }) => circularCell(summary, decimals),
  },
  {
    title: { zh: "问法差 (95% 区间)", en: "Wording spread (95% interval)" },
    align: "right",
    drop: 16,
    when: ({ summary }) => summary.wordings !== null,
    cell: ({ summary }, { decimals }) => spreadCell(summary, decimals),
  },
  {
    title: { zh: "随问法变", en: "Changed by wording" },
    align: "right",
    drop: 19,
    when: ({ summary }) => summary.wordings !== null,
    cell: ({ summary }) => changedCell(summary),
  },
  confidenceColumn,
  shown("unresolved", { zh: "未解析", en: "Unresolved" }, 8),
  shown("failed", { zh: "失败", en: "Failed" }, 5),
  shown("filtered", { zh: "过滤", en: "Filtered" }, 7),
  shown("overflow", { zh: "超长", en: "Overflow" }, 9),
  shown("ungraded", { zh: "未判", en: "Ungraded" }, 9),
  ...zeroReasons.filter((reason) => reason !== "filtered" && reason !== "overflow").map(zeroColumn),
  {
    title: { zh: "首字延迟 p50/p95 (秒)", en: "TTFT p50/p95 (s)" },
    align: "right",
    drop: 2,
    when: ({ summary }) => summary.first_token_ms !== null,
    cell: ({ summary }) => pairText(summary.first_token_ms),
  },
  inFlightColumn,
  ...cacheColumns,
  {
    title: { zh: "首个答案字 p50 (秒)", en: "TTFA p50 (s)" },
    align: "right",
    drop: 21,
    when: ({ summary }) => thinks(summary),
    cell: ({ summary }) => seconds(summary.first_answer_ms?.p50.value ?? null),
  },
  {
    title: { zh: "思考时间 p50 (秒)", en: "Thinking p50 (s)" },
    align: "right",
    drop: 22,
    when: ({ summary }) => summary.thinking_ms !== null,
    cell: ({ summary }) => seconds(summary.thinking_ms?.p50.value ?? null),
  },
  {
    title: { zh: "整答耗时 p50/p95 (秒)", en: "Total p50/p95 (s)" },
    align: "right",
    drop: 20,
    when: ({ summary }) => summary.total_ms !== null,
    cell: ({ summary }) => pairText(summary.total_ms),
  },
  {
    title: { zh: "吐字速度 (字符/秒)", en: "Speed (chars/s)" },
    align: "right",
    drop: 4,
    when: ({ summary }) => summary.speed !== null,
    cell: ({ summary }) => speedText(summary.speed?.p50),
  },
  {
    title: { zh: "首次成功率", en: "First-try success" },
    align: "right",
    drop: 11,
    when: ({ summary }) => summary.first_ok !== null,
    cell: ({ summary }) => percent(summary.first_ok?.share ?? null),
  },
  {
    title: { zh: "tokens 入/出", en: "Tokens in/out" },
    align: "right",
    drop: 15,
    when: wasAsked,
    cell: (entry, _, lang) => (wasAsked(entry) ? tokensText(entry.summary, lang) : "—"),
  },
  {
    title: { zh: "费用", en: "Cost" },
    align: "right",
    drop: 3,
    when: wasAsked,
    cell: ({ summary }, _, lang) => costText(summary, lang),
  },
  costPer("thousand_calls", { zh: "元/千次", en: "CNY/1k calls" }, 10),
  costPer("ten_thousand_words", { zh: "元/万字", en: "CNY/10k 字" }, 17),
  costPer("right", { zh: "元/答对", en: "CNY/correct" }, 1),
  costPer("million_tokens", { zh: "元/百万tokens", en: "CNY/1M tokens" }, 18),
  {
    title: { zh: "用量", en: "Usage" },
    drop: 23,
    when: ({ summary }) => summary.usage_doubt !== null,
    cell: ({ summary }, _, lang) => usageText(summary, lang),
  },
  {
    title: { zh: "返回的模型名", en: "Model returned" },
    drop: 24,
    when: ({ summary }) => nameChangeOf(summary) !== "none",
    cell: ({ summary }, _, lang) => returnedText(summary, lang) || "—",
  },
];

/** The leaderboard as a table of texts. Columns that would be empty for every target are left out. */
export function leaderboardTable(board: Leaderboard, lang: Lang): Table {
  const kept = rules.filter(({ when }) => when === undefined || board.entries.some(when));
  return {
    columns: kept.map(({ title, cell: _cell, when: _when, ...column }) =>
      Object.assign(column, { title: title[lang] }),
    ),
    rows: board.entries.map((entry) => kept.map(({ cell }) => cell(entry, board, lang))),
  };
}

export const nameOf = (
  { target, simulated, standing, origin, proof }: Summary,
  lang: Lang,
): string =>
  targetName(target, simulated, lang) +
  originMark(origin, lang) +
  standingMark(standing, lang) +
  commandMark(proof, lang);

function totalText(entry: Entry, board: Leaderboard, lang: Lang): string {
  const { summary, unranked } = entry;
  const { decimals } = board;
  if (summary.score.value === null || !hasTotal(board)) return "—";
  const partial = unranked === "partial" ? (lang === "zh" ? "部分 " : "partial ") : "";
  return `${redLineMark(entry, lang)}${partial}${scoreText(summary.score, decimals)}`;
}

function boundsText({ shortfall }: Summary, { decimals, missing }: Leaderboard): string {
  if (shortfall === null || shortfall.bounds === null || missing.length > 0) return "—";
  if (isAllMissing(shortfall)) return "—";
  const { low, high } = shortfall.bounds;
  return `${points(low, decimals)}–${points(high, decimals)}`;
}

function zeroColumn(reason: ZeroReason, place: number): ColumnRule {
  return {
    title: zeroReasonWords[reason],
    align: "right",
    drop: 25 + place,
    when: ({ summary }) => summary.zero_reasons[reason] > 0,
    cell: ({ summary }, _, lang) => count(summary.zero_reasons[reason], lang),
  };
}

const speedText = (speed: Percentile | undefined): string =>
  speed === undefined ? "—" : fixed(speed.value, speed.value < 100 ? 1 : 0);

function thinks({ first_token_ms, first_answer_ms }: Summary): boolean {
  if (first_token_ms === null || first_answer_ms === null) return false;
  return first_answer_ms.p50.value > first_token_ms.p50.value * 1.05;
}

function wasAsked({ summary }: Entry): boolean {
  return summary.cost === null || summary.cost.length > 0;
}

function tokensText({ tokens, usage_doubt }: Summary, lang: Lang): string {
  const mark = usage_doubt === null ? "" : "?";
  return `${count(tokens.input, lang)}/${count(tokens.output, lang)}${mark}`;
}

function usageText(summary: Summary, lang: Lang): string {
  if (summary.usage_doubt === null) return "—";
  const why = doubtText(summary, lang);
  return lang === "zh" ? `不可信：${why}` : `doubtful: ${why}`;
}

function costText({ cost, cost_incomplete, unverified_price }: Summary, lang: Lang): string {
  const mark = unverified_price && cost !== null ? "*" : "";
  return `${cost_incomplete && cost !== null ? "≥" : ""}${money(cost, lang)}${mark}`;
}

function costPer(name: keyof Summary["cost_per"], title: Text, drop: number): ColumnRule {
  return {
    title,
    align: "right",
    drop,
    when: wasAsked,
    cell: ({ summary }, _, lang) => perText(summary, summary.cost_per[name], lang),
  };
}

/** The heading already says yuan, so only other currencies carry their sign. */
function perText(summary: Summary, amount: Money | null, lang: Lang): string {
  if (amount !== null) {
    const least = summary.cost_incomplete ? "≥" : "";
    const star = summary.unverified_price ? "*" : "";
    return `${least}${amount.currency === "CNY" ? amountText(amount.amount) : money(amount, lang)}${star}`;
  }
  return summary.cost === null ? unknown[lang] : "—";
}
