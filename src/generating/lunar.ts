import { lunarYears } from "./lunar-years.ts";

/** A day of the Chinese lunar calendar: month from 1, day from 1. */
export type LunarDate = {
  readonly year: number;
  readonly month: number;
  readonly isLeap: boolean;
  readonly day: number;
};

export type LunarMonth = Omit<LunarDate, "day"> & {
  /** Days since 1970-01-01 of its first day. */
  readonly first: number;
  readonly length: number;
};

const msPerDay = 86_400_000;

/** In order, from 1900 to 2100. */
const allLunarMonths: readonly LunarMonth[] = lunarYears.trim().split("\n").flatMap(monthsOf);

const byYear = Map.groupBy(allLunarMonths, ({ year }) => year);

/** Months are 29 or 30 days long, and nowhere half a month away from where this mean puts them. */
const meanDays = 29.530588;

function monthsOf(line: string): readonly LunarMonth[] {
  const [year = "", monthAndDay = "", leap = "", lengths = ""] = line.split(" ");
  let first = Date.parse(`${year}-${monthAndDay}T00:00Z`) / msPerDay;
  return Array.from(lengths, (long, at) => {
    const isLeap = leap !== "0" && at === Number(leap);
    const month = at + (leap === "0" || at < Number(leap) ? 1 : 0);
    const length = long === "1" ? 30 : 29;
    first += length;
    return { year: Number(year), month, isLeap, first: first - length, length };
  });
}

/**
 * The lunar date of a day in UTC, from 1900-01-31 to 2101-01-28, by a table of its own: the calendar of ICU, which the
 * runtime offers, is wrong on hundreds of days between 1900 and 2100. Throws a `RangeError` outside.
 */
export function lunarDateOf(date: Date): LunarDate {
  const day = Math.floor(date.getTime() / msPerDay);
  let at = Math.floor((day - (allLunarMonths[0]?.first ?? 0)) / meanDays) + 1;
  at = Math.min(at, allLunarMonths.length - 1);
  while ((allLunarMonths[at]?.first ?? day) > day) at--;
  const found = allLunarMonths[at];
  if (found === undefined || day >= found.first + found.length) {
    throw new RangeError(`the table of lunar years does not reach ${date.toISOString()}`);
  }
  const { year, month, isLeap, first } = found;
  return { year, month, isLeap, day: day - first + 1 };
}

/** The months of a lunar year in order, each by its first day since 1970-01-01. */
export const lunarMonthsOf = (year: number): readonly LunarMonth[] => byYear.get(year) ?? [];

const monthNames = "正月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 腊月".split(" ");

/** 正月, 闰六月, 腊月. */
export const lunarMonthText = ({ month, isLeap }: Pick<LunarDate, "month" | "isLeap">): string =>
  `${isLeap ? "闰" : ""}${monthNames[month - 1] ?? ""}`;

/** 八月十五, 闰六月初一, 腊月三十. */
export const lunarText = (date: LunarDate): string => `${lunarMonthText(date)}${dayText(date.day)}`;

/** 初一 … 三十. */
function dayText(day: number): string {
  const digits = Array.from("一二三四五六七八九十");
  if (day <= 10) return `初${digits[day - 1] ?? ""}`;
  if (day < 20) return `十${digits[day - 11] ?? ""}`;
  if (day === 20) return "二十";
  return day === 30 ? "三十" : `廿${digits[day - 21] ?? ""}`;
}
