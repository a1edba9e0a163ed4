import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { ChangeVerdict, Comparison } from "./comparison.ts";
import type { SideCost } from "./costs/side-costs.ts";
import type { Ratio } from "./ratios.ts";

import { fixed, money, seconds } from "../render/format.ts";
import { type Changes, changesOf } from "./changes.ts";

const changes: Readonly<Record<ChangeVerdict, Text>> = {
  more: { zh: "增加", en: "more" },
  less: { zh: "减少", en: "less" },
  same: { zh: "不变", en: "same" },
  unclear: { zh: "不明", en: "unclear" },
  untrusted: { zh: "时间不可信", en: "times not trusted" },
  unlike: { zh: "并发不同", en: "other concurrency" },
};

/** What is shown of each side where the two make no ratio. */
type Alone = { readonly base: string; readonly new: string };

/** Times and cost of both sides, with the ratio of each; a cost that only one side has is shown alone. */
export function ratioTable(comparison: Comparison, lang: Lang): Table {
  const { ratios, paired } = comparison;
  const verdicts = changesOf(comparison);
  const zh = lang === "zh";
  const cost = (amount: number, currency = ratios.currency) =>
    money({ amount, currency: currency ?? "CNY" }, lang);
  const speed = (value: number) => fixed(value, 1);
  const row = (
    title: string,
    name: keyof Changes,
    show: (value: number) => string,
    alone: Alone = { base: "—", new: "—" },
  ) => {
    const ratio = ratios[name];
    return [
      title,
      ratio === null ? alone.base : show(ratio.base),
      ratio === null ? alone.new : show(ratio.new),
      ratio === null ? "—" : ratioText(ratio),
      changes[verdicts[name]][lang],
    ];
  };
  const alone = (name: "cost" | "cost_per_right"): Alone => {
    const shown = (side: SideCost | null) =>
      side === null || side[name] === null ? "—" : cost(side[name], side.currency);
    return { base: shown(ratios.side_costs.base), new: shown(ratios.side_costs.new) };
  };
  return {
    columns: [
      { title: zh ? "时间与费用" : "Time and cost" },
      { title: zh ? "基准" : "Base", align: "right", drop: 2 },
      { title: zh ? "新" : "New", align: "right", drop: 2 },
      { title: zh ? "比 (95% 区间)" : "Ratio (95% interval)", align: "right" },
      { title: zh ? "判断" : "Verdict", drop: 1 },
    ],
    rows: [
      row(zh ? "首字延迟 p50 (秒)" : "TTFT p50 (s)", "first_token_ms", seconds),
      row(zh ? "吐字速度 p50 (字符/秒)" : "Speed p50 (chars/s)", "speed", speed),
      row(costTitle(paired)[lang], "cost", cost, alone("cost")),
      row(zh ? "元/答对" : "Cost per correct", "cost_per_right", cost, alone("cost_per_right")),
    ],
  };
}

/** The items differ, so sums would mean nothing: each side's mean. */
const costTitle = (paired: boolean): Text =>
  paired ? { zh: "费用", en: "Cost" } : { zh: "费用/次作答", en: "Cost per answer" };

function ratioText({ ratio, interval }: Ratio): string {
  const bounds = interval === null ? "" : ` (${times(interval.low)}…${times(interval.high)})`;
  return `${times(ratio)}${bounds}`;
}

const times = (ratio: number): string => (Number.isFinite(ratio) ? `×${fixed(ratio, 2)}` : "×∞");

/** Why a ratio may differ from the quotient of the two medians beside it. */
export const ratioNote = ({ ratios, paired }: Comparison, lang: Lang): readonly string[] =>
  !paired || (ratios.first_token_ms === null && ratios.speed === null)
    ? []
    : [
        lang === "zh"
          ? "时间的“比”：同一题先相除，再取中位数，所以与两侧 p50 相除的结果不同。"
          : "Ratios of times: the median of each question's quotient, which is not the quotient of the two p50.",
      ];
