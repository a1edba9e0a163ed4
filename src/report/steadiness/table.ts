import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Availability } from "./availability.ts";
import type { SteadinessReport, TargetSteadiness } from "./steadiness.ts";

import { count, fixed, percent, seconds, targetName } from "../render/format.ts";
import { lengthOf } from "./outages.ts";

/** A row a target: both availabilities with their intervals, first tries, times, outages. */
export function steadinessTable({ targets, period }: SteadinessReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = "right" as const;
  const total = period.until - period.first;
  return {
    columns: [
      { title: zh ? "目标" : "Target", shrink: 14 },
      {
        title: zh ? "可用率 用户口径 (95% 区间)" : "Available, user (95% interval)",
        align: right,
      },
      { title: zh ? "SLA 口径 (95% 区间)" : "SLA rule (95% interval)", align: right, drop: 2 },
      { title: zh ? "首次成功" : "First try", align: right, drop: 3 },
      { title: zh ? "中断" : "Outages", align: right, drop: 1 },
      { title: zh ? "首字 p50 (秒)" : "TTFT p50 (s)", align: right, drop: 5 },
      { title: zh ? "p95 (秒)" : "p95 (s)", align: right, drop: 4 },
      { title: zh ? "p95/p50" : "p95/p50", align: right, drop: 4 },
      { title: zh ? "看到的窗口" : "Windows seen", align: right, drop: 6 },
    ],
    rows: targets.map((each) => [
      targetName(each.target, each.simulated, lang),
      availabilityText(each.user),
      availabilityText(each.sla),
      percent(each.first_try.value),
      outageText(each, lang),
      `${seconds(each.times.p50)}${each.timed === "total" ? "*" : ""}`,
      seconds(each.times.p95),
      tailText(each),
      `${count(each.windows, lang)} (${percent(each.windows / total)})`,
    ]),
  };
}

/** `99.53% (98.80–99.82)` */
function availabilityText({ value, interval }: Availability): string {
  const shown = percent(value, 2);
  if (interval === null || value === null) return shown;
  return `${shown} (${fixed(interval.low * 100, 2)}–${fixed(interval.high * 100, 2)})`;
}

function tailText({ tail }: TargetSteadiness): string {
  if (tail === null) return "—";
  return Number.isFinite(tail.value) ? fixed(tail.value, 1) : "∞";
}

/** `1 次, 至少 40 分` */
function outageText({ outages }: TargetSteadiness, lang: Lang): string {
  if (outages.length === 0) return "0";
  const minutes = outages.reduce((sum, each) => sum + lengthOf(each) * 5, 0);
  return lang === "zh"
    ? `${outages.length} 次，至少 ${lengthText(minutes, lang)}`
    : `${outages.length}, ≥ ${lengthText(minutes, lang)}`;
}

/** 2 小时 20 分 of 140 minutes. */
function lengthText(minutes: number, lang: Lang): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const [h, m] = lang === "zh" ? [" 小时", " 分"] : [" h", " min"];
  const parts = [...(hours > 0 ? [`${hours}${h}`] : []), ...(rest > 0 ? [`${rest}${m}`] : [])];
  return parts.length === 0 ? `0${m}` : parts.join(" ");
}
