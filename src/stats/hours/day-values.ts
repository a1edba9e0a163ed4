import { seededRandom } from "../random.ts";
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
export type DayStep = { readonly day: number; readonly ratio: number; readonly p: number };

/** Smaller steps pass for moods of days. */
const leastStep = 1.5;
/** Days on either side of a step. */
const leastSide = 5;
const mostDraws = 20_000;
/** As many draws as large as what was found end the search: it is nothing (Besag and Clifford, Biometrika 78, 1991). */
const enough = 20;

/**
 * The step in a target's times that is largest by the spread of days about it (CUSUM), up or down; none or one. Days are
 * like their neighbours: it is compared with the largest step in series without any whose days depend on each other as
 * much (first-order autoregression, its coefficient corrected for two means by Kendall's bias, Biometrika 41, 1954).
 */
export function daySteps(
  cells: readonly HourCell[],
  level: number,
  seed = 20_261_202,
): readonly DayStep[] {
  const days = dayValues(cells);
  const values = days.map(({ value }) => value);
  const found = largestStep(values);
  if (found === null || Math.abs(found.step) < Math.log(leastStep)) return [];
  const keep = dependenceOf(found.rests);
  const random = seededRandom(seed);
  const draws = Math.min(mostDraws, Math.ceil(enough / level));
  let [drawn, as_large] = [0, 0];
  for (; drawn < draws && as_large < enough; drawn++) {
    const other = largestStep(autoregression(values.length, keep, random));
    if ((other?.size ?? 0) >= found.size) as_large++;
  }
  const p = (1 + as_large) / (1 + drawn);
  if (p > level) return [];
  return days
    .slice(found.at, found.at + 1)
    .map(({ day }) => ({ day, ratio: Math.exp(found.step), p }));
}

type Step = {
  readonly at: number;
  readonly step: number;
  /** In spreads of the days about both means. */
  readonly size: number;
  readonly rests: readonly number[];
};

function largestStep(values: readonly number[]): Step | null {
  const n = values.length;
  if (n < 2 * leastSide) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  let [best, at, sum] = [-1, leastSide, 0];
  for (let cut = 1; cut <= n - leastSide; cut++) {
    sum += values[cut - 1] ?? 0;
    if (cut < leastSide) continue;
    const size = Math.abs(sum - (cut / n) * total) / Math.sqrt((cut * (n - cut)) / n);
    if (size > best) [best, at] = [size, cut];
  }
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  const rests = values.map((value, place) => value - (place < at ? before : after));
  const spread = Math.sqrt(rests.reduce((squares, rest) => squares + rest * rest, 0) / n);
  return { at, step: after - before, size: best / Math.max(spread, leastSpread), rests };
}

const leastSpread = 0.02;

/** A month is too short to tell how long moods last: at least this much of a day is taken to be there on the next. */
const leastDependence = 0.7;

/** How much of a day is still there on the next. */
function dependenceOf(rests: readonly number[]): number {
  const n = rests.length;
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  const pairs = rests.slice(1).reduce((sum, rest, at) => sum + rest * (rests[at] ?? 0), 0);
  const seen = squares === 0 ? 0 : pairs / squares;
  return Math.min(0.9, Math.max(leastDependence, (seen + 2 / n) / (1 - 6 / n)));
}

function autoregression(n: number, keep: number, random: () => number): readonly number[] {
  const fresh = Math.sqrt(1 - keep * keep);
  let last = normal(random);
  return Array.from({ length: n }, () => (last = keep * last + fresh * normal(random)));
}

/** Box and Muller (Ann. Math. Stat. 29, 1958). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
