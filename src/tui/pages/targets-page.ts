import type { Outcome } from "../../domain/outcome.ts";
import type { Lang } from "../../domain/text.ts";
import type { Table } from "../../report/render/table.ts";
import type { RedLines } from "../../report/score/red-lines.ts";
import type { Score } from "../../report/score/score.ts";
import type { TargetView } from "../../report/view/model.ts";
import type { FrameData } from "../ui-state.ts";

import { isGraded, outcomes } from "../../domain/outcome.ts";
import { laneId } from "../../engine/calls/lanes.ts";
import { modelNamesOf } from "../../report/asked/models.ts";
import { modelLines } from "../../report/asked/text.ts";
import {
  clean,
  duration,
  fixed,
  money,
  percent,
  seconds,
  unknown,
} from "../../report/render/format.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { cut } from "../../report/render/width.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { mostDoubted } from "../../report/score/doubted-usage.ts";
import { flag, verdictCode } from "../../report/view/shapes.ts";
import { quantileOf } from "../../report/view/totals.ts";
import { blank, fitLine, line, type Line } from "../line.ts";
import { tableLines } from "../table-lines.ts";
import { words } from "../words.ts";
import { failureRow } from "./failures-page.ts";
import { bar } from "./head.ts";

/** Lines for names of models other than those that were asked for. */
const mostRemarks = 3;

/** One row per target; below them other model names that came back, and as many of the latest failures as fit. */
export function targetsPage(data: FrameData, room: number): readonly Line[] {
  const { view, ui, lang, columns } = data;
  const selected = Math.min(ui.selected.targets, view.targets.length - 1);
  const table = tableLines(renderTerminal(tableOf(data), columns), { selected, room, columns });
  const names = modelLines(
    view.targets.map((target) => ({ name: nameOf(target, lang), ...modelNamesOf(target) })),
    lang,
  ).slice(0, Math.max(0, Math.min(mostRemarks, room - table.length)));
  const remarks = names.map((text) => fitLine(line(text, "warn"), columns));
  const left = room - table.length - remarks.length - 2;
  const failures = data.failures.slice(0, Math.max(0, left));
  if (left < 1 || failures.length === 0) return [...table, ...remarks];
  return [
    ...table,
    ...remarks,
    blank,
    line(words.recentFailures[lang], "bold"),
    ...failures.map((failure) => fitLine(failureRow(failure, lang), columns)),
  ];
}

function tableOf(data: FrameData): Table {
  const { view, lang, scores, columns } = data;
  const right = { align: "right" } as const;
  return {
    columns: [
      { title: words.target[lang], shrink: 16 },
      { title: words.progress[lang] },
      { title: scores === null ? words.mean[lang] : words.score[lang], ...right, drop: 1 },
      { title: words.firstToken[lang], ...right, drop: 3 },
      { title: words.speed[lang], ...right, drop: 5 },
      { title: words.cost[lang], ...right, drop: 4 },
      { title: words.inFlight[lang], ...right, drop: 6 },
      { title: words.limit[lang], drop: 7 },
      { title: words.errors[lang], drop: 2 },
    ],
    rows: view.targets.map((target, index) => [
      nameOf(target, lang),
      progressText(target, data),
      scoreText(target, scores?.totals[index]),
      pairText(target),
      speedText(target),
      costText(target, lang),
      flyingText(target, data),
      limitText(target, data),
      cut(errorsText(target, data, scores?.red_lines[index]), columns < 120 ? 14 : 36),
    ]),
  };
}

/** The target's name, marked where it is simulated, as on the leaderboard. */
export function nameOf({ ref, rows }: TargetView, lang: Lang): string {
  const simulated = ((rows.at.flags[rows.length - 1] ?? 0) & flag.simulated) !== 0;
  return `${clean(ref)}${simulated ? ` [${words.simulated[lang]}]` : ""}`;
}

function progressText({ totals }: TargetView, { view, columns }: FrameData): string {
  const planned = view.run?.size.per_target ?? 0;
  const share = planned === 0 ? 0 : Math.min(1, totals.answers / planned);
  const blocks = bar(share, columns < 120 ? 5 : 12).map(({ text }) => text);
  return `${blocks.join("")} ${percent(share, 0).padStart(4)}`;
}

