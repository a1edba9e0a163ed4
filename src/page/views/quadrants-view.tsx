import type { CustomSeriesRenderItemAPI } from "echarts";
import { useMemo } from "react";

import type { TargetFigures } from "../../report/page/figures.ts";
import type { ShownReport } from "../data/page-data.ts";

import { points } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { coloursOf, symbols } from "../parts/colours.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Legend } from "../parts/legend.tsx";
import { logScale } from "../parts/log-scale.ts";
import { Folded, View } from "../parts/section.tsx";
import { words } from "../words.ts";

type Dot = {
  readonly figures: TargetFigures;
  readonly number: number;
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly y: number;
};

/** Quality against cost, and against the time to the first token: up and to the left is better. */
export function QuadrantsView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const { targets } = report;
  const [cost, speed] = useMemo(
    () => [dotsOf(targets, costOf), dotsOf(targets, firstTokenOf)],
    [targets],
  );
  const unit =
    cost[0]?.figures.cost_per_thousand?.currency === "USD" ? "USD" : { zh: "元", en: "CNY" }[lang];
  return (
    <View
      title={words.quadrants[lang]}
      lead={
        {
          zh: "越靠左上越好。连线是帕累托前沿：线上的模型，没有哪个别的模型两项都更好。横轴为对数，线段是 95% 区间。",
          en: "Up and to the left is better. The line is the Pareto front: no other model is better in both. The horizontal axis is logarithmic; bars are 95% intervals.",
        }[lang]
      }
    >
      <div className="two-columns">
        <Quadrant
          dots={cost}
          title={{ zh: "效果 × 费用", en: "Quality × cost" }[lang]}
          axis={{ zh: `每千次调用（${unit}）`, en: `per 1,000 calls (${unit})` }[lang]}
        />
        <Quadrant
          dots={speed}
          title={{ zh: "效果 × 首字延迟", en: "Quality × time to first token" }[lang]}
          axis={{ zh: "首字延迟中位数（秒）", en: "median TTFT (s)" }[lang]}
        />
      </div>
    </View>
  );
}

/** Of targets whose prices are in another currency than the first, nothing can be drawn on the same axis. */
function costOf({ cost_per_thousand }: TargetFigures, first: string | undefined) {
  if (cost_per_thousand === null || cost_per_thousand.currency !== (first ?? "CNY")) return null;
  const { amount } = cost_per_thousand;
  return { value: amount, low: amount, high: amount };
}

function firstTokenOf({ first_token_ms: found }: TargetFigures) {
  if (found === null) return null;
  const { value, low, high } = found;
  return { value: value / 1_000, low: (low ?? value) / 1_000, high: (high ?? value) / 1_000 };
}

function dotsOf(
  targets: readonly TargetFigures[],
  read: (
    figures: TargetFigures,
    currency: string | undefined,
  ) => { readonly value: number; readonly low: number; readonly high: number } | null,
): readonly Dot[] {
  const currency = targets.find((each) => each.cost_per_thousand !== null)?.cost_per_thousand
    ?.currency;
  return targets.flatMap((figures, number) => {
    const found = read(figures, currency);
    const y = figures.score.value;
    if (found === null || y === null || found.value <= 0 || figures.baseline) return [];
    return [{ figures, number, x: found.value, low: found.low, high: found.high, y }];
  });
}

/** Those that no other one beats in both, from left to right. */
function frontOf(dots: readonly Dot[]): readonly Dot[] {
  let best = Number.NEGATIVE_INFINITY;
  return dots
    .toSorted((a, b) => a.x - b.x || b.y - a.y)
    .filter(({ y }) => {
      const isBetter = y > best;
      best = Math.max(best, y);
      return isBetter;
    });
}

