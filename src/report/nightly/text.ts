import type { Ack } from "../../domain/config.ts";
import type { Money } from "../../domain/money.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Judgement, ModelChange, NightlyReport, TargetHistory } from "./nightly.ts";
import type { ProbeSummary } from "./probe/summary.ts";

import { formats } from "../../domain/formats.ts";
import { colon } from "../../domain/text.ts";
import { alarmsPerMonth, firstCompared } from "../../stats/drift/drift.ts";
import { scoreText, signed } from "../render/format.ts";
import { markdownHeading, markdownLine, markdownList, renderMarkdown } from "../render/markdown.ts";
import { renderTerminal, terminalLines } from "../render/terminal.ts";
import { alarmLine, itemsLine } from "./alarm-text.ts";
import { alarmsOf } from "./alarms.ts";
import { costLine, latencyLines, slotLines } from "./cost-text.ts";
import { graderLines } from "./grader-change.ts";
import { fewMissingLines, missingLines, nightRemarks } from "./night-remarks.ts";
import { probeLines, probeOutageLines } from "./probe/text.ts";
import { swappedLines, troubleText } from "./trouble-text.ts";

/** What is said of a target's night. */
export const judgementWords: Readonly<Record<Judgement, Text>> = {
  unchanged: { zh: "无变化", en: "unchanged" },
  down: { zh: "下降", en: "down" },
  up: { zh: "上升", en: "up" },
  "looks down": { zh: "疑似下降（未复测）", en: "looks down (not re-measured)" },
  "looks up": { zh: "疑似上升（未复测）", en: "looks up (not re-measured)" },
  "too short": { zh: "历史不足", en: "history too short" },
  "not enough data": { zh: "数据不足", en: "not enough data" },
};

const order: readonly Judgement[] = [
  "unchanged",
  "down",
  "up",
  "looks down",
  "looks up",
  "too short",
  "not enough data",
];

/** The first line: 昨夜：31 个目标，29 无变化，1 下降，1 数据不足 */
export function nightlyHeadline({ targets }: NightlyReport, lang: Lang): string {
  const counts = order.flatMap((judgement) => {
    const count = targets.filter((each) => each.judgement === judgement).length;
    return count === 0 ? [] : [`${count} ${judgementWords[judgement][lang]}`];
  });
  return lang === "zh"
    ? `昨夜：${[`${targets.length} 个目标`, ...counts].join("，")}`
    : `Last night: ${[`${targets.length} targets`, ...counts].join(", ")}`;
}

/** What changed, one line per change. */
export function newsLines(report: NightlyReport, lang: Lang): readonly string[] {
  return [...changeLines(report, lang), ...shortLines(report, lang)];
}

/** From which night on a short history is compared. */
function shortLines({ targets }: NightlyReport, lang: Lang): readonly string[] {
  const short = targets.filter(({ judgement }) => judgement === "too short");
  if (short.length === 0) return [];
  const nights = Math.max(...short.map(({ scores }) => scores.length));
  const alike = Math.max(...short.map(({ drift }) => drift.window));
  const isWhole = alike + 1 >= nights;
  return lang === "zh"
    ? [
        `历史不足：从第 ${firstCompared} 夜起才与前几夜比较，现在是第 ${nights} 夜${isWhole ? "" : `，与今夜可比的只有前面 ${alike} 夜`}`,
      ]
    : [
        `History too short: nights are compared from the ${firstCompared}th on, this is night ${nights}${isWhole ? "" : `, and ${alike} earlier ones can be compared with it`}`,
      ];
}

function changeLines({ targets, date }: NightlyReport, lang: Lang): readonly string[] {
  return targets.flatMap((each) => {
    const { target, judgement, drift, model_changes } = each;
    const more =
      each.trouble !== null
        ? troubleText(each, lang)
        : deltaText(drift.delta, drift.interval, drift.window, lang);
    const moved =
      judgement === "unchanged" || judgement === "too short"
        ? []
        : [`${target}${colon[lang]}${judgementWords[judgement][lang]}${more}`];
    // Another model's name was told with the trouble.
    const answered = model_changes
      .filter((change) => change.date === date && change.what === "model_returned")
      .filter(() => each.trouble?.kind !== "rerouted")
      .map((change) => `${target}${colon[lang]}${modelText(change)}`);
    return [...moved, ...answered, ...swappedLines(each, lang)];
  });
}

