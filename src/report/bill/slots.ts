import type { Traffic } from "../../domain/choosing/traffic.ts";

/** A quarter of an hour of one day of the month: when it begins, and its share of that day's calls. */
export type QuarterHour = { readonly at: Date; readonly weekend: boolean; readonly share: number };

const quarters = 96;
const quarterMs = 900_000;
const beijingMs = 8 * 3_600_000;

/** The days of the month in Beijing time: their dates, and whether they count as a weekend. */
export function daysOf({ month, holidays }: Pick<Traffic, "month" | "holidays">) {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const free = new Set(holidays);
  const days: { readonly date: string; readonly weekend: boolean }[] = [];
  for (let at = first; new Date(at).toISOString().startsWith(month); at += quarters * quarterMs) {
    const date = new Date(at).toISOString().slice(0, 10);
    const weekday = new Date(at).getUTCDay();
    days.push({ date, weekend: weekday === 0 || weekday === 6 || free.has(date) });
  }
  return days;
}

/** Shares of a day's calls by quarter of an hour; they sum to 1. Spans that overlap add up. */
export function sharesOf(hours: Traffic["hours"]): readonly number[] {
  const shares: number[] = Array.from({ length: quarters }, () => (hours === undefined ? 1 : 0));
  for (const [span, weight] of Object.entries(hours ?? {})) {
    const [from = 0, to = 0] = span.split("-").map(minuteOf);
    const minutes = to > from ? to - from : to + 1_440 - from;
    for (let minute = 0; minute < minutes; minute += 1) {
      const quarter = Math.floor(((from + minute) % 1_440) / 15);
      shares[quarter] = (shares[quarter] ?? 0) + weight / minutes;
    }
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

const minuteOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** All quarters of an hour of the month in which there are calls. */
export function slotsOf(traffic: Traffic): readonly QuarterHour[] {
  const shares = sharesOf(traffic.hours);
  return daysOf(traffic).flatMap(({ date, weekend }) =>
    shares.flatMap((share, quarter) =>
      share === 0
        ? []
        : [
            {
              at: new Date(Date.parse(`${date}T00:00:00Z`) - beijingMs + quarter * quarterMs),
              weekend,
              share,
            },
          ],
    ),
  );
}
