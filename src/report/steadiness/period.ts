import { UserError } from "../../domain/text.ts";
import { hourMs, windowMs } from "./collect.ts";

const dayMs = 86_400_000;
const beijingMs = 8 * hourMs;
const daysOfPeriod = 30;

/** Whole days in Beijing; windows are numbered since 1970, `until` is the first behind it. */
export type Period = {
  /** Such as 2026-11; null for the last 30 days. */
  readonly month: string | null;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  readonly first: number;
  readonly until: number;
};

/** A calendar month. Rejects what is none. */
export function monthPeriod(month: string): Period {
  const start = Date.parse(`${month}-01T00:00:00+08:00`);
  if (!/^\d{4}-\d\d$/.test(month) || Number.isNaN(start)) throw noMonth(month);
  const [year = 0, number = 0] = month.split("-").map(Number);
  const end = Date.UTC(year, number, 1) - beijingMs;
  return periodOf(start, end, month);
}

/** The 30 days that end with the day of a window. */
export function periodUntil(window: number): Period {
  const end = (beijingDayNumber(window * windowMs) + 1) * dayMs - beijingMs;
  return periodOf(end - daysOfPeriod * dayMs, end, null);
}

const periodOf = (start: number, end: number, month: string | null): Period => ({
  month,
  from: dateOf(start),
  to: dateOf(end - 1),
  first: start / windowMs,
  until: end / windowMs,
});

const noMonth = (month: string): UserError =>
  new UserError({
    zh: `--month 应是一个月，例如 2026-11，而不是 ${month}`,
    en: `--month must be a month such as 2026-11, not ${month}`,
  });

const dateOf = (ms: number): string => new Date(ms + beijingMs).toISOString().slice(0, 10);

/** Whole days since 1970-01-01 by the clock in Beijing. */
export const beijingDayNumber = (ms: number): number => Math.floor((ms + beijingMs) / dayMs);

/** Hour of the day in Beijing of an hour since 1970. */
export const beijingHour = (hour: number): number => (((hour + 8) % 24) + 24) % 24;

/** `2026-11-14` and `09:20` in Beijing of the start of a window. */
export function momentOf(window: number): { readonly date: string; readonly clock: string } {
  const text = new Date(window * windowMs + beijingMs).toISOString();
  return { date: text.slice(0, 10), clock: text.slice(11, 16) };
}

/** The date of a day since 1970. */
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
