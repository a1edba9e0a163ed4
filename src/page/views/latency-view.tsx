import { useMemo, useState } from "react";

import type { ShownReport } from "../data/page-data.ts";

import { seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { symbols } from "../parts/colours.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Legend } from "../parts/legend.tsx";
import { logScale } from "../parts/log-scale.ts";
import { Folded, View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Sections } from "./sections-view.tsx";

const kinds = {
  first_token_ms: { zh: "首字延迟", en: "Time to first token" },
  total_ms: { zh: "整答耗时", en: "Total time" },
} as const;
type Kind = keyof typeof kinds;

/** A curve has a point at every per cent of the calls. */
const last = 100;

/** How times are spread: as curves, as boxes, and by what they may depend on. */
export function LatencyView({ report }: { readonly report: ShownReport }) {
  const { lang, printing } = usePreferences();
  const [chosen, setChosen] = useState<Kind>("first_token_ms");
  const shown: readonly Kind[] = printing ? ["first_token_ms", "total_ms"] : [chosen];
  return (
    <View
      title={words.latency[lang]}
      lead={
        {
          zh: "左图读作：有百分之多少的调用在这么多秒之内。右图的箱是 25% 到 75%，须是 5% 到 95%。横轴为对数；最终超时的调用让曲线到不了 100%。",
          en: "Left: the share of calls that took no longer. Right: boxes span 25% to 75%, whiskers 5% to 95%. The time axis is logarithmic; calls that timed out for good keep a curve below 100%.",
        }[lang]
      }
    >
      <fieldset className="choice no-print">
        <legend className="sr-only">{words.latency[lang]}</legend>
        {(Object.keys(kinds) as Kind[]).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="latency-kind"
              checked={chosen === kind}
              onChange={() => {
                setChosen(kind);
              }}
            />
            {kinds[kind][lang]}
          </label>
        ))}
      </fieldset>
      {shown.map((kind) => (
        <Spread key={kind} report={report} kind={kind} />
      ))}
      <Sections report={report} view="latency" />
    </View>
  );
}

function Spread({ report, kind }: { readonly report: ShownReport; readonly kind: Kind }) {
  const { lang } = usePreferences();
  const rows = useMemo(
    () =>
      report.targets.flatMap(({ target, name, baseline }) => {
        const curve = report.latency.find((each) => each.target === target)?.curves[kind] ?? [];
        return baseline || curve.length === 0 ? [] : [{ name: name[lang], curve }];
      }),
    [report, kind, lang],
  );
  const title = kinds[kind][lang];
  const axis = { zh: "秒", en: "s" }[lang];
  const lines = useMemo(() => curvesOption(rows, axis), [rows, axis]);
  const boxes = useMemo(() => boxesOption(rows, axis), [rows, axis]);
  const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];
  return (
    <>
      <div className="two-columns">
        <section className="block card">
          <h3>{{ zh: `${title}：累积分布`, en: `${title}: cumulative share` }[lang]}</h3>
          <Legend names={rows.map(({ name }, number) => ({ name, number }))} />
          <Chart label={title} option={lines} />
        </section>
        <section className="block card">
          <h3>{{ zh: `${title}：箱线图`, en: `${title}: box plot` }[lang]}</h3>
          <Chart label={title} option={boxes} />
        </section>
      </div>
      <Folded title={words.figures[lang]}>
        <DataTable
          caption={title}
          table={{
            columns: [
              { title: words.model[lang] },
              ...quantiles.map((q) => ({
                title: `${q * 100}% (${axis})`,
                align: "right" as const,
              })),
            ],
            rows: rows.map(({ name, curve }) => [
              name,
              ...quantiles.map((q) =>
                seconds(curve[Math.round(q * last)] ?? Number.POSITIVE_INFINITY),
              ),
            ]),
          }}
        />
      </Folded>
    </>
  );
}

type Row = { readonly name: string; readonly curve: readonly number[] };

/** A log axis has no zero. */
const inSeconds = (ms: number): number => Math.max(ms, 1) / 1_000;

const logAxis = (rows: readonly Row[], name: string) => {
  const all = rows.flatMap(({ curve }) => curve.map(inSeconds));
  return {
    type: "log",
    name,
    nameLocation: "end",
    ...logScale(all),
  };
};

const curvesOption = (rows: readonly Row[], axis: string) => ({
  grid: { left: 44, right: 32, top: 16, bottom: 28 },
  tooltip: {},
  xAxis: logAxis(rows, axis),
  yAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%" } },
  series: rows.map(({ name, curve }, at) => ({
    type: "line",
    name,
    symbol: symbols[at % symbols.length],
    symbolSize: 6,
    // A mark at every tenth point tells curves apart without their colours.
    showAllSymbol: true,
    data: curve.map((ms, place) => ({
      value: [inSeconds(ms), (place / last) * 100],
      symbolSize: place % 10 === at % 10 ? 8 : 0,
    })),
    lineStyle: { width: 2 },
  })),
});

const boxesOption = (rows: readonly Row[], axis: string) => ({
  grid: { left: 8, right: 32, top: 16, bottom: 28, containLabel: true },
  tooltip: {},
  xAxis: logAxis(rows, axis),
  yAxis: {
    type: "category",
    inverse: true,
    data: rows.map(({ name }) => name),
    axisLabel: { width: 130, overflow: "truncate" },
  },
  series: [
    {
      type: "boxplot",
      itemStyle: { color: "transparent", borderWidth: 1.5 },
      colorBy: "data",
      layout: "horizontal",
      encode: { x: [1, 2, 3, 4, 5], y: 0 },
      data: rows.map(({ curve }, at) => [
        at,
        ...[5, 25, 50, 75, 95].map((place) => inSeconds(curve[place] ?? curve.at(-1) ?? 0)),
      ]),
    },
  ],
});
