import { type LatencyStep, latencySteps } from "../drift/latency.ts";
import { type HourCell, median } from "./slow-hours.ts";

/** How far a day was above what is usual at its hours: the median of logarithms. */
export type DayValue = { readonly day: number; readonly value: number };

/** One value a day, in order; which hours of it were seen moves nothing. */
export function dayValues(cells: readonly HourCell[]): readonly DayValue[] {
  const usual = new Map(
    [...Map.groupBy(cells, ({ hour }) => hour)].map(([hour, own]) => [
      hour,
      median(own.map(({ log }) => log)),
    ]),
  );
  return [...Map.groupBy(cells, ({ day }) => day)]
    .toSorted(([a], [b]) => a - b)
    .map(([day, own]) => ({
      day,
      value: median(own.map(({ hour, log }) => log - (usual.get(hour) ?? 0))),
    }));
}

/** From this day on it takes `ratio` times as long as before. */
export type DayStep = Pick<LatencyStep, "ratio"> & { readonly day: number };

/** In a month moods of days pass for smaller steps. */
const leastStep = 1.5;

/** Steps in a target's times that stay, up or down. */
export function daySteps(cells: readonly HourCell[]): readonly DayStep[] {
  const days = dayValues(cells);
  return latencySteps(days.map(({ value }) => Math.exp(value)))
    .filter(({ ratio }) => Math.max(ratio, 1 / ratio) >= leastStep)
    .flatMap(({ since, ratio }) => days.slice(since, since + 1).map(({ day }) => ({ day, ratio })));
}
