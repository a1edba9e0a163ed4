import { useState } from "react";

import type { HistoryRun } from "../../report/page/history.ts";
import type { SiteNights, TargetNights } from "../../report/page/nights.ts";
import type { ShownReport } from "../data/page-data.ts";

import { points } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo, type PageRoute } from "../data/route.ts";
import { RunList } from "../views/run-list.tsx";
import "./nights.css";
import { words } from "../words.ts";
import { lastChange } from "./last-change.ts";
import { NightSpark, scaleOfTargets } from "./night-spark.tsx";
import { TargetNightsView } from "./target-nights.tsx";

/** The nights of a site: what changed, and a small chart of every target, those that changed most first. */
export function NightsView({
  report,
  route,
}: {
  readonly report: ShownReport;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const slots = report.nights ?? [];
  const [slot, setSlot] = useState(0);
  const nights = slots[slot] ?? slots[0];
  if (nights === undefined) return null;
  const chosen = nights.targets.find(({ target }) => target === route.id);
  const runs = report.history ?? [];
  if (chosen !== undefined)
    return <TargetNightsView target={chosen} dates={nights.dates} runs={runs} />;
  return (
    <>
      <section className="conclusion" aria-label={words.history[lang]}>
        <p className="conclusion-text">{nights.headline[lang]}</p>
        {nights.news.length > 0 && (
          <ul className="notes">
            {nights.news.slice(0, mostNews).map((line) => (
              <li key={line.zh}>{line[lang]}</li>
            ))}
          </ul>
        )}
      </section>
      <section className="block">
        <h2>{words.history[lang]}</h2>
        <p className="lead">{leadOf(nights)[lang]}</p>
        {slots.length > 1 && (
          <label className="field no-print">
            {{ zh: "每天几点的测量", en: "Measurements at" }[lang]}
            <select
              value={slot}
              onChange={({ target }) => {
                setSlot(Number(target.value));
              }}
            >
              {slots.map((each, at) => (
                <option key={each.slot ?? ""} value={at}>
                  {each.slot ?? "—"}
                </option>
              ))}
            </select>
          </label>
        )}
        <ul className="night-cards">
          {nights.targets.map((target) => (
            <NightCard key={target.target} target={target} nights={nights} />
          ))}
        </ul>
        <SparkKey />
      </section>
      <Runs runs={runs} />
    </>
  );
}

/** Lines below the headline at most: the cards and their pages hold the rest. */
const mostNews = 6;

const leadOf = ({ dates, board }: SiteNights) => ({
  zh: `${board}，${dates[0] ?? ""} 到 ${dates.at(-1) ?? ""}，${dates.length} 夜。每张小图是一个目标的锚题得分，各图的比例相同；变化大的排在前面，点开看每一夜、单价和原因。`,
  en: `${board}, ${dates[0] ?? ""} to ${dates.at(-1) ?? ""}, ${dates.length} nights. Each chart shows the anchors' score of one target, all at the same scale, the largest changes first; open one for its nights, prices and reasons.`,
});

function NightCard({
  target,
  nights,
}: {
  readonly target: TargetNights;
  readonly nights: SiteNights;
}) {
  const { lang } = usePreferences();
  const last = target.points.findLast((point) => point?.value != null);
  const change = target.changes.at(-1);
  const isOff = target.judgement === "not enough data";
  return (
    <li
      className={`card night-card${change === undefined ? "" : ` night-${sideOf(change.delta)}`}`}
    >
      <a className="night-name" href={linkTo("history", target.target)}>
        {target.name[lang]}
      </a>
      <span className="night-score">{points(last?.value ?? null, 1)}</span>
      <NightSpark target={target} span={scaleOfTargets(nights.targets)} />
      <p className="night-said">
        {change !== undefined && <strong>{lastChange(target)?.[lang]}</strong>}{" "}
        {change !== undefined && !isOff ? "" : target.verdict[lang]}
      </p>
    </li>
  );
}

/** A fall is bad, a rise is good. */
const sideOf = (delta: number): "down" | "up" => (delta < 0 ? "down" : "up");

function SparkKey() {
  const { lang } = usePreferences();
  return (
    <p className="faint night-key">
      {
        {
          zh: "线：得分；浅色带：95% 区间；竖线：变点；灰块：故障或改道的夜晚，不计入；⚑ 返回的模型名变了；¥ 单价变了。",
          en: "Line: score; band: 95% interval; upright line: change; grey: nights of trouble or another model, left out; ⚑ another model name came back; ¥ another price.",
        }[lang]
      }
    </p>
  );
}

const Runs = ({ runs }: { readonly runs: readonly HistoryRun[] }) =>
  runs.length === 0 ? null : <RunList history={runs} />;
