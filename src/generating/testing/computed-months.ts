import { type AstroTime, MakeTime, SearchMoonPhase, SearchSunLongitude } from "astronomy-engine";

const msPerDay = 86_400_000;

/** `first` in days since 1970-01-01. */
export type MonthStart = {
  readonly first: number;
  readonly month: number;
  readonly isLeap: boolean;
};

/**
 * The calendar by its definition (GB/T 33661-2017): a month begins on the day of the new moon in Beijing, 十一月 holds the
 * winter solstice, and of thirteen months between two solstices the first without a principal term is a leap month.
 */
export function computedMonths(fromYear: number, toYear: number): readonly MonthStart[] {
  const start = new Date(Date.UTC(fromYear, 9, 25));
  const firsts: number[] = [];
  for (let at = newMoon(start); at.date.getUTCFullYear() <= toYear; at = newMoon(at.AddDays(25)))
    firsts.push(dayInBeijing(at));
  const terms: { readonly longitude: number; readonly day: number }[] = [];
  for (let longitude = 240, at = MakeTime(start); at.date.getUTCFullYear() <= toYear;) {
    const term = SearchSunLongitude(longitude, at, 40);
    if (term === null) throw new Error(`no sun at ${longitude}`);
    terms.push({ longitude, day: dayInBeijing(term) });
    at = term.AddDays(25);
    longitude = (longitude + 30) % 360;
  }
  const solstices = terms.filter(({ longitude }) => longitude === 270).map(({ day }) => day);
  const placeOf = (day: number): number => firsts.findLastIndex((first) => first <= day);
  const holdsTerm = (at: number): boolean =>
    terms.some(({ day }) => day >= (firsts[at] ?? 0) && day < (firsts[at + 1] ?? 0));
  return solstices.slice(1).flatMap((solstice, year) => {
    const [from, to] = [placeOf(solstices[year] ?? 0), placeOf(solstice)];
    const places = firsts.slice(from, to).map((_, offset) => from + offset);
    const leap = places.length === 13 ? places.slice(1).find((at) => !holdsTerm(at)) : undefined;
    return places.map((at) => {
      const passed = at - from - (leap !== undefined && at >= leap ? 1 : 0);
      return { first: firsts[at] ?? 0, month: ((10 + passed) % 12) + 1, isLeap: at === leap };
    });
  });
}

function newMoon(from: Date | AstroTime): AstroTime {
  const found = SearchMoonPhase(0, from, 40);
  if (found === null) throw new Error("no new moon");
  return found;
}

const dayInBeijing = ({ date }: AstroTime): number =>
  Math.floor((date.getTime() + 8 * 3_600_000) / msPerDay);
