import { useMemo, useState } from "react";

import type { SteadinessPart, SteadinessTargetPart } from "../../report/page/steadiness.ts";
import type { ShownReport } from "../data/page-data.ts";

import { seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Legend } from "../parts/legend.tsx";
import { Folded, View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Calendar } from "./calendar.tsx";
import "./steadiness.css";

/** How steady a month was: what to know first, the figures of every target, and one target by day and hour. */
export function SteadinessView({ report }: { readonly report: ShownReport }) {
  const { lang, printing } = usePreferences();
  const [chosen, setChosen] = useState(0);
  const part = report.steadiness;
  if (part === undefined) return null;
  const target = part.targets[chosen] ?? part.targets[0];
  const shown = printing ? part.targets : target === undefined ? [] : [target];
  return (
    <>
      <section className="conclusion" aria-label={words.steadiness[lang]}>
        <p className="conclusion-text">{part.headline[lang]}</p>
      </section>
      <section className="block">
        <View title={part.title[lang]} lead={`${part.coverage[lang]}${lang === "zh" ? "。" : "."}`}>
          <DataTable table={part.table[lang]} caption={words.steadiness[lang]} />
          {part.targets.length > 1 && (
            <label className="field no-print">
              {words.model[lang]}
              <select
                value={chosen}
                onChange={({ target: { value } }) => {
                  setChosen(Number(value));
                }}
              >
                {part.targets.map(({ target: ref, name }, at) => (
                  <option key={ref} value={at}>
                    {name[lang]}
                  </option>
                ))}
              </select>
            </label>
          )}
          {shown.map((each) => (
            <OneTarget key={each.target} target={each} part={part} />
          ))}
          <section className="block">
            <h3>{{ zh: "各目标与口径", en: "Targets, and how it was counted" }[lang]}</h3>
            <ul className="notes">
              {[...part.lines, ...part.method].map((line) => (
                <li key={line.zh}>{line[lang]}</li>
              ))}
            </ul>
          </section>
        </View>
      </section>
    </>
  );
}

function OneTarget({
  target,
  part,
}: {
  readonly target: SteadinessTargetPart;
  readonly part: SteadinessPart;
}) {
  const { lang } = usePreferences();
  const { name, events, by_hour } = target;
  return (
    <section className="block">
      <h3>{name[lang]}</h3>
      {events.length > 0 && (
        <ul className="steady-events">
          {events.map((text) => (
            <li key={text.zh}>{text[lang]}</li>
          ))}
        </ul>
      )}
      <Calendar target={target} hours={part.hours} />
      {by_hour.length > 1 && <Hours target={target} />}
    </section>
  );
}

/** Usual and slow times by the hour of the day. */
function Hours({ target }: { readonly target: SteadinessTargetPart }) {
  const { lang } = usePreferences();
  const title = {
    zh: `一天中各时的${target.timed === "total" ? "整答耗时" : "首字延迟"} (秒)`,
    en: `${target.timed === "total" ? "Total time" : "TTFT"} by hour of the day (s)`,
  }[lang];
  const option = useMemo(() => hoursOption(target), [target]);
  const right = (name: string) => ({ title: name, align: "right" as const });
  return (
    <>
      <section className="card steady-hours">
        <h4>{title}</h4>
        <Legend names={["p50", "p95"].map((each, number) => ({ name: each, number }))} />
        <Chart label={`${target.name[lang]} ${title}`} option={option} height={260} />
      </section>
      <Folded title={words.figures[lang]}>
        <DataTable
          caption={title}
          table={{
            columns: [
              { title: { zh: "时", en: "Hour" }[lang] },
              right({ zh: "次数", en: "Calls" }[lang]),
              right({ zh: "超时", en: "Timed out" }[lang]),
              ...["p50", "p95", "p99"].map(right),
            ],
            rows: target.by_hour.map(({ part, n, late, p50, p95, p99 }) => [
              `${String(part).padStart(2, "0")}:00`,
              String(n),
              String(late),
              ...[p50, p95, p99].map(seconds),
            ]),
          }}
        />
      </Folded>
    </>
  );
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

const hoursOption = ({ by_hour }: SteadinessTargetPart) => ({
  grid: { left: 48, right: 24, top: 16, bottom: 28 },
  tooltip: {},
  xAxis: { type: "category", data: by_hour.map(({ part }) => String(part)) },
  yAxis: { type: "value", min: 0 },
  series: (["p50", "p95"] as const).map((name, at) => ({
    type: "line",
    name,
    symbol: at === 0 ? "circle" : "rect",
    symbolSize: 7,
    data: by_hour.map((each) => inSeconds(each[name])),
  })),
});
