import { percentile } from "../percentile.ts";
import { seededRandom } from "../random.ts";

/** The usual time of one hour of one day. */
export type HourCell = {
  /** Whole days since 1970-01-01, a Thursday. */
  readonly day: number;
  readonly hour: number;
  /** Logarithm of the median time. */
  readonly log: number;
};

export type DayKind = "every" | "workdays" | "weekends";

/** Hours of the day that are slower than the others, day after day. */
export type SlowHours = {
  readonly days: DayKind;
  /** From this hour to before that one; `to` may lie beyond midnight. */
  readonly from: number;
  readonly to: number;
  /** Median over the days of how many times as long as in the other hours of the day, with its 95% interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Adjusted for all hours and kinds of day that were tried. */
  readonly p: number;
  /** Days of this kind that were seen at this time, and those of them on which it was slower. */
  readonly seen: number;
  readonly slower: number;
};

const kinds: readonly DayKind[] = ["every", "workdays", "weekends"];
const fewestDays = 5;
/** Slower by less concerns nobody. */
export const leastRatio = 1.25;
/** Below this spread between days, a mean is not more certain: the bins of a sketch are 5% wide. */
const leastSpread = 0.02;
const mostDraws = 20_000;
/** As many draws as large as what was found end the search: it is nothing (Besag and Clifford, Biometrika 78, 1991). */
const enough = 20;

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
export const isWorkday = (day: number): boolean => weekdayOf(day) < 5;

/**
 * Hours that are slow by themselves. Of every hour of a day the distance from the median of the day's other hours is
 * taken, so that a slow day moves nothing; the largest Student's t of an hour's distances over the days, of all hours and
 * kinds of day, is compared with those after the hours of each day were turned round the clock by a random step. Turning
 * keeps what neighbouring hours have in common, so that an afternoon that was slow by chance proves nothing.
 */
export function slowHours(
  cells: readonly HourCell[],
  level: number,
  seed = 20_261_130,
): readonly SlowHours[] {
  const days = daysOf(cells);
  const real = statisticsOf(days, null);
  const largest = Math.max(...real.map(({ t }) => t));
  if (!Number.isFinite(largest)) return [];
  const random = seededRandom(seed);
  const draws = Math.min(mostDraws, Math.ceil(enough / level));
  const maxima: number[] = [];
  let as_large = 0;
  while (maxima.length < draws && as_large < enough) {
    const turns = days.map(({ hours }) => Math.floor(random() * hours.length));
    const drawn = Math.max(...statisticsOf(days, turns).map(({ t }) => t));
    maxima.push(drawn);
    if (drawn >= largest) as_large++;
  }
  const pOf = (t: number): number =>
    (1 + maxima.filter((drawn) => drawn >= t).length) / (1 + maxima.length);
  const found = real.map((each) => ({ ...each, p: pOf(each.t) })).filter(({ p }) => p <= level);
  const slow = Map.groupBy(found, ({ hour }) => hour);
  const named = [...slow].map(([hour, own]) => ({
    hour,
    days: kindOf(days, hour),
    p: Math.min(...own.map(({ p }) => p)),
  }));
  return kinds
    .flatMap((kind) => spansOf(named.filter((each) => each.days === kind)))
    .flatMap((span) => spanOf(cells, named, span) ?? []);
}

type DayHours = {
  readonly day: number;
  readonly hours: readonly number[];
  /** Of each hour, how far its time is above that of the day's other hours. */
  readonly above: readonly number[];
};

function daysOf(cells: readonly HourCell[]): readonly DayHours[] {
  return [...Map.groupBy(cells, ({ day }) => day)]
    .filter(([, own]) => own.length > 1)
    .map(([day, own]) => {
      const sorted = own.toSorted((a, b) => a.hour - b.hour);
      const above = sorted.map(
        ({ log }, at) =>
          log - median(sorted.flatMap((each, other) => (other === at ? [] : each.log))),
      );
      return { day, hours: sorted.map(({ hour }) => hour), above };
    });
}

type Statistic = { readonly hour: number; readonly kind: DayKind; readonly t: number };

