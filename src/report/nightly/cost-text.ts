import type { Money } from "../../domain/money.ts";
import type { Lang } from "../../domain/text.ts";
import type { NightlyReport } from "./nightly.ts";
import type { TargetNight } from "./record.ts";

import { colon } from "../../domain/text.ts";
import { fixed, percent, seconds } from "../render/format.ts";

/** 费用：12.30 CNY（上限 20 CNY），3 次作答的费用未知；作答 7400/7409 次 */
export function costLine({ targets }: NightlyReport, budget: Money | null, lang: Lang): string {
  const zh = lang === "zh";
  const nights = targets.map(({ tonight }) => tonight);
  const sum = (value: (night: TargetNight) => number): number =>
    nights.reduce((total, night) => total + value(night), 0);
  const amounts = (["CNY", "USD"] as const)
    .map((currency) => [currency, sum(({ cost }) => cost[currency])] as const)
    .filter(([, amount]) => amount > 0)
    .map(([currency, amount]) => `${fixed(amount, 2)} ${currency}`);
  const paid = amounts.length === 0 ? "0" : amounts.join(" + ");
  const unknown = sum(({ cost }) => cost.unknown);
  const [planned, done] = [sum(({ plan }) => plan.answers), sum(({ plan }) => plan.done)];
  const most = budget === null ? null : `${budget.amount} ${budget.currency}`;
  return zh
    ? `费用：${paid}${most === null ? "" : `（上限 ${most}）`}${unknown > 0 ? `，另有 ${unknown} 次作答费用未知` : ""}；作答 ${done} 次，计划 ${planned} 次。`
    : `Cost: ${paid}${most === null ? "" : ` (at most ${most})`}${unknown > 0 ? `, and ${unknown} answers of unknown cost` : ""}; ${done} answers of ${planned} planned.`;
}

/** 总用时中位数自 2026-11-10 起为之前的 1.20 倍 */
export const latencyLines = ({ targets }: NightlyReport, lang: Lang): readonly string[] =>
  targets.flatMap(({ target, latency_changes }) => {
    const step = latency_changes.at(-1);
    if (step === undefined) return [];
    const ratio = fixed(step.ratio, 2);
    return lang === "zh"
      ? [`${target}：总用时中位数自 ${step.since_on} 起为之前的 ${ratio} 倍`]
      : [`${target}: the median total time is ${ratio} times as long since ${step.since_on}`];
  });

/** a/x：02:00 1.93 秒，没有回答 0.4%；10:00 … */
export function slotLines({ slots }: NightlyReport, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  return [...Map.groupBy(slots, ({ target }) => target)].map(([target, own]) => {
    const parts = own.map(({ slot, total_p50_ms, missing }) => {
      const time = total_p50_ms === null ? "—" : seconds(total_p50_ms);
      return zh
        ? `${slot} ${time} 秒，没有回答 ${percent(missing)}`
        : `${slot} ${time} s, ${percent(missing)} without an answer`;
    });
    return `${target}${colon[lang]}${parts.join(zh ? "；" : "; ")}`;
  });
}
