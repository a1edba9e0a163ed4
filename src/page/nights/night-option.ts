import type { EChartsCoreOption } from "echarts/core";

import type { Lang, Text } from "../../domain/text.ts";
import type { NightPoint, TargetNights } from "../../report/page/nights.ts";

import { signed } from "../../report/render/format.ts";

export const nightKinds = {
  score: { zh: "得分", en: "Score" },
  times: { zh: "延迟 (秒)", en: "Times (s)" },
  cost: { zh: "每千次作答费用", en: "Cost per 1,000 answers" },
  price: { zh: "单价（每百万 tokens）", en: "Price per million tokens" },
} as const satisfies Readonly<Record<string, Text>>;
export type NightKind = keyof typeof nightKinds;

type Line = {
  readonly name: Text;
  readonly value: (point: NightPoint, at: number) => number | null;
  /** A price holds until the next one. */
  readonly step?: "end";
};

/** The chart of one target over its nights. Nights of trouble are gaps, with a grey ground where the score is shown. */
export function nightOption(target: TargetNights, kind: NightKind, lang: Lang): EChartsCoreOption {
  const { points: own } = target;
  const lines = linesOf(target)[kind];
  const dates = own.map((point, at) => point?.date ?? `— ${at + 1}`);
  const series = lines.map(({ name, value, step }, number) => ({
    type: "line",
    name: name[lang],
    symbolSize: 5,
    step: step ?? false,
    data: own.map((point, at) => (point === null ? null : value(point, at))),
    ...(number === 0 ? marksOf(target, kind, lang) : {}),
  }));
  return {
    grid: { left: 56, right: 28, top: 34, bottom: 34 },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: dates, boundaryGap: true },
    yAxis: {
      type: "value",
      scale: kind !== "price" && kind !== "cost",
      name: nightKinds[kind][lang],
    },
    series: kind === "score" ? [...series, ...bandOf(own)] : series,
  };
}

/** Names of the lines, for a legend. */
export const lineNames = (target: TargetNights, kind: NightKind): readonly Text[] =>
  linesOf(target)[kind].map(({ name }) => name);

function linesOf({
  points: own,
  prices,
}: TargetNights): Readonly<Record<NightKind, readonly Line[]>> {
  const inPoints = (share: number | null): number | null =>
    share === null ? null : Math.round(share * 1_000) / 10;
  const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);
  const priceAt = (at: number, side: "input" | "output"): number | null => {
    const day = own[at]?.date ?? "";
    return prices.findLast(({ date }) => date <= day)?.price?.tiers[0]?.[side] ?? null;
  };
  return {
    score: [
      { name: { zh: "得分", en: "Score" }, value: ({ value }) => inPoints(value) },
      { name: { zh: "可比水平", en: "Level" }, value: ({ level }) => inPoints(level) },
    ],
    times: [
      {
        name: { zh: "首字延迟 p50", en: "TTFT p50" },
        value: ({ first_token_ms }) => inSeconds(first_token_ms),
      },
      { name: { zh: "整答 p50", en: "Total p50" }, value: ({ total_ms }) => inSeconds(total_ms) },
    ],
    cost: [
      {
        name: nightKinds.cost,
        value: ({ cost_per_thousand: cost }) => cost?.amount ?? null,
      },
    ],
    price: [
      { name: { zh: "输入", en: "Input" }, value: (_, at) => priceAt(at, "input"), step: "end" },
      { name: { zh: "输出", en: "Output" }, value: (_, at) => priceAt(at, "output"), step: "end" },
    ],
  };
}

/** The interval as a pale band: its lower bound, which is not drawn, and its width on top of it. */
const bandOf = (own: readonly (NightPoint | null)[]) => {
  const band = {
    type: "line",
    stack: "band",
    symbol: "none",
    silent: true,
    tooltip: { show: false },
    lineStyle: { opacity: 0 },
  };
  const low = own.map((point) => (point?.low == null ? null : point.low * 100));
  const wide = own.map((point) =>
    point?.low == null || point.high === null ? null : (point.high - point.low) * 100,
  );
  return [
    { ...band, data: low },
    { ...band, data: wide, areaStyle: { color: "#808080", opacity: 0.18 } },
  ];
};

/** Upright lines where the level, the model's name or the price changed; grey ground under nights that do not count. */
function marksOf(target: TargetNights, kind: NightKind, lang: Lang) {
  const { points: own, changes, model_changes, prices } = target;
  const line = (at: number, text: string, type: "solid" | "dotted") => ({
    xAxis: at,
    lineStyle: { type, width: type === "solid" ? 2 : 1 },
    // In the line's own colour, which is read on a dark ground too.
    label: { formatter: text, position: "end", color: "inherit", textBorderWidth: 0 },
  });
  const priced = prices.slice(1).map(({ date }) => own.findIndex((point) => point?.date === date));
  return {
    markLine: {
      symbol: "none",
      silent: true,
      animation: false,
      data: [
        ...(kind === "score" ? changes : []).map(({ at, delta }) =>
          line(at, `${delta < 0 ? "▼" : "▲"} ${signed(delta)}`, "solid"),
        ),
        ...(kind === "cost" || kind === "price" ? priced : []).map((at) => line(at, "¥", "dotted")),
        ...model_changes.map((at) => line(at, { zh: "⚑ 型号", en: "⚑ model" }[lang], "dotted")),
      ],
    },
    markArea: {
      silent: true,
      itemStyle: { color: "#808080", opacity: 0.22 },
      data: own.flatMap((point, at) =>
        point?.trouble == null
          ? []
          : [[{ xAxis: Math.max(0, at - 1) }, { xAxis: Math.min(own.length - 1, at + 1) }]],
      ),
    },
  };
}
