import { useMemo, useState } from "react";

import type { StepFigures } from "../../domain/load/summary.ts";
import type { LoadView } from "../../report/page/report.ts";
import type { ShownReport } from "../data/page-data.ts";

import { clean } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { symbols } from "../parts/colours.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Legend } from "../parts/legend.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";

const kinds = {
  goodput: { zh: "达标 (%)", en: "Good (%)" },
  ttft_p50: { zh: "首字 p50 (秒)", en: "TTFT p50 (s)" },
  ttft_p99: { zh: "首字 p99 (秒)", en: "TTFT p99 (s)" },
  chars_per_s: { zh: "合计字/秒", en: "Characters a second in all" },
} as const;
type Kind = keyof typeof kinds;

/** How a server holds up as its load grows: a curve for each target of each load, with the knee and its interval. */
export function LoadPart({ report }: { readonly report: ShownReport }) {
  const { lang, printing } = usePreferences();
  const [chosen, setChosen] = useState<Kind>("goodput");
  const loads = report.loads ?? [];
  const shown: readonly Kind[] = printing ? (Object.keys(kinds) as Kind[]) : [chosen];
  return (
    <View
      title={words.load[lang]}
      lead={
        {
          zh: "横轴是负载：每秒到达几次，或同时几路，对数刻度。竖线是拐点，阴影是它的 95% 区间。本机太慢、不可信的各级没有画。",
          en: "Across: the load, arrivals a second or requests at once, on a logarithmic scale. The line is the knee, the shade its 95% interval. Steps at which this machine was late are not drawn.",
        }[lang]
      }
    >
      <p>{report.conclusion[lang]}</p>
      <fieldset className="choice no-print">
        <legend className="sr-only">{words.load[lang]}</legend>
        {(Object.keys(kinds) as Kind[]).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="load-kind"
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
        <Curves key={kind} loads={loads} kind={kind} />
      ))}
      {loads.map((load) => (
        <section key={load.started_at} className="block">
          <h3>{load.started_at.slice(0, 16).replace("T", " ")}</h3>
          <DataTable table={load.table[lang]} caption={words.load[lang]} />
          <ul className="notes">
            {load.notes.map((note) => (
              <li key={note.zh}>{note[lang]}</li>
            ))}
          </ul>
        </section>
      ))}
    </View>
  );
}

type CurvesProps = { readonly loads: readonly LoadView[]; readonly kind: Kind };

function Curves({ loads, kind }: CurvesProps) {
  const { lang } = usePreferences();
  const curves = useMemo(() => curvesOf(loads), [loads]);
  const option = useMemo(() => optionOf(curves, kind), [curves, kind]);
  return (
    <section className="card">
      <Legend names={curves.map(({ name }, number) => ({ name, number }))} />
      <Chart label={kinds[kind][lang]} option={option} height={360} />
    </section>
  );
}

const curvesOf = (loads: readonly LoadView[]) =>
  loads.flatMap(({ started_at, targets }) =>
    targets.map(({ target, steps, knee }) => ({
      name: clean(loads.length > 1 ? `${target} ${started_at.slice(0, 16)}` : target),
      knee,
      steps: steps
        .filter(
          ({ trusted, loop }) =>
            trusted && (loop === "open" || steps.every((each) => each.loop === "closed")),
        )
        .toSorted((a, b) => a.level - b.level),
    })),
  );

function valueOf(step: StepFigures, kind: Kind): number | null {
  const seconds = (ms: number | undefined): number | null => (ms === undefined ? null : ms / 1_000);
  switch (kind) {
    case "goodput":
      return step.goodput === null ? null : step.goodput.value * 100;
    case "ttft_p50":
      return seconds(step.ttft_ms.p50?.value);
    case "ttft_p99":
      return seconds(step.ttft_ms.p99?.value);
    case "chars_per_s":
      return step.chars_per_s;
  }
}

const optionOf = (curves: ReturnType<typeof curvesOf>, kind: Kind) => ({
  grid: { left: 56, right: 28, top: 24, bottom: 32 },
  tooltip: {},
  xAxis: { type: "log" },
  yAxis: { type: "value", scale: true, ...(kind === "goodput" ? { min: 0, max: 100 } : {}) },
  series: curves.map(({ name, steps, knee }, number) => ({
    type: "line",
    name,
    symbol: symbols[number % symbols.length],
    data: steps.map((step) => [step.level, valueOf(step, kind)]),
    ...(knee.rate === null || (knee.state !== "found" && knee.state !== "undetermined")
      ? {}
      : { markLine: { symbol: "none", label: { show: false }, data: [{ xAxis: knee.rate }] } }),
    ...(knee.low === null || knee.high === null
      ? {}
      : {
          markArea: {
            itemStyle: { opacity: 0.12 },
            data: [[{ xAxis: knee.low }, { xAxis: knee.high }]],
          },
        }),
  })),
});
