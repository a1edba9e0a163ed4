import type { Lang } from "../../domain/text.ts";
import type { SteadinessReport, TargetSteadiness } from "./steadiness.ts";

import { formats } from "../../domain/formats.ts";
import { failedMeetings } from "../../domain/nights/meeting.ts";
import { colon } from "../../domain/text.ts";
import { count, percent, seconds, targetName } from "../render/format.ts";
import { markdownHeading, markdownLine, markdownList, renderMarkdown } from "../render/markdown.ts";
import { renderTerminal, terminalLines } from "../render/terminal.ts";
import { steadinessFigures } from "./figure.ts";
import { coverageText, steadinessHeadline } from "./headline.ts";
import { eventsOf, meetingWords } from "./naming.ts";
import { dateOfDay, momentOf } from "./period.ts";
import { falseNaming } from "./steadiness.ts";
import { steadinessTable } from "./table.ts";

export const steadinessTerminal = (report: SteadinessReport, lang: Lang, width: number): string =>
  [
    terminalLines([steadinessHeadline(report, lang)]),
    "",
    renderTerminal(steadinessTable(report, lang), width),
    "",
    terminalLines([...targetLines(report, lang), ...methodLines(report, lang)]),
  ].join("\n");

export const steadinessMarkdown = (report: SteadinessReport, lang: Lang): string =>
  [
    markdownHeading(titleOf(report, lang)),
    "",
    `**${markdownLine(steadinessHeadline(report, lang))}**`,
    "",
    renderMarkdown(steadinessTable(report, lang)),
    "",
    ...markdownList(targetLines(report, lang)),
    "",
    ...methodLines(report, lang).map(markdownLine),
    "",
  ].join("\n");

export const titleOf = ({ period: { from, to } }: SteadinessReport, lang: Lang): string =>
  lang === "zh" ? `稳定性，${from} 到 ${to}` : `Steadiness, ${from} to ${to}`;

/** What happened to each target, how its calls failed, and its slowest hour. */
export const targetLines = (report: SteadinessReport, lang: Lang): readonly string[] =>
  report.targets.flatMap((target) => {
    const name = `${targetName(target.target, target.simulated, lang)}${colon[lang]}`;
    return [
      ...eventLines(target, lang).map((line) => `${name}${line}`),
      `${name}${errorsText(target, lang)}${slowestText(target, lang)}`,
      ...leftOutLines(target, lang).map((line) => `${name}${line}`),
    ];
  });

/** Things that are told of one target at most. */
const mostEvents = 6;

function eventLines(target: TargetSteadiness, lang: Lang): readonly string[] {
  const events = eventsOf(target);
  const more = events.length - mostEvents;
  return [
    ...events.slice(0, mostEvents).map(({ text }) => `${text[lang]}${lang === "zh" ? "。" : "."}`),
    ...(more <= 0
      ? []
      : [
          lang === "zh"
            ? `另有 ${more} 件，--json 里都有。`
            : `${more} more, all of them in --json.`,
        ]),
  ];
}

/** 4433 次尝试中 155 次失败（服务器出错 155） */
function errorsText({ attempts, met }: TargetSteadiness, lang: Lang): string {
  const zh = lang === "zh";
  const came = failedMeetings.filter((kind) => met[kind] > 0).toSorted((a, b) => met[b] - met[a]);
  const failed = came.reduce((sum, kind) => sum + met[kind], 0);
  const kinds = came
    .map((kind) => `${meetingWords[kind][lang]} ${count(met[kind], lang)}`)
    .join(zh ? "、" : ", ");
  const [all, lost] = [count(attempts, lang), count(failed, lang)];
  if (failed === 0) return zh ? `${all} 次尝试都有回答。` : `all ${all} attempts were answered.`;
  return zh
    ? `${all} 次尝试中 ${lost} 次失败（${kinds}）。`
    : `${lost} of ${all} attempts failed (${kinds}).`;
}

function slowestText({ by_hour, timed }: TargetSteadiness, lang: Lang): string {
  const known = by_hour.flatMap(({ part, p95 }) => (p95 === null ? [] : [{ part, p95 }]));
  const [slowest] = known.toSorted((a, b) => b.p95 - a.p95);
  if (slowest === undefined || known.length < 2) return "";
  const hour = String(slowest.part).padStart(2, "0");
  const time = seconds(slowest.p95);
  return lang === "zh"
    ? `${timed === "total" ? "整答耗时" : "首字延迟"} p95 最长的是 ${hour} 时，${time} 秒。`
    : ` The longest p95 of the ${timed === "total" ? "total time" : "TTFT"} is that of ${hour}:00, ${time} s.`;
}

