import { seededRandom } from "../random.ts";
import { dayValues } from "./day-values.ts";
import { type HourCell, leastRatio, weekdayOf } from "./slow-hours.ts";

/** A day of the week that is slower than the others. */
export type SlowWeekday = {
  /** 0 is Monday. */
  readonly weekday: number;
  readonly ratio: number;
  /** Adjusted for the seven days. */
  readonly p: number;
  readonly seen: number;
};

const fewestWeeks = 4;
const draws = 4_999;

/**
 * Days of the week that are slow by themselves. A day's value is the median distance of its hours from what is usual at
 * those hours; the largest mean of a weekday is compared with those after the days of every week were turned round by a
 * random step. Turning keeps what neighbouring days have in common, and cannot give a p below 1/343 from four weeks.
 */
export function slowWeekdays(
  cells: readonly HourCell[],
  level: number,
  seed = 20_261_201,
): readonly SlowWeekday[] {
  const weeks = weeksOf(cells);
  const real = meansOf(weeks, null);
  if (weeks.length < fewestWeeks || real.length < 2) return [];
  const random = seededRandom(seed);
  const maxima = Array.from({ length: draws }, () => {
    const turns = weeks.map(({ length }) => Math.floor(random() * length));
    return Math.max(...meansOf(weeks, turns).map(({ mean }) => mean));
  });
  return real
    .map(({ weekday, mean, n }) => ({
      weekday,
      ratio: Math.exp(mean),
      p: (1 + maxima.filter((drawn) => drawn >= mean - 1e-12).length) / (1 + draws),
      seen: n,
    }))
    .filter(({ ratio, p }) => p <= level && ratio >= leastRatio);
}

type WeekDay = { readonly weekday: number; readonly value: number };

function weeksOf(cells: readonly HourCell[]): readonly (readonly WeekDay[])[] {
  const days = dayValues(cells).map(({ day, value }) => ({
    week: Math.floor((day + 3) / 7),
    weekday: weekdayOf(day),
    value,
  }));
  return [...Map.groupBy(days, ({ week }) => week).values()].filter((own) => own.length > 2);
}

function meansOf(weeks: readonly (readonly WeekDay[])[], turns: readonly number[] | null) {
  const n = new Float64Array(7);
  const sum = new Float64Array(7);
  let [all, count] = [0, 0];
  for (const [place, week] of weeks.entries()) {
    for (const [at, { weekday }] of week.entries()) {
      const value = week[(at + (turns?.[place] ?? 0)) % week.length]?.value ?? 0;
      n[weekday] = (n[weekday] ?? 0) + 1;
      sum[weekday] = (sum[weekday] ?? 0) + value;
      all += value;
      count++;
    }
  }
  return Array.from(n, (days, weekday) => ({ weekday, n: days, sum: sum[weekday] ?? 0 }))
    .filter((each) => each.n >= 3)
    .map((each) => ({
      weekday: each.weekday,
      n: each.n,
      mean: each.sum / each.n - (all - each.sum) / Math.max(1, count - each.n),
    }));
}