/** Fingerprints change with every deployment of some vendors: one line for all of them. */
function fingerprintLines({ targets, date }: NightlyReport, lang: Lang): readonly string[] {
  const changed = targets.filter(({ model_changes }) =>
    model_changes.some((change) => change.date === date && change.what === "fingerprint"),
  );
  if (changed.length === 0) return [];
  const names = changed.slice(0, mostNamed).map(({ target }) => target);
  const list = names.join(lang === "zh" ? "、" : ", ");
  const isAll = changed.length === names.length;
  return lang === "zh"
    ? [`fingerprint 有变（厂商换了部署）：${list}${isAll ? "" : ` 等 ${changed.length} 个目标`}`]
    : [
        `Another fingerprint (another deployment of the vendor's): ${list}${isAll ? "" : ` and ${changed.length - names.length} more`}`,
      ];
}

const mostNamed = 3;

function deltaText(
  delta: number | null,
  interval: { readonly low: number; readonly high: number } | null,
  window: number,
  lang: Lang,
): string {
  if (delta === null || interval === null) return "";
  const bounds = `${signed(interval.low)}…${signed(interval.high)}`;
  return lang === "zh"
    ? `，锚题 ${signed(delta)} 分 (95% 区间 ${bounds}，近 ${window} 夜)`
    : `, anchors ${signed(delta)} points (95% interval ${bounds}, last ${window === 1 ? "night" : `${window} nights`})`;
}

const modelText = ({ what, before, after }: ModelChange): string =>
  `${what} ${before.join(", ")} → ${after.join(", ")}`;

function historyTable({ targets }: NightlyReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = "right" as const;
  return {
    columns: [
      { title: zh ? "目标" : "Target", shrink: 14 },
      { title: zh ? "判断" : "Verdict" },
      { title: zh ? "锚题 (95% 区间)" : "Anchors (95% interval)", align: right },
      { title: zh ? "差" : "Δ", align: right, drop: 2 },
      { title: zh ? "趋势/月 (95% 区间)" : "Trend/month (95% interval)", align: right, drop: 4 },
      { title: zh ? "变点" : "Changes", drop: 5 },
      { title: zh ? "新题 (95% 区间)" : "Fresh (95% interval)", align: right, drop: 3 },
      { title: zh ? "夜数" : "Nights", align: right, drop: 6 },
    ],
    rows: targets.map((each) => [
      `${each.target}${each.tonight.simulated ? (zh ? " [模拟]" : " [simulated]") : ""}`,
      judgementWords[each.judgement][lang],
      each.trouble !== null ? "—" : scoreText(each.tonight.anchor_score),
      each.drift.delta === null ? "—" : signed(each.drift.delta),
      trendText(each),
      each.changes.map(({ since_on, delta }) => `${since_on} ${signed(delta)}`).join("; ") || "—",
      each.tonight.fresh_score === null || each.trouble !== null
        ? "—"
        : scoreText(each.tonight.fresh_score),
      String(each.scores.length),
    ]),
  };
}

const trendText = ({ trend }: TargetHistory): string =>
  trend === null
    ? "—"
    : `${signed(trend.per_month)} (${signed(trend.interval.low)}…${signed(trend.interval.high)})`;

/** How the judgements were made. */
function methodLines(
  { nights, days, targets, level, seed }: NightlyReport,
  lang: Lang,
): readonly string[] {
  const same =
    days === nights
      ? { zh: "", en: "" }
      : {
          zh: `（在 ${days} 天里，同一天运行几次就算几夜）`,
          en: ` (on ${days} ${days === 1 ? "day" : "days"}: each run of a day counts as a night)`,
        };
  const drawn = seed === null ? "" : { zh: `（种子 ${seed}）`, en: ` (seed ${seed})` }[lang];
  return lang === "zh"
    ? [
        `漂移只看固定锚题；整张榜 ${targets.length} 个目标合计，每月误报不超过 ${alarmsPerMonth} 次（单次检验的显著性水平 ${level.toExponential(1)}）；共 ${nights} 夜${same.zh}。`,
        `新题每夜重新生成${drawn}，不配对，只作参考。`,
      ]
    : [
        `Drift is judged on the fixed anchor items alone; all ${targets.length} targets together raise at most ${alarmsPerMonth} false alarms a month (level ${level.toExponential(1)} each); ${nights} nights${same.en}.`,
        `Fresh items are generated anew each night${drawn}, unpaired, for information only.`,
      ];
}

