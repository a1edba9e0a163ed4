import { beijingDate, daysBetween } from "./beijing-day.ts";

/** Days after which a fact is to be looked up again. */
export const freshDays = 90;

/** The day on which a source was read, by the last whole date in its text; null where it names none. */
export const dayIn = (source: string): string | null =>
  source.match(/\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/g)?.at(-1) ?? null;

/** True for what was read more than 90 days before. */
export const isStaleDay = (read: string, at: Date): boolean =>
  daysBetween(read, beijingDate(at)) > freshDays;
