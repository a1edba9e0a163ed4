import { MakeTime, SearchSunLongitude } from "astronomy-engine";

const known = new Map<string, number>();

/** The day in Beijing, since 1970-01-01, on which the Sun comes to a longitude in a year, and the share of it that is over. */
export function computedTerm(year: number, longitude: number): number {
  const key = `${year} ${longitude}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  // From about 280° on New Year's Day the Sun moves a degree a day.
  const ahead = ((longitude - 281 + 360) % 360) * (365.2422 / 360);
  const start = MakeTime(new Date(Date.UTC(year, 0, 1) + (ahead - 5) * 86_400_000));
  const term = SearchSunLongitude(longitude, start, 20);
  if (term === null) throw new Error(`no sun at ${longitude}`);
  const local = (term.date.getTime() + 8 * 3_600_000) / 86_400_000;
  known.set(key, local);
  return local;
}