/** What a page of the night shows beside the report itself. */
export type NightlyPage = {
  readonly acks: readonly Ack[];
  /** The most that the night was allowed to cost; null without a limit. */
  readonly budget: Money | null;
  /** What the probe around the clock saw; nothing where it did not run. */
  readonly probe: readonly ProbeSummary[];
};

export const nightlyTerminal = (
  report: NightlyReport,
  page: NightlyPage,
  lang: Lang,
  width: number,
): string =>
  [
    terminalLines([
      nightlyHeadline(report, lang),
      ...newsLines(report, lang),
      ...openLines(report, page.acks, lang),
      ...graderLines(report.graders, lang),
      ...fingerprintLines(report, lang),
    ]),
    "",
    renderTerminal(historyTable(report, lang), width),
    "",
    terminalLines([
      ...nightRemarks(report, lang),
      ...missingLines(report, lang),
      ...fewMissingLines(report, lang),
      costLine(report, page.budget, lang),
      ...probeLines(page.probe, lang),
      ...probeOutageLines(page.probe, lang),
      ...methodLines(report, lang),
    ]),
  ].join("\n");

/** The morning page: the first line, what changed, what was broken, what it cost, then the table and how it was judged. */
export function nightlyMarkdown(report: NightlyReport, page: NightlyPage, lang: Lang): string {
  const zh = lang === "zh";
  const broken = report.targets.filter(({ trouble }) => trouble !== null);
  const changed = report.targets.filter(({ trouble }) => trouble === null);
  const remarks = [...nightRemarks(report, lang), ...fewMissingLines(report, lang)];
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`### ${title}`, "", ...markdownList(lines), ""];
  return [
    markdownHeading(`${report.board} ${report.date}`),
    "",
    `**${markdownLine(nightlyHeadline(report, lang))}**`,
    "",
    ...section(zh ? "变化" : "What changed", [
      ...newsLines({ ...report, targets: changed }, lang),
      ...openLines(report, page.acks, lang),
      ...graderLines(report.graders, lang),
      ...fingerprintLines(report, lang),
    ]),
    ...section(zh ? "故障" : "What was broken", [
      ...newsLines({ ...report, targets: broken }, lang),
      ...missingLines(report, lang),
      ...probeOutageLines(page.probe, lang),
    ]),
    ...section(zh ? "费用与用时" : "Cost and time", [
      costLine(report, page.budget, lang),
      ...latencyLines(report, lang),
      ...slotLines(report, lang),
      ...probeLines(page.probe, lang),
    ]),
    `### ${zh ? "各目标" : "Targets"}`,
    "",
    renderMarkdown(historyTable(report, lang)),
    "",
    ...(remarks.length === 0 ? [] : [...markdownList(remarks), ""]),
    ...methodLines(report, lang).map(markdownLine),
    "",
    zh
      ? `数据：[${report.board}.json](${encodeURIComponent(report.board)}.json)`
      : `Data: [${report.board}.json](${encodeURIComponent(report.board)}.json)`,
    "",
  ].join("\n");
}

/** Declines of earlier nights that have not returned, and what returned tonight. */
export const openLines = (
  report: NightlyReport,
  acks: readonly Ack[],
  lang: Lang,
): readonly string[] =>
  alarmsOf(report, acks)
    .filter(({ closed_on }) => closed_on === null || closed_on === report.date)
    .flatMap((alarm) => {
      const isNew = alarm.change.found_on === report.date;
      return [
        alarmLine(alarm, report.date, lang),
        ...(isNew ? [itemsLine(alarm, lang)].flatMap((line) => line ?? []) : []),
      ];
    });

/** The report as data; anchors by item are left in the history. */
export const nightlyJson = (
  { targets, ...report }: NightlyReport,
  { probe }: Pick<NightlyPage, "probe"> = { probe: [] },
) => ({
  schema: formats.nightly,
  ...report,
  false_alarms_per_month: alarmsPerMonth,
  probe,
  targets: targets.map(({ tonight: { anchors: _anchors, second, ...tonight }, ...each }) => ({
    ...each,
    tonight: { ...tonight, measured_twice: second !== null },
  })),
});
