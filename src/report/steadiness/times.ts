import type { Interval } from "../../stats/interval.ts";
import type { SeenHour } from "./series.ts";

import { type HourCell, weekdayOf } from "../../stats/hours/slow-hours.ts";
import { percentile } from "../../stats/percentile.ts";
import { seededRandom } from "../../stats/random.ts";
import { addedSketches, type Sketch, sizeOf, sketchQuantile } from "../../stats/sketch.ts";
import { hourMs } from "./collect.ts";
import { beijingDayNumber, beijingHour } from "./period.ts";

/** Quantiles in ms; +Infinity where attempts that timed out reach as far, null where there are too few to tell. */
export type TimeQuantiles = {
  readonly n: number;
  readonly late: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

/** How much longer the slow answers take than the usual one. */
export type TailRatio = { readonly value: number; readonly interval: Interval | null };

export type PartTimes = TimeQuantiles & { readonly part: number };

/** Below so many times an hour says nothing of its usual time. */
const fewestTimes = 5;
/** Samples of which one lies beyond a quantile, times two. */
const fewestFor = { p50: 2, p95: 20, p99: 100 } as const;
const draws = 299;
/** Days below which there is no interval. */
const fewestDays = 5;

export const dayOfHour = (hour: number): number => beijingDayNumber(hour * hourMs);

/** Quantiles over hours. */
export function quantilesOf(hours: readonly SeenHour[]): TimeQuantiles {
  const sketch = addedSketches(hours.map(({ times }) => times));
  const late = hours.reduce((sum, each) => sum + each.late, 0);
  const n = sizeOf(sketch);
  const at = (share: number, fewest: number): number | null =>
    n + late < fewest ? null : quantileOf(sketch, n, late, share);
  return {
    n,
    late,
    p50: at(0.5, fewestFor.p50),
    p95: at(0.95, fewestFor.p95),
    p99: at(0.99, fewestFor.p99),
  };
}

/** What timed out took longer than anything that came. */
function quantileOf(sketch: Sketch, n: number, late: number, share: number): number | null {
  const inside = (share * (n + late - 1)) / Math.max(1, n - 1);
  return inside > 1 ? Number.POSITIVE_INFINITY : sketchQuantile(sketch, inside);
}

/** By hour of the day, 0 to 23; hours that were not seen are absent. */
export const byHour = (hours: readonly SeenHour[]): readonly PartTimes[] =>
  partsOf(hours, ({ hour }) => beijingHour(hour));

/** By day of the week, 0 is Monday. */
export const byWeekday = (hours: readonly SeenHour[]): readonly PartTimes[] =>
  partsOf(hours, ({ hour }) => weekdayOf(dayOfHour(hour)));

const partsOf = (
  hours: readonly SeenHour[],
  part: (hour: SeenHour) => number,
): readonly PartTimes[] =>
  [...Map.groupBy(hours, part)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, own]) => ({ part: number, ...quantilesOf(own) }));

/** The usual time of every hour that has enough of them. */
export const cellsOf = (hours: readonly SeenHour[]): readonly HourCell[] =>
  hours.flatMap((each) => {
    const { n, p50 } = quantilesOf([each]);
    if (n < fewestTimes || p50 === null || !Number.isFinite(p50) || p50 <= 0) return [];
    return [{ day: dayOfHour(each.hour), hour: beijingHour(each.hour), log: Math.log(p50) }];
  });

/** p95 over p50, its 95% interval drawn from whole days: hours of one day share their luck. */
export function tailRatio(hours: readonly SeenHour[]): TailRatio | null {
  const value = ratioOf(quantilesOf(hours));
  if (value === null) return null;
  const days = [...Map.groupBy(hours, ({ hour }) => dayOfHour(hour)).values()].map((own) => ({
    hour: 0,
    times: addedSketches(own.map(({ times }) => times)),
    late: own.reduce((sum, { late }) => sum + late, 0),
  }));
  if (days.length < fewestDays) return { value, interval: null };
  const random = seededRandom(days.length);
  const drawn = Float64Array.from({ length: draws }, () => {
    const some = days.flatMap(() => days[Math.floor(random() * days.length)] ?? []);
    return ratioOf(quantilesOf(some)) ?? value;
  }).toSorted();
  return { value, interval: { low: percentile(drawn, 0.025), high: percentile(drawn, 0.975) } };
}

const ratioOf = ({ p50, p95 }: TimeQuantiles): number | null =>
  p50 === null || p95 === null || !Number.isFinite(p50) ? null : p95 / p50;
