import { useMemo, useState } from "react";

import type { HistoryPoint, HistoryRun } from "../../report/page/history.ts";
import type { ShownReport } from "../data/page-data.ts";

import { clean } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { symbols } from "../parts/colours.ts";
import { Legend } from "../parts/legend.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { pointIn, RunList, targetsOf } from "./run-list.tsx";

const kinds = {
  score: { zh: "效果分", en: "Score" },
  first_token_ms: { zh: "首字延迟 (秒)", en: "TTFT (s)" },
  cost: { zh: "每千次调用费用", en: "Cost per 1,000 calls" },
} as const;
type Kind = keyof typeof kinds;

/** Every run of a site: each target over time, changes of the model that answered, and the page of each run. */
export function HistoryView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const [kind, setKind] = useState<Kind>("score");
  const history = report.history ?? [];
  const option = useMemo(() => optionOf(history, kind), [history, kind]);
  return (
    <View
      title={words.history[lang]}
      lead={
        {
          zh: "每次运行一个点。标 ⚑ 的点，返回的模型名与上一次不同；分数变没变，要看两次的区间，或用 baimo compare。",
          en: "One point a run. ⚑: another model name came back than in the run before. Whether a score changed is for the intervals and baimo compare to say.",
        }[lang]
      }
    >
      <fieldset className="choice no-print">
        <legend className="sr-only">{words.history[lang]}</legend>
        {(Object.keys(kinds) as Kind[]).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="history-kind"
              checked={kind === each}
              onChange={() => {
                setKind(each);
              }}
            />
            {kinds[each][lang]}
          </label>
        ))}
      </fieldset>
      <section className="card">
        <Legend
          names={targetsOf(history).map((target, number) => ({ name: clean(target), number }))}
        />
        <Chart label={kinds[kind][lang]} option={option} height={380} />
      </section>
      <RunList history={history} />
    </View>
  );
}

const valueOf = (point: HistoryPoint | undefined, kind: Kind): number | null => {
  if (point === undefined) return null;
  if (kind === "score") return point.score.value === null ? null : point.score.value * 100;
  if (kind === "cost") return point.cost_per_thousand?.amount ?? null;
  return point.first_token_ms === null ? null : point.first_token_ms.value / 1_000;
};

/** Other names of models came back than in the run before that held the target. */
function hasChanged(history: readonly HistoryRun[], at: number, target: string): boolean {
  const now = pointIn(history[at], target)?.models ?? [];
  const before = history.slice(0, at).findLast((run) => pointIn(run, target) !== undefined);
  const had = pointIn(before, target)?.models ?? now;
  return now.length > 0 && had.length > 0 && now.join("\n") !== had.join("\n");
}

const optionOf = (history: readonly HistoryRun[], kind: Kind) => ({
  grid: { left: 52, right: 28, top: 24, bottom: 32 },
  tooltip: {},
  xAxis: {
    type: "category",
    data: history.map(({ started_at }) => started_at.slice(0, 16).replace("T", " ")),
  },
  yAxis: { type: "value", scale: true },
  series: targetsOf(history).map((target, number) => ({
    type: "line",
    name: clean(target),
    connectNulls: true,
    symbol: symbols[number % symbols.length],
    data: history.map((run, at) => {
      const isChanged = hasChanged(history, at, target);
      return {
        value: valueOf(pointIn(run, target), kind),
        symbolSize: isChanged ? 15 : 7,
        ...(isChanged
          ? { label: { show: true, position: "top", formatter: "⚑", fontSize: 16 } }
          : {}),
      };
    }),
  })),
});