/** Sums by kind and hour, in one array: the draws take nearly all of the time. */
function statisticsOf(
  days: readonly DayHours[],
  turns: readonly number[] | null,
): readonly Statistic[] {
  const n = new Float64Array(72);
  const sum = new Float64Array(72);
  const squares = new Float64Array(72);
  for (const [place, { day, hours, above }] of days.entries()) {
    const turn = turns?.[place] ?? 0;
    const offset = isWorkday(day) ? 24 : 48;
    for (let at = 0; at < hours.length; at++) {
      const value = above[(at + turn) % hours.length] ?? 0;
      const hour = hours[at] ?? 0;
      for (const index of [hour, offset + hour]) {
        n[index] = (n[index] ?? 0) + 1;
        sum[index] = (sum[index] ?? 0) + value;
        squares[index] = (squares[index] ?? 0) + value * value;
      }
    }
  }
  const found: Statistic[] = [];
  for (let index = 0; index < 72; index++) {
    const count = n[index] ?? 0;
    if (count < fewestDays) continue;
    const mean = (sum[index] ?? 0) / count;
    const variance = Math.max(0, (squares[index] ?? 0) - count * mean * mean) / (count - 1);
    const spread = Math.max(leastSpread, Math.sqrt(variance));
    const kind = kinds[Math.floor(index / 24)] ?? "every";
    found.push({ hour: index % 24, kind, t: mean / (spread / Math.sqrt(count)) });
  }
  return found;
}

/** On which days an hour is slow: on all, where one kind of day shows at least half of the other's effect. */
function kindOf(days: readonly DayHours[], hour: number): DayKind {
  const above = (isKind: (day: number) => boolean): readonly number[] =>
    days
      .filter(({ day }) => isKind(day))
      .flatMap(({ hours, above: own }) => own[hours.indexOf(hour)] ?? []);
  const [work, rest] = [above(isWorkday), above((day) => !isWorkday(day))];
  if (work.length < 2) return "weekends";
  if (rest.length < 2) return "workdays";
  const [workdays, weekends] = [median(work), median(rest)];
  if (Math.min(workdays, weekends) * 2 >= Math.max(workdays, weekends)) return "every";
  return workdays > weekends ? "workdays" : "weekends";
}

type NamedHour = { readonly hour: number; readonly days: DayKind; readonly p: number };
type Span = { readonly days: DayKind; readonly hours: readonly number[]; readonly p: number };

/** Hours that follow each other, across midnight too. */
function spansOf(named: readonly NamedHour[]): readonly Span[] {
  const byHour = new Map(named.map((each) => [each.hour, each]));
  const starts = named.filter(({ hour }) => !byHour.has((hour + 23) % 24));
  return starts
    .toSorted((a, b) => a.hour - b.hour)
    .map(({ hour, days }) => {
      const hours: number[] = [];
      for (let at = hour; byHour.has(at % 24) && hours.length < 23; at++) hours.push(at % 24);
      return { days, hours, p: Math.min(...hours.map((each) => byHour.get(each)?.p ?? 1)) };
    });
}

function spanOf(
  cells: readonly HourCell[],
  named: readonly NamedHour[],
  { days, hours, p }: Span,
): SlowHours | null {
  const isKind = (day: number): boolean =>
    days === "every" || isWorkday(day) === (days === "workdays");
  const slow = new Set(named.map(({ hour }) => hour));
  const inside = new Set(hours);
  const byDay = [...Map.groupBy(cells, ({ day }) => day)].filter(([day]) => isKind(day));
  const above = byDay.flatMap(([, own]) => {
    const here = own.filter(({ hour }) => inside.has(hour)).map(({ log }) => log);
    const others = own.filter(({ hour }) => !slow.has(hour)).map(({ log }) => log);
    return here.length === 0 || others.length === 0 ? [] : [median(here) - median(others)];
  });
  const ratio = Math.exp(median(above));
  if (above.length < fewestDays || ratio < leastRatio) return null;
  const { low, high } = medianInterval(above);
  const from = hours[0] ?? 0;
  return {
    days,
    from,
    to: from + hours.length,
    ratio,
    low: Math.exp(low),
    high: Math.exp(high),
    p,
    seen: above.length,
    slower: above.filter((each) => each > 0).length,
  };
}

/** 95%, drawn from the days. */
function medianInterval(values: readonly number[]): {
  readonly low: number;
  readonly high: number;
} {
  const random = seededRandom(values.length);
  const drawn = Float64Array.from({ length: 499 }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).toSorted();
  return { low: percentile(drawn, 0.025), high: percentile(drawn, 0.975) };
}

/** The mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const high = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[half - 1] ?? Number.NaN)) / 2;
}
