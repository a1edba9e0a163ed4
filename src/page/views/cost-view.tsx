import { useMemo } from "react";

import type { ShownReport } from "../data/page-data.ts";

import { amountText } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";
import { Sections } from "./sections-view.tsx";
import { TokenCostBars } from "./token-cost-bars.tsx";

/** What each target cost per thousand calls, and of what the sum is made. */
export function CostView({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const rows = useMemo(
    () =>
      report.targets
        .flatMap(({ name, cost_per_thousand: cost }) =>
          cost === null ? [] : [{ name: name[lang], ...cost }],
        )
        .toSorted((a, b) => a.amount - b.amount),
    [report, lang],
  );
  const unknown = report.targets
    .filter(
      ({ baseline, answers, cost_per_thousand: cost }) => !baseline && answers > 0 && cost === null,
    )
    .map(({ name }) => name[lang]);
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return (
    <View
      title={words.cost[lang]}
      lead={
        {
          zh: "按运行时记录的单价和厂商报告的用量计算。≥ 表示有失败的调用可能也计了费；* 表示单价没有核实过；两种货币从不相加。",
          en: "By the prices recorded at the run and the vendors' own counts. ≥: failed calls may have been billed as well. *: the price was not checked. Currencies are never added.",
        }[lang]
      }
    >
      {currencies.map((currency) => (
        <CostBars
          key={currency}
          title={{ zh: `每千次调用（${currency}）`, en: `Per 1,000 calls (${currency})` }[lang]}
          rows={rows.filter((row) => row.currency === currency)}
        />
      ))}
      {unknown.length > 0 && (
        <p className="faint">
          {
            {
              zh: `费用未知，不在图中：${unknown.join("、")}`,
              en: `Cost unknown, so not in the chart: ${unknown.join(", ")}`,
            }[lang]
          }
        </p>
      )}
      {[...new Set(report.token_costs.map(({ currency }) => currency))].map((currency) => (
        <TokenCostBars key={currency} report={report} currency={currency} />
      ))}
      <Sections report={report} view="cost" />
    </View>
  );
}

type Bar = { readonly name: string; readonly amount: number };

function CostBars({ title, rows }: { readonly title: string; readonly rows: readonly Bar[] }) {
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 72, top: 8, bottom: 24, containLabel: true },
      xAxis: { type: "value" },
      yAxis: {
        type: "category",
        inverse: true,
        data: rows.map(({ name }) => name),
        axisLabel: { width: 160, overflow: "truncate" },
      },
      series: [
        {
          type: "bar",
          barMaxWidth: 18,
          data: rows.map(({ amount }) => amount),
          label: {
            show: true,
            position: "right",
            formatter: ({ value }: { value: number }) => amountText(value),
          },
        },
      ],
    }),
    [rows],
  );
  return (
    <section className="block card">
      <h3>{title}</h3>
      <Chart label={title} option={option} height={60 + rows.length * 34} />
    </section>
  );
}
