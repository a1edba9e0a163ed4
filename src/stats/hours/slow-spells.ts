import { type HourCell, isWorkday, median } from "./slow-hours.ts";

/** Hours of one day that were far slower than is usual at that time of day. */
export type SlowSpell = {
  readonly day: number;
  readonly from: number;
  readonly to: number;
  readonly ratio: number;
};

/** A spell is at least so many times as slow as usual, each of its hours so many times, */
const leastRatio = 2;
const leastHourRatio = 1.6;
/** and so many times as far from usual as hours are apart. Several hours need no less: neighbours share their moods. */
const leastDeviations = 6;
/** Days that say what is usual at an hour. */
const fewestDays = 5;

/**
 * Single slow spells. What is usual at an hour is its median over the days of the same kind; the spread is that of all
 * hours about what is usual (median absolute deviation). Hours that follow each other are one spell.
 */
export function slowSpells(cells: readonly HourCell[]): readonly SlowSpell[] {
  const apart = distancesOf(cells);
  const spread = 1.4826 * median(apart.map(({ above }) => Math.abs(above)));
  if (!Number.isFinite(spread)) return [];
  const runs: { readonly day: number; readonly hours: number[]; readonly above: number[] }[] = [];
  const slow = apart
    .filter(({ above }) => above >= Math.log(leastHourRatio))
    .toSorted((a, b) => a.day - b.day || a.hour - b.hour);
  for (const { day, hour, above } of slow) {
    const last = runs.at(-1);
    if (last?.day === day && last.hours.at(-1) === hour - 1) {
      last.hours.push(hour);
      last.above.push(above);
    } else runs.push({ day, hours: [hour], above: [above] });
  }
  return runs
    .map(({ day, hours, above }) => ({
      day,
      from: hours[0] ?? 0,
      to: (hours.at(-1) ?? 0) + 1,
      log: median(above),
    }))
    .filter(({ log }) => log >= Math.max(Math.log(leastRatio), leastDeviations * spread))
    .map(({ log, ...spell }) => ({ ...spell, ratio: Math.exp(log) }));
}

function distancesOf(cells: readonly HourCell[]) {
  return [...Map.groupBy(cells, ({ hour }) => hour).values()].flatMap((own) => {
    const split = [
      own.filter(({ day }) => isWorkday(day)),
      own.filter(({ day }) => !isWorkday(day)),
    ];
    const parts = split.every(({ length }) => length === 0 || length >= fewestDays) ? split : [own];
    return parts
      .filter(({ length }) => length >= fewestDays)
      .flatMap((part) => {
        const usual = median(part.map(({ log }) => log));
        return part.map(({ day, hour, log }) => ({ day, hour, above: log - usual }));
      });
  });
}