function Quadrant({
  dots,
  title,
  axis,
}: {
  readonly dots: readonly Dot[];
  readonly title: string;
  readonly axis: string;
}) {
  const { lang, dark, printing } = usePreferences();
  const option = useMemo(
    () => optionOf(dots, axis, lang, dark && !printing),
    [dots, axis, lang, dark, printing],
  );
  if (dots.length === 0) {
    return (
      <section className="block card">
        <h3>{title}</h3>
        <p className="faint">{words.none[lang]}</p>
      </section>
    );
  }
  return (
    <section className="block card">
      <h3>{title}</h3>
      <Legend names={dots.map(({ figures, number }) => ({ name: figures.name[lang], number }))} />
      <Chart label={`${title}: ${axis}`} option={option} height={340} />
      <Folded title={words.figures[lang]}>
        <DataTable
          caption={title}
          table={{
            columns: [
              { title: words.model[lang] },
              { title: axis, align: "right" },
              { title: words.score[lang], align: "right" },
              { title: words.front[lang] },
            ],
            rows: dots.map((dot) => [
              dot.figures.name[lang],
              String(Number(dot.x.toPrecision(3))),
              points(dot.y),
              frontOf(dots).includes(dot) ? "✓" : "",
            ]),
          }}
        />
      </Folded>
    </section>
  );
}

function optionOf(dots: readonly Dot[], axis: string, lang: "zh" | "en", dark: boolean) {
  const { series, faint, ink } = coloursOf(dark);
  const colourOf = ({ number }: Dot): string => series[number % series.length] ?? ink;
  const bar = (dot: Dot) => [
    dot.x,
    dot.y * 100,
    dot.low,
    dot.high,
    (dot.figures.score.interval?.low ?? dot.y) * 100,
    (dot.figures.score.interval?.high ?? dot.y) * 100,
  ];
  const ys = dots.flatMap((dot) => [bar(dot)[4] ?? 0, bar(dot)[5] ?? 0]);
  const xs = dots.flatMap(({ low, high }) => [low, high]);
  return {
    grid: { left: 44, right: 28, top: 28, bottom: 48 },
    tooltip: {},
    xAxis: {
      type: "log",
      name: axis,
      nameLocation: "middle",
      nameGap: 30,
      ...logScale(xs),
    },
    yAxis: {
      type: "value",
      name: words.score[lang],
      nameLocation: "end",
      nameGap: 10,
      min: Math.max(0, Math.floor((Math.min(...ys) - 3) / 10) * 10),
      max: Math.min(100, Math.ceil((Math.max(...ys) + 3) / 10) * 10),
    },
    series: [
      {
        type: "line",
        data: frontOf(dots).map(({ x, y }) => [x, y * 100]),
        symbol: "none",
        step: "end",
        silent: true,
        lineStyle: { color: faint, type: "dashed", width: 1.5 },
      },
      {
        type: "custom",
        silent: true,
        data: dots.map(bar),
        renderItem: ({ dataIndex }: { dataIndex: number }, api: CustomSeriesRenderItemAPI) => {
          const at = (x: number, y: number) => api.coord([api.value(x), api.value(y)]);
          const line = (from: readonly number[], to: readonly number[]) => ({
            type: "line" as const,
            shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
            style: {
              stroke: series[(dots[dataIndex]?.number ?? 0) % series.length],
              lineWidth: 1.5,
              opacity: 0.65,
            },
          });
          return {
            type: "group" as const,
            children: [line(at(2, 1), at(3, 1)), line(at(0, 4), at(0, 5))],
          };
        },
      },
      // One series each, so that each has its mark: names beside the dots would lie on one another.
      ...dots.map((dot) => ({
        type: "scatter",
        name: dot.figures.name[lang],
        symbol: symbols[dot.number % symbols.length],
        symbolSize: 13,
        itemStyle: { color: colourOf(dot), opacity: 1 },
        data: [[dot.x, dot.y * 100]],
        tooltip: {
          formatter: () =>
            `${dot.figures.name[lang].replaceAll(/[{}|]/g, " ")}\n${words.score[lang]} ${points(dot.y)}\n${axis} ${Number(dot.x.toPrecision(3))}`,
        },
      })),
    ],
  };
}
