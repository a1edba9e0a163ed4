import { useMemo, useState } from "react";

import type { Lang } from "../../domain/text.ts";
import type { HistoryRun } from "../../report/page/history.ts";
import type { NightPoint, TargetNights } from "../../report/page/nights.ts";

import { clean, money, points, scoreText, seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo } from "../data/route.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Legend } from "../parts/legend.tsx";
import { words } from "../words.ts";
import { lastChange } from "./last-change.ts";
import { lineNames, nightOption, type NightKind, nightKinds } from "./night-option.ts";
import { TaskNights } from "./task-nights.tsx";

/** One target over all its nights: score, times, cost and price as charts, what happened to it, and every night. */
export function TargetNightsView({
  target,
  dates,
  runs,
}: {
  readonly target: TargetNights;
  readonly dates: readonly string[];
  readonly runs: readonly HistoryRun[];
}) {
  const { lang } = usePreferences();
  const [kind, setKind] = useState<NightKind>("score");
  const option = useMemo(() => nightOption(target, kind, lang), [target, kind, lang]);
  return (
    <>
      <p className="crumbs">
        <a href={linkTo("history")}>← {words.history[lang]}</a>
      </p>
      <h2>{target.name[lang]}</h2>
      <p className="lead">
        {[lastChange(target)?.[lang] ?? "", target.verdict[lang]]
          .filter((part) => part !== "")
          .join(lang === "zh" ? "；昨夜：" : "; last night: ")}
      </p>
      <fieldset className="choice no-print">
        <legend className="sr-only">{words.history[lang]}</legend>
        {(Object.keys(nightKinds) as NightKind[]).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="night-kind"
              checked={kind === each}
              onChange={() => {
                setKind(each);
              }}
            />
            {nightKinds[each][lang]}
          </label>
        ))}
      </fieldset>
      <section className="card">
        <Legend
          names={lineNames(target, kind).map((name, number) => ({ name: name[lang], number }))}
        />
        <Chart label={`${target.name[lang]} ${nightKinds[kind][lang]}`} option={option} />
      </section>
      <Events target={target} />
      <TaskNights target={target} dates={dates} />
      <Nights target={target} runs={runs} />
    </>
  );
}

function Events({ target }: { readonly target: TargetNights }) {
  const { lang } = usePreferences();
  if (target.events.length === 0) return null;
  const title = { zh: "发生过什么", en: "What happened" }[lang];
  return (
    <section className="block">
      <h3>{title}</h3>
      <ol className="night-events">
        {target.events.map(({ date, kind, text }) => (
          <li key={`${date}${kind}${text.zh}`} className={`event-${kind}`}>
            <time dateTime={date}>{date}</time>
            <span>{text[lang]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Nights({
  target,
  runs,
}: {
  readonly target: TargetNights;
  readonly runs: readonly HistoryRun[];
}) {
  const { lang } = usePreferences();
  const newest = target.points.filter((point) => point !== null).toReversed();
  const pages = new Map(runs.map(({ id, href }) => [id, href]));
  const right = (title: string) => ({ title, align: "right" as const });
  const title = { zh: "各夜", en: "Nights" }[lang];
  return (
    <section className="block">
      <h3>{title}</h3>
      <DataTable
        caption={title}
        table={{
          columns: [
            { title: { zh: "日期", en: "Date" }[lang] },
            right({ zh: "锚题 (95% 区间)", en: "Anchors (95% interval)" }[lang]),
            right({ zh: "可比水平", en: "Level" }[lang]),
            right({ zh: "首字延迟 p50 (秒)", en: "TTFT p50 (s)" }[lang]),
            right({ zh: "整答 p50 (秒)", en: "Total p50 (s)" }[lang]),
            right({ zh: "每千次作答费用", en: "Cost per 1k answers" }[lang]),
            { title: { zh: "返回的模型名", en: "Model returned" }[lang] },
            { title: { zh: "故障", en: "Trouble" }[lang] },
          ],
          rows: newest.map((point) => cellsOf(point, lang)),
        }}
        draw={(row, column, text) => {
          const href = pages.get(newest[row]?.run ?? "");
          return column === 0 && href !== undefined ? <a href={href}>{text}</a> : null;
        }}
      />
      <p className="faint">
        {
          {
            zh: "可比水平：题目换过也能前后相比的得分。费用含裁判。",
            en: "Level: the score on a scale that exchanged items do not move. Cost includes judges.",
          }[lang]
        }
      </p>
    </section>
  );
}

function cellsOf(point: NightPoint, lang: Lang): readonly string[] {
  const { value, low, high, cost_per_thousand: cost } = point;
  const interval = low === null || high === null ? null : { low, high };
  return [
    point.date,
    value === null ? "—" : scoreText({ value, interval }),
    points(point.level, 1),
    seconds(point.first_token_ms),
    seconds(point.total_ms),
    cost === null ? "—" : money(cost, lang),
    point.models.map((name) => clean(name, 120)).join(", ") || "—",
    point.trouble?.[lang] ?? "—",
  ];
}
