import type { HistoryPoint, HistoryRun } from "../../report/page/history.ts";

import { amountText, clean, scoreText, seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { DataTable } from "../parts/data-table.tsx";

/** The targets of all runs. */
export const targetsOf = (history: readonly HistoryRun[]): readonly string[] => [
  ...new Set(history.flatMap(({ points: own }) => own.map(({ target }) => target))),
];

/** What a run said of a target. */
export const pointIn = (run: HistoryRun | undefined, target: string): HistoryPoint | undefined =>
  run?.points.find((point) => point.target === target);

/** Every run with the page that it has, the newest first. */
export function RunList({ history }: { readonly history: readonly HistoryRun[] }) {
  const { lang } = usePreferences();
  const targets = targetsOf(history);
  const newest = history.toReversed();
  const cell = (point: HistoryPoint | undefined): string => {
    if (point === undefined) return "—";
    const cost = point.cost_per_thousand;
    return [
      scoreText(point.score),
      point.first_token_ms === null ? "" : `${seconds(point.first_token_ms.value)} s`,
      cost === null ? "" : `${cost.currency === "USD" ? "$" : "¥"}${amountText(cost.amount)}`,
    ]
      .filter((part) => part !== "")
      .join(" · ");
  };
  return (
    <section className="block">
      <h3>{{ zh: "各次运行", en: "Runs" }[lang]}</h3>
      <DataTable
        caption={{ zh: "各次运行", en: "Runs" }[lang]}
        table={{
          columns: [
            { title: { zh: "运行", en: "Run" }[lang] },
            { title: { zh: "题集", en: "Suites" }[lang] },
            ...targets.map((target) => ({ title: clean(target), align: "right" as const })),
          ],
          rows: newest.map((run) => [
            run.started_at.slice(0, 16).replace("T", " "),
            run.suites.join(" "),
            ...targets.map((target) => cell(pointIn(run, target))),
          ]),
        }}
        draw={(row, column, text) =>
          column === 0 ? <a href={newest[row]?.href ?? "#"}>{text}</a> : null
        }
      />
      <p className="faint">
        {
          {
            zh: "格子里：效果分（95% 区间）· 首字延迟 · 每千次调用费用",
            en: "Cells: score (95% interval) · TTFT · cost per 1,000 calls",
          }[lang]
        }
      </p>
    </section>
  );
}
