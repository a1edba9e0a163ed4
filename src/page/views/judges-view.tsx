import { useMemo } from "react";

import type { CriterionMarks } from "../../report/page/criteria.ts";
import type { ShownReport } from "../data/page-data.ts";

import { clean, fixed } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { heatColour } from "../parts/colours.ts";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Sections } from "./sections-view.tsx";

/** What judges did, and for each criterion how often each target got which mark. */
export function JudgesView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const groups = useMemo(
    () => [...Map.groupBy(report.criteria, ({ suite, criterion }) => `${suite} · ${criterion}`)],
    [report],
  );
  return (
    <View title={words.judges[lang]}>
      {groups.length > 0 && (
        <p className="lead">
          {
            {
              zh: "每项标准一图：一条横条是一个模型（有几位裁判就分几条），各段是各分数所占的票数比例，颜色越浓分数越高；名字前面是平均分。",
              en: "One chart for each criterion. A bar is a target, once for each judge; its pieces are the shares of votes by mark, the stronger the colour the higher. Before the name stands the mean mark.",
            }[lang]
          }
        </p>
      )}
      <div className="two-columns">
        {groups.map(([name, marks]) => (
          <CriterionBars key={name} report={report} name={clean(name)} marks={marks} />
        ))}
      </div>
      <Sections report={report} view="judges" />
    </View>
  );
}

function CriterionBars({
  report,
  name,
  marks,
}: {
  readonly report: ShownReport;
  readonly name: string;
  readonly marks: readonly CriterionMarks[];
}) {
  const { lang, dark, printing } = usePreferences();
  const { option, rows } = useMemo(() => {
    const order = new Map(
      report.targets.map((target, rank) => [target.target, { ...target, rank }]),
    );
    const own = marks.toSorted(
      (a, b) => (order.get(a.target)?.rank ?? 0) - (order.get(b.target)?.rank ?? 0),
    );
    const several = new Set(own.map(({ judge }) => judge)).size > 1;
    const steps = [...new Set(own.flatMap(({ counts }) => counts.map(({ mark }) => mark)))];
    steps.sort((a, b) => a - b);
    const [low = 0, high = 0] = [steps[0], steps.at(-1)];
    const shareOf = (mark: number) => (high === low ? 0.5 : (mark - low) / (high - low));
    return {
      rows: own.length,
      option: {
        grid: { left: 8, right: 28, top: 8, bottom: 24, containLabel: true },
        tooltip: { valueFormatter: (value: unknown) => `${fixed(Number(value), 1)}%` },
        xAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%" } },
        yAxis: {
          type: "category",
          inverse: true,
          data: own.map(({ target, judge, mean }) =>
            [
              `${fixed(mean, 2)} · ${order.get(target)?.name[lang] ?? clean(target)}`,
              ...(several ? [clean(judge, 40)] : []),
            ].join("\n"),
          ),
          axisLabel: { width: 130, overflow: "truncate" },
        },
        series: steps.map((mark) => {
          const { background, color } = heatColour(0.12 + 0.88 * shareOf(mark), dark && !printing);
          return {
            type: "bar",
            stack: "marks",
            name: { zh: `${mark} 分`, en: `mark ${mark}` }[lang],
            barMaxWidth: 20,
            itemStyle: { color: background },
            label: {
              show: true,
              color,
              fontSize: 11,
              // A mark that few votes gave has no room for its number.
              formatter: ({ value }: { value: number }) => (value < 8 ? "" : String(mark)),
            },
            data: own.map(
              ({ counts, n }) => ((counts.find((each) => each.mark === mark)?.n ?? 0) / n) * 100,
            ),
          };
        }),
      },
    };
  }, [report, marks, lang, dark, printing]);
  return (
    <section className="block card">
      <h3>{name}</h3>
      <Chart label={name} option={option} height={56 + rows * 40} />
    </section>
  );
}
