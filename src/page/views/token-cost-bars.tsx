import { useMemo } from "react";

import type { TokenKind } from "../../domain/money.ts";
import type { TokenCosts } from "../../report/page/token-costs.ts";
import type { ShownReport } from "../data/page-data.ts";

import { amountText } from "../../report/render/format.ts";
import { tokenKindWords, unsplitWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { Chart } from "../parts/chart.tsx";
import { coloursOf } from "../parts/colours.ts";
import { Legend } from "../parts/legend.tsx";

type Part = TokenKind | "unsplit";

const amountOf = ({ parts, unsplit }: TokenCosts, part: Part): number =>
  part === "unsplit" ? unsplit : parts[part];

/** Of what the cost of each target is made: one bar, a piece for each kind of token. */
export function TokenCostBars({
  report,
  currency,
}: {
  readonly report: ShownReport;
  readonly currency: TokenCosts["currency"];
}) {
  const { lang, dark, printing } = usePreferences();
  const title = { zh: `按 token 种类（${currency}）`, en: `By kind of token (${currency})` }[lang];
  const { names, option, rows } = useMemo(() => {
    const palette = coloursOf(dark && !printing).series;
    const own = report.token_costs.filter((each) => each.currency === currency);
    const all: readonly Part[] = [...(Object.keys(tokenKindWords) as TokenKind[]), "unsplit"];
    // A kind keeps its colour whether others are there or not.
    const parts = all
      .map((part, number) => ({ part, number }))
      .filter(({ part }) => own.some((each) => amountOf(each, part) > 0));
    const wordOf = (part: Part) => (part === "unsplit" ? unsplitWords : tokenKindWords[part])[lang];
    const nameOf = new Map(report.targets.map(({ target, name }) => [target, name[lang]]));
    return {
      rows: own.length,
      names: parts.map(({ part, number }) => ({ name: wordOf(part), number })),
      option: {
        color: parts.map(({ number }) => palette[number % palette.length] ?? ""),
        grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
        tooltip: { valueFormatter: (value: unknown) => amountText(Number(value)) },
        xAxis: { type: "value" },
        yAxis: {
          type: "category",
          inverse: true,
          data: own.map(({ target }) => nameOf.get(target) ?? target),
          axisLabel: { width: 160, overflow: "truncate" },
        },
        series: parts.map(({ part }) => ({
          type: "bar",
          stack: "cost",
          name: wordOf(part),
          barMaxWidth: 18,
          data: own.map((each) => amountOf(each, part)),
        })),
      },
    };
  }, [report, currency, lang, dark, printing]);
  return (
    <section className="block card">
      <h3>{title}</h3>
      <Legend names={names} />
      <Chart label={title} option={option} height={60 + rows * 34} />
    </section>
  );
}
