import type { WindowsLine } from "../../domain/nights/lines.ts";
import type { DayStep } from "../../stats/hours/day-values.ts";
import type { SlowHours } from "../../stats/hours/slow-hours.ts";
import type { SlowSpell } from "../../stats/hours/slow-spells.ts";
import type { SlowWeekday } from "../../stats/hours/slow-weekdays.ts";
import type { Interval } from "../../stats/interval.ts";
import type { NightRecord } from "../nightly/record.ts";
import type { NightNews } from "./night-news.ts";
import type { Period } from "./period.ts";

import { type MetAs, meetings } from "../../domain/nights/meeting.ts";
import { daySteps } from "../../stats/hours/day-values.ts";
import { slowHours } from "../../stats/hours/slow-hours.ts";
import { slowSpells } from "../../stats/hours/slow-spells.ts";
import { slowWeekdays } from "../../stats/hours/slow-weekdays.ts";
import {
  type Availability,
  availabilityOf,
  isMaintained,
  shareOf,
  visitsOf,
} from "./availability.ts";
import { windowMs } from "./collect.ts";
import { newsOf } from "./night-news.ts";
import { type ServiceOutage, outagesOf } from "./outages.ts";
import { ownNetworkWindows } from "./own-network.ts";
import { beijingDayNumber, beijingHour } from "./period.ts";
import {
  attemptsIn,
  failuresIn,
  type SeenHour,
  type SeenWindow,
  seriesOf,
  type TargetSeries,
} from "./series.ts";
import {
  byHour,
  byWeekday,
  cellsOf,
  dayOfHour,
  type PartTimes,
  quantilesOf,
  type TailRatio,
  tailRatio,
  type TimeQuantiles,
} from "./times.ts";

/** All that a period is judged from. */
export type SteadinessSource = {
  /** In order, second measurements merged, targets by their last name. */
  readonly nights: readonly NightRecord[];
  /** Of every measurement, targets by their last name. */
  readonly windows: readonly WindowsLine[];
  /** Measurements of which nothing is kept by window. */
  readonly without_windows: number;
};

/** A period of one target. */
export type TargetSteadiness = {
  readonly target: string;
  readonly simulated: boolean;
  /** Windows of five minutes in which it was asked, those of our own network's failures left out. */
  readonly windows: number;
  readonly attempts: number;
  readonly calls: number;
  /** Calls whose first attempt was answered. */
  readonly first_try: { readonly value: number | null; readonly interval: Interval | null };
  readonly met: Readonly<Record<MetAs, number>>;
  readonly sla: Availability;
  readonly user: Availability;
  /** Windows left out of both rules, and of `sla` alone. */
  readonly own_network: number;
  readonly maintenance: number;
  readonly outages: readonly ServiceOutage[];
  readonly timed: TargetSeries["timed"];
  readonly times: TimeQuantiles;
  readonly tail: TailRatio | null;
  readonly by_hour: readonly PartTimes[];
  readonly by_weekday: readonly PartTimes[];
  readonly slow_hours: readonly SlowHours[];
  readonly slow_weekdays: readonly SlowWeekday[];
  readonly slow_spells: readonly SlowSpell[];
  /** Times that became longer or shorter and stayed so. */
  readonly steps: readonly DayStep[];
  readonly news: NightNews;
  /** By day and hour in which it was asked. */
  readonly calendar: readonly CalendarHour[];
};

/** One hour of one day. */
export type CalendarHour = {
  /** Days since 1970, and the hour in Beijing. */
  readonly day: number;
  readonly hour: number;
  readonly attempts: number;
  readonly failed: number;
  readonly p50_ms: number | null;
};

export type SteadinessReport = {
  readonly period: Period;
  /** Hours of the day, in Beijing, in which anything was asked. */
  readonly hours: readonly number[];
  readonly without_windows: number;
  readonly targets: readonly TargetSteadiness[];
};

/** At most so many quiet periods in a hundred name slow hours, days of the week or steps of any target. */
export const falseNaming = 0.05;

