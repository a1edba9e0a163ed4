import { computedMonths, type MonthStart } from "../computed-months.ts";
import { type Asked, groups } from "./asked.ts";

/** A day as the number of days since 1 March of the year 0; by Fliegel and Van Flandern's arithmetic, without `Date`. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month < 3 ? year - 1 : year;
  const months = month < 3 ? month + 9 : month - 3;
  return (
    365 * shifted +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    Math.floor((153 * months + 2) / 5) +
    day -
    1
  );
}

const isLeapYear = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysOf = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Counts on from the first of January, month by month. */
function dateText(day: number): string {
  let year = Math.floor(day / 365.2425);
  while (dayNumber(year + 1, 1, 1) <= day) year += 1;
  while (dayNumber(year, 1, 1) > day) year -= 1;
  let left = day - dayNumber(year, 1, 1);
  let month = 1;
  for (; left >= daysOf(year, month); month += 1) left -= daysOf(year, month);
  return `${year}年${month}月${left + 1}日`;
}

const week = "一二三四五六日";

export function solveDate({ question }: Asked): string | number {
  const dates = [
    ...question.replace(/写成.*$/, "").matchAll(/(\d{4}) ?年 ?(\d+) ?月 ?(\d+) ?日/g),
  ].map(([, year, month, day]) => dayNumber(Number(year), Number(month), Number(day)));
  const [from = 0, to = 0] = dates;
  if (question.includes("生肖")) return animalOf(question);
  if (question.includes("首尾两天都算")) return to - from + 1;
  if (question.includes("相差多少天")) return to - from;
  if (question.includes("是这一年的第几天")) {
    const [year = ""] = groups(/公历 (\d+) 年/, question);
    return from - dayNumber(Number(year), 1, 1) + 1;
  }
  const end = from + moved(question);
  if (question.includes("是星期几")) {
    const [known = ""] = groups(/是星期(.)[，。]/, question);
    return `星期${week[(((week.indexOf(known) + end - from) % 7) + 7) % 7] ?? ""}`;
  }
  return question.includes("农历") ? lunarDay(end) : dateText(end);
}

const moved = (question: string): number =>
  [...question.matchAll(/(再过|往前推) (\d+) (天|个星期)/g)].reduce(
    (sum, [, way, count, unit]) =>
      sum + Number(count) * (unit === "天" ? 1 : 7) * (way === "再过" ? 1 : -1),
    0,
  );

/** 1984 began a cycle with the rat. */
function animalOf(question: string): string {
  const [year = ""] = groups(/公历 (\d+) 年/, question);
  return "鼠牛虎兔龙蛇马羊猴鸡狗猪"[(Number(year) - 1984 + 1200) % 12] ?? "";
}

const epoch = dayNumber(1970, 1, 1);
let months: readonly MonthStart[] | null = null;

/** The month that the Moon and the Sun make of it, computed once. */
function lunarDay(day: number): string {
  months ??= computedMonths(1928, 2101);
  const found = months.findLast(({ first }) => first + epoch <= day);
  if (found === undefined) throw new Error(`no lunar month of day ${day}`);
  const names = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "腊"];
  const at = day - epoch - found.first + 1;
  return `${found.isLeap ? "闰" : ""}${names[found.month - 1] ?? ""}月${lunarDayNames[at - 1] ?? ""}`;
}

const lunarDayNames = (
  "初一 初二 初三 初四 初五 初六 初七 初八 初九 初十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 " +
  "廿一 廿二 廿三 廿四 廿五 廿六 廿七 廿八 廿九 三十"
).split(" ");