function scoreText({ totals }: TargetView, score: Score | undefined): string {
  if (score === undefined) {
    return totals.counted === 0 ? "—" : fixed((totals.value / totals.counted) * 100, 1);
  }
  if (score.value === null) return "—";
  const value = fixed(score.value * 100, 1);
  if (score.interval === null) return value;
  const { low, high } = score.interval;
  return `${value} (${fixed(low * 100, 0)}–${fixed(high * 100, 0)})`;
}

function pairText({ totals }: TargetView): string {
  const median = quantileOf(totals.firstToken, 0.5);
  return median === null
    ? "—"
    : `${seconds(median)}/${seconds(quantileOf(totals.firstToken, 0.95))}`;
}

function speedText({ totals }: TargetView): string {
  const speed = quantileOf(totals.speed, 0.5);
  return speed === null ? "—" : fixed(speed, 0);
}

function costText({ totals }: TargetView, lang: Lang): string {
  const amounts = (["CNY", "USD"] as const)
    .map((currency) => ({
      currency,
      amount: totals.cost[currency] + totals.replacedCost[currency],
    }))
    .filter(({ amount }) => amount > 0);
  if (totals.doubted > totals.answers * mostDoubted) return unknown[lang];
  const least = totals.doubted > 0 ? "≥" : "";
  return amounts.length === 0 ? "—" : `${least}${money(amounts, lang)}`;
}

/** Requests under way, and for how long the oldest of them has been. */
function flyingText({ ref, inFlight }: TargetView, { state, lang }: FrameData): string {
  const oldest = state.oldest_ms.get(ref);
  if (inFlight === 0 || oldest === undefined || oldest < 1_000) return String(inFlight);
  return `${inFlight} · ${duration(oldest, lang)}`;
}

/** The lane's current limits, why they are lower where they were cut, beside the stated ones where they have changed. */
function limitText({ entry }: TargetView, { state, lang }: FrameData): string {
  if (entry === null || entry.baseline) return "—";
  const now = state.limits.get(laneId(entry));
  const { concurrency, rpm } = now ?? entry.limits;
  const cap = now === undefined ? "" : `/${entry.limits.concurrency}`;
  const lanes = lang === "zh" ? `${concurrency}${cap} 路` : `${concurrency}${cap} at once`;
  const lowered = now?.why === "cut" ? ` ${words.cut[lang]}` : "";
  const pace = rpm === null ? "" : lang === "zh" ? ` ${rpm}/分` : ` ${rpm}/min`;
  return lanes + pace + lowered;
}

/**
 * Red lines crossed and those on which a person must rule; whether it stopped, what it is waiting for, then final failures
 * by outcome, then the number of retries. Items not asked yet are not named here.
 */
function errorsText(
  target: TargetView,
  { state, lang, elapsed_ms }: FrameData,
  redLines: RedLines | undefined,
): string {
  const { crossed = [], pending = [] } = target.entry?.baseline === true ? {} : (redLines ?? {});
  const waiting = pending.filter((row) => target.rows.at.verdict[row] !== verdictCode.none).length;
  const severe = [
    ...(crossed.length > 0 ? [`${words.redLines[lang]} ${crossed.length}`] : []),
    ...(waiting > 0 ? [`${words.toRule[lang]} ${waiting}`] : []),
  ];
  const wait = state.waits.get(target.ref);
  const stopped = state.stopped.get(target.ref);
  const ended = stopped === undefined ? [] : [`■ ${words.stopped[lang]}`];
  const failed = outcomes
    .map((outcome, code) => ({ outcome, times: target.totals.outcomes[code] ?? 0 }))
    .filter(({ outcome, times }) => times > 0 && !isGraded(outcome))
    .map(({ outcome, times }) => `${outcomeWord(outcome, lang)} ${times}`);
  const now =
    wait === undefined || wait.until_ms - elapsed_ms < 1_000
      ? []
      : [`${outcomeWord(wait.outcome, lang)} ${duration(wait.until_ms - elapsed_ms, lang)}⏳`];
  const again = target.retries > 0 ? [`${words.retries[lang]} ${target.retries}`] : [];
  const said = now.length === 0 || wait === undefined || wait.said === "" ? [] : [wait.said];
  const parts = [...severe, ...ended, ...now, ...failed, ...again];
  return [...parts, ...said.map((text) => clean(text, 60))].join(" · ");
}

const outcomeWord = (outcome: Outcome, lang: Lang): string => outcomeWords[outcome][lang];