/** Judges a period. Targets of which nothing was asked in it are left out. */
export function steadinessOf(source: SteadinessSource, period: Period): SteadinessReport {
  const all = seriesOf(source.windows)
    .map((series) => within(series, period))
    .filter(({ windows }) => windows.length > 0);
  const ours = ownNetworkWindows(all);
  // Hours of the day, days of the week and steps are three searches.
  const level = falseNaming / 3 / Math.max(1, all.length);
  const simulated = simulatedTargets(source.nights);
  const news = newsOf(source.nights, period);
  return {
    period,
    hours: [
      ...new Set(all.flatMap(({ windows }) => windows.map(({ at }) => hourOfWindow(at)))),
    ].toSorted((a, b) => a - b),
    without_windows: source.without_windows,
    targets: all.map((series) => ({
      ...targetOf(series, { ours, period, level }),
      simulated: simulated.has(series.target),
      news: news.get(series.target) ?? { models: [], changes: [] },
    })),
  };
}

/** The last window in which anything was asked; null without any. */
export const lastWindow = ({ windows }: SteadinessSource): number | null =>
  seriesOf(windows).reduce<number | null>(
    (last, series) => Math.max(last ?? 0, series.windows.at(-1)?.at ?? 0),
    null,
  );

const within = (series: TargetSeries, { first, until }: Period): TargetSeries => ({
  ...series,
  windows: series.windows.filter(({ at }) => at >= first && at < until),
  hours: series.hours.filter(({ hour }) => hour * 12 >= first && hour * 12 < until),
});

const hourOfWindow = (at: number): number => beijingHour(Math.floor(at / 12));

const simulatedTargets = (nights: readonly NightRecord[]): ReadonlySet<string> =>
  new Set(
    nights.flatMap(({ targets }) =>
      [...targets].filter(([, { simulated }]) => simulated).map(([ref]) => ref),
    ),
  );

function targetOf(
  { target, timed, windows: every, hours }: TargetSeries,
  {
    ours,
    period,
    level,
  }: { readonly ours: ReadonlySet<number>; readonly period: Period; readonly level: number },
): Omit<TargetSteadiness, "simulated" | "news"> {
  const windows = every.filter(({ at }) => !ours.has(at));
  const ownNetwork = every.length - windows.length;
  const maintenance = windows.filter(isMaintained).length;
  const total = period.until - period.first - ownNetwork;
  const cells = cellsOf(hours);
  const sum = (value: (window: SeenWindow) => number): number =>
    windows.reduce((count, window) => count + value(window), 0);
  return {
    target,
    windows: windows.filter((window) => attemptsIn(window) > 0).length,
    attempts: sum(attemptsIn),
    calls: sum(({ calls }) => calls),
    first_try: shareOf(
      visitsOf(windows).map((visit) => ({
        hit: visit.reduce((count, { first }) => count + first, 0),
        of: visit.reduce((count, { calls }) => count + calls, 0),
      })),
    ),
    met: Object.fromEntries(meetings.map((kind) => [kind, sum(({ met }) => met[kind])])) as Record<
      MetAs,
      number
    >,
    sla: availabilityOf(windows, "sla", total - maintenance),
    user: availabilityOf(windows, "user", total),
    own_network: ownNetwork,
    maintenance,
    outages: outagesOf(windows),
    timed,
    times: quantilesOf(hours),
    tail: tailRatio(hours),
    by_hour: byHour(hours),
    by_weekday: byWeekday(hours),
    slow_hours: slowHours(cells, level),
    slow_weekdays: slowWeekdays(cells, level),
    slow_spells: slowSpells(cells),
    steps: daySteps(cells, level),
    calendar: calendarOf(windows, hours),
  };
}

function calendarOf(
  windows: readonly SeenWindow[],
  hours: readonly SeenHour[],
): readonly CalendarHour[] {
  const times = new Map(hours.map((each) => [each.hour, quantilesOf([each]).p50]));
  return [...Map.groupBy(windows, ({ at }) => Math.floor(at / 12))].map(([hour, own]) => {
    const p50 = times.get(hour) ?? null;
    return {
      day: dayOfHour(hour),
      hour: beijingHour(hour),
      attempts: own.reduce((count, window) => count + attemptsIn(window), 0),
      failed: own.reduce((count, window) => count + failuresIn(window), 0),
      p50_ms: p50 === null || !Number.isFinite(p50) ? null : p50,
    };
  });
}

/** Days from 1970 of a period, first and last. */
export const daysOfPeriod = ({ first, until }: Period): readonly [number, number] => [
  beijingDayNumber(first * windowMs),
  beijingDayNumber((until - 1) * windowMs),
];
