import { foldSimplified } from "../../text/normalise.ts";
import { type CalendarDate, calendarDate, sameDate } from "../value/date.ts";
import { type ClockTime, clockTime, sameTime } from "../value/time.ts";

type Instant = {
  readonly date: CalendarDate | null;
  readonly time: ClockTime | null;
  /** Minutes east of UTC; null where none is written. */
  readonly offset: number | null;
};

const dateOptions = { question: "", options: { type: "date" as const, from: "reply" as const } };
const longest = 60;

const iso =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
/** What is surely a date or a time, whatever the schema says. A version such as 3.10 is none. */
const sureDate =
  /^\d{4}\s?[-/年]\s?\d{1,2}\s?[-/月]\s?\d{1,2}|^[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号]|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b/iu;
const sureTime =
  /^\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?$|^[\p{Script=Han}]{0,2}[\d一二三四五六七八九十两]{1,3}点/iu;

/** True where the text is a date or a time in a spelling that means nothing else. */
export const isInstant = (text: string): boolean =>
  (sureDate.test(text.trim()) || sureTime.test(text.trim())) && readInstant(text) !== null;

/**
 * Whether two texts are the same date, time or both: 2024-03-08, 2024/3/8, 2024年3月8日, March 8, 2024; 14:30, 下午两点半.
 * A time zone counts where both have one. Null where one of them is no date and no time.
 */
export function sameInstant(expected: string, given: string): boolean | null {
  const [own, other] = [readInstant(expected), readInstant(given)];
  if (own === null || other === null) return null;
  if (own.offset !== null && other.offset !== null && own.date?.year != null)
    return utcMinute(own) === utcMinute(other) && own.time?.second === other.time?.second;
  if ((own.date === null) !== (other.date === null)) return false;
  if (own.date !== null && other.date !== null && sameDate(own.date, other.date) !== "same")
    return false;
  const midnight = { minute: 0, second: 0, halfUnknown: false };
  const [time, otherTime] = [own.time ?? midnight, other.time ?? midnight];
  if (own.date === null && (own.time === null || other.time === null)) return false;
  return sameTime(time, otherTime) === "same";
}

function utcMinute({ date, time, offset }: Instant): number | null {
  if (date?.year == null) return null;
  const day = Date.UTC(date.year, date.month - 1, date.day) / 60_000;
  return day + (time?.minute ?? 0) - (offset ?? 0);
}

function readInstant(written: string): Instant | null {
  if (written.length > longest) return null;
  const text = foldSimplified(written).trim();
  const exact = iso.exec(text);
  if (exact !== null) return exactInstant(exact);
  const date = dateOf(text);
  if (date !== null) return { date, time: null, offset: null };
  const time = clockTime(text, 24);
  if (time !== null) return { date: null, time, offset: null };
  // A date and a time, one behind the other.
  for (const gap of text.matchAll(/[T\s,]+|(?<=[日号])/g)) {
    const day = dateOf(text.slice(0, gap.index));
    const clock = day === null ? null : clockTime(text.slice(gap.index + gap[0].length), 24);
    if (day !== null && clock !== null) return { date: day, time: clock, offset: null };
  }
  return null;
}

function exactInstant(groups: RegExpExecArray): Instant {
  const [, year, month, day, hour, minute, second = "0", zone] = groups;
  return {
    date: { year: Number(year), month: Number(month), day: Number(day), leap: false },
    time: {
      minute: Number(hour) * 60 + Number(minute),
      second: Number(second),
      halfUnknown: false,
    },
    offset: zone === undefined ? null : offsetOf(zone),
  };
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}

function dateOf(text: string): CalendarDate | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return calendarDate(compact.slice(1).join("-"), dateOptions);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (slashed !== null) {
    // Of day and month, only a number above 12 tells which is which.
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    if (first <= 12 && second <= 12 && first !== second) return null;
    const [month, day] = first > 12 ? [second, first] : [first, second];
    return calendarDate(`${slashed[3]}-${month}-${day}`, dateOptions);
  }
  return calendarDate(text, dateOptions);
}
