import { useMemo } from "react";

import type { ShownReport } from "../data/page-data.ts";

import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { symbols } from "../parts/colours.ts";
import { Legend } from "../parts/legend.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Sections } from "./sections-view.tsx";

const about = {
  zh: "各题集、各维度的得分在“总榜”和“热力图”里；这里是其余的：守住了多少条约束、难度阶梯、选项次序和问法、标签、人工裁定，这次有哪些就列哪些。",
  en: "Scores by suite and dimension stand under Board and Heat map. Here is the rest of what was asked: constraints kept, ladders of difficulty, orders of options and wordings, labels, rulings.",
} as const;

/** Ladders as curves, and everything that a score is made of. */
export function ScoresView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  return (
    <View title={words.scores[lang]}>
      <p className="lead">{about[lang]}</p>
      {report.ladders.length > 0 && (
        <div className="two-columns">
          {report.ladders.map((ladder) => (
            <LadderChart key={`${ladder.suite}/${ladder.task}`} report={report} ladder={ladder} />
          ))}
        </div>
      )}
      <Sections report={report} view="scores" />
    </View>
  );
}

function LadderChart({
  report,
  ladder,
}: {
  readonly report: ShownReport;
  readonly ladder: ShownReport["ladders"][number];
}) {
  const { lang } = usePreferences();
  const title = `${ladder.suite}/${ladder.task}`;
  const option = useMemo(
    () => ({
      grid: { left: 44, right: 24, top: 16, bottom: 40 },
      xAxis: {
        type: "category",
        name: { zh: "级", en: "level" }[lang],
        nameLocation: "middle",
        nameGap: 26,
        data: ladder.levels.map(String),
      },
      yAxis: { type: "value", min: 0, max: 100 },
      series: report.targets.map(({ name }, at) => ({
        type: "line",
        name: name[lang],
        symbol: symbols[at % symbols.length],
        symbolSize: 8,
        data: (ladder.scores[at]?.levels ?? []).map(({ n, right }) =>
          n === 0 ? null : (right / n) * 100,
        ),
      })),
    }),
    [report, ladder, lang],
  );
  return (
    <section className="block card">
      <h3>{{ zh: `阶梯 ${title}`, en: `Ladder ${title}` }[lang]}</h3>
      <Legend names={report.targets.map(({ name }, number) => ({ name: name[lang], number }))} />
      <Chart label={title} option={option} />
    </section>
  );
}
