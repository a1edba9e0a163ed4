import type { Lang } from "../../domain/text.ts";
import type { Table } from "../../report/render/table.ts";
import type { Score } from "../../report/score/score.ts";
import type { TargetView } from "../../report/view/model.ts";
import type { FrameData } from "../ui-state.ts";

import { modelNamesOf } from "../../report/asked/models.ts";
import { modelLines } from "../../report/asked/text.ts";
import { clean, fixed, money, percent, seconds, unknown } from "../../report/render/format.ts";
import { columnsThatFit, renderTerminal } from "../../report/render/terminal.ts";
import { cellsOf, cut } from "../../report/render/width.ts";
import { mostDoubted } from "../../report/score/doubted-usage.ts";
import { flag } from "../../report/view/shapes.ts";
import { doneOf, quantileOf } from "../../report/view/totals.ts";
import { blank, fitLine, line, type Line } from "../line.ts";
import { tableLines } from "../table-lines.ts";
import { words } from "../words.ts";
import { failureRow } from "./failures-page.ts";
import { bar } from "./head.ts";
import { errorsText, flyingText, goingOn, limitText } from "./lane-texts.ts";

/** Lines for what targets wait for, and for names of models other than those that were asked for. */
const mostRemarks = 3;

/**
 * One row per target; below them what targets wait for, as far as the row has no room for it, other model names that came
 * back, and as many of the latest failures as fit.
 */
export function targetsPage(data: FrameData, room: number): readonly Line[] {
  const { view, ui, lang, columns } = data;
  const selected = Math.min(ui.selected.targets, view.targets.length - 1);
  const rows = tableOf(data);
  const hidden = hiddenLines(rows, data);
  const table = [
    ...tableLines(renderTerminal(rows, columns), {
      selected,
      room: room - hidden.length,
      columns,
      lang,
    }),
    ...hidden,
  ];
  const left = Math.max(0, room - table.length);
  const waits = waitLines(data, rows).slice(0, Math.min(mostRemarks, left));
  const names = modelLines(
    view.targets.map((target) => ({ name: nameOf(target, lang), ...modelNamesOf(target) })),
    lang,
  ).slice(0, Math.max(0, Math.min(mostRemarks, left - waits.length)));
  const remarks = [...waits, ...names].map((text) => fitLine(line(text, "warn"), columns));
  const free = left - remarks.length - 2;
  const failures = data.failures.slice(0, Math.max(0, free));
  if (free < 1 || failures.length === 0) return [...table, ...remarks];
  return [
    ...table,
    ...remarks,
    blank,
    line(words.recentFailures[lang], "bold"),
    ...failures.map((failure) => fitLine(failureRow(failure, lang), columns)),
  ];
}

/** Which columns are left out, because one that goes while somebody watches is looked for. `waitLines` tells the others. */
function hiddenLines(table: Table, { lang, columns }: FrameData): readonly Line[] {
  const fitting = new Set(columnsThatFit(table, columns));
  const told = new Set<string>([words.inFlight[lang], words.limit[lang], words.errors[lang]]);
  const names = table.columns
    .filter(({ title }, at) => !fitting.has(at) && !told.has(title))
    .map(({ title }) => title);
  return names.length === 0 ? [] : [fitLine(line(words.moreColumns[lang](names), "dim"), columns)];
}

/** What targets wait for, where the columns that say it are left out or cut. */
function waitLines(data: FrameData, table: Table): readonly string[] {
  const { view, lang, columns, scores } = data;
  const fitting = new Set(columnsThatFit(table, columns).map((at) => table.columns[at]?.title));
  return view.targets.flatMap((target, index) => {
    const errors = errorsText(target, data, scores?.red_lines[index]);
    const isWhole = fitting.has(words.errors[lang]) && cellsOf(errors) <= errorsWidth(columns);
    const hidden = {
      inFlight: !fitting.has(words.inFlight[lang]),
      limit: !fitting.has(words.limit[lang]),
      errors: !isWhole,
    };
    return goingOn(target, data, hidden) ?? [];
  });
}

const errorsWidth = (columns: number): number => (columns < 120 ? 14 : 36);

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
      cut(errorsText(target, data, scores?.red_lines[index]), errorsWidth(columns)),
    ]),
  };
}

/** The target's name, marked where it is simulated, as on the leaderboard. */
export function nameOf({ ref, rows }: TargetView, lang: Lang): string {
  const simulated = ((rows.at.flags[rows.length - 1] ?? 0) & flag.simulated) !== 0;
  return `${clean(ref)}${simulated ? ` [${words.simulated[lang]}]` : ""}`;
}

function progressText(target: TargetView, { view, columns }: FrameData): string {
  const planned = view.run?.size.per_target ?? 0;
  const share = planned === 0 ? 0 : Math.min(1, doneOf(target) / planned);
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