/** Windows that do not count, and calls that say nothing. */
function leftOutLines(
  { own_network, maintenance, met }: TargetSteadiness,
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  return [
    ...(own_network === 0
      ? []
      : [
          zh
            ? `${own_network} 个窗口里几家厂商同时连不上，算我方网络故障，不计。`
            : `in ${own_network} windows several vendors could not be reached at once: our own network, left out.`,
        ]),
    ...(maintenance === 0
      ? []
      : [
          zh
            ? `${maintenance} 个窗口的报错写明是维护，SLA 口径不计，用户口径照计。`
            : `in ${maintenance} windows the errors said maintenance: left out of the SLA rule, not of the user's.`,
        ]),
    ...(met.refused === 0
      ? []
      : [
          zh
            ? `${count(met.refused, lang)} 次尝试因密钥、账户或请求本身被拒，两种口径都不计。`
            : `${count(met.refused, lang)} attempts were refused for key, account or request: left out of both rules.`,
        ]),
  ];
}

/** What was seen, and how figures and names came about. */
export function methodLines(report: SteadinessReport, lang: Lang): readonly string[] {
  const { hours, period, targets, without_windows } = report;
  const zh = lang === "zh";
  const rate = percent(falseNaming);
  const sampled = hours.length < 24;
  return [
    zh
      ? `${period.from} 到 ${period.to}（北京时间）；${coverageText(report, lang)}。区间说的是整段时间：没看到的窗口按看到的推算${sampled ? `，而探测只在 ${hoursList(hours, "、")} 时，其余钟点没有数据` : ""}。`
      : `${period.from} to ${period.to} (Beijing); ${coverageText(report, lang)}. Intervals are of the whole period: windows not seen are taken to be like those seen${sampled ? `, and there were probes at the hours ${hoursList(hours, ", ")} alone: nothing is known of others` : ""}.`,
    zh
      ? "SLA 口径：每五分钟窗口的 5xx 占比，4xx（含 429）和没有状态码的不计；用户口径：限流、超时、连不上、空回复都算失败。"
      : "SLA rule: share of 5xx in windows of five minutes, 4xx (429 too) and what has no status left out. User: throttling, timeouts, no connection and empty replies are failures.",
    zh
      ? `慢时段、星期几与变慢：一个平稳的月里，${targets.length} 个目标合计误点名的概率不超过 ${rate}。${hours.length < 2 ? "只在一个钟点探测过，无从比较时段。" : ""}`
      : `Slow hours, days of the week and steps: at most ${rate} of steady months name any, all ${targets.length} targets together.${hours.length < 2 ? " Probes at one hour of the day alone cannot be compared." : ""}`,
    ...(targets.some(({ timed }) => timed === "total")
      ? [
          zh
            ? "* 没有流式的首字，用的是整答耗时。"
            : "* No first token is seen without streaming: the total time.",
        ]
      : []),
    ...(without_windows === 0
      ? []
      : [
          zh
            ? `${without_windows} 份记录里没有按窗口的计数（早先的版本所写，或批量提交），没有计入；运行文件还在时，baimo nightly --rebuild 可以补上。`
            : `${without_windows} records hold no counts by window (written by an earlier version, or handed in as a batch) and are not in these figures; baimo nightly --rebuild adds them while the run files are there.`,
        ]),
  ];
}

/** 2, 10, 14–16 */
function hoursList(hours: readonly number[], comma: string): string {
  const spans: [number, number][] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === hour - 1) last[1] = hour;
    else spans.push([hour, hour]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(comma);
}

/** The report as data: windows are named by the time at which they begin, in Beijing. */
export const steadinessJson = (report: SteadinessReport) => ({
  schema: formats.steadiness,
  headline: {
    zh: steadinessHeadline(report, "zh"),
    en: steadinessHeadline(report, "en"),
  },
  from: report.period.from,
  to: report.period.to,
  windows: report.period.until - report.period.first,
  hours: report.hours,
  without_windows: report.without_windows,
  false_naming: falseNaming,
  figures: steadinessFigures(report),
  targets: report.targets.map((target) => ({
    ...target,
    outages: target.outages.map((outage) => ({
      ...outage,
      from: stampOf(outage.from),
      to: stampOf(outage.to),
      worked_until: outage.worked_until === null ? null : stampOf(outage.worked_until),
      works_from: outage.works_from === null ? null : stampOf(outage.works_from),
    })),
    steps: target.steps.map((step) => ({ ...step, day: dateOfDay(step.day) })),
    slow_spells: target.slow_spells.map((spell) => ({ ...spell, day: dateOfDay(spell.day) })),
    calendar: target.calendar.map((hour) => ({ ...hour, day: dateOfDay(hour.day) })),
  })),
});

function stampOf(window: number): string {
  const { date, clock } = momentOf(window);
  return `${date}T${clock}+08:00`;
}
