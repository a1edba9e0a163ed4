import chineseDays from "chinese-days";
import { expect, test } from "vitest";

import { lunarDateOf, lunarText } from "./lunar.ts";
import { computedMonths } from "./testing/computed-months.ts";

const msPerDay = 86_400_000;
const iso = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);
const textOf = (date: string): string => lunarText(lunarDateOf(new Date(date)));

test("each month from 1929 to 2100 is where the Moon and the Sun put it", () => {
  // The new moon of this day is minutes from midnight, and how fast the Earth will turn then is not known.
  const open = "2097-08-07";
  const months = computedMonths(1928, 2101).filter(
    ({ first }) => iso(first) >= "1929-02" && iso(first) < "2101-01-29",
  );
  expect(months.length).toBeGreaterThan(2_100);
  const wrong = months.flatMap(({ first, month, isLeap }) => {
    const own = lunarDateOf(new Date(first * msPerDay));
    const isSame = own.month === month && own.isLeap === isLeap && own.day === 1;
    return isSame ? [] : [iso(first)];
  });
  expect(wrong).toEqual(["2097-08-08"]);
  expect(textOf(open)).toBe("七月初一");
});

test("an independent table begins four months otherwise, where it breaks the definition", () => {
  const differ: string[] = [];
  for (let day = Date.UTC(1901, 1, 19) / msPerDay; iso(day) < "2101-01-28"; day++) {
    const own = lunarDateOf(new Date(day * msPerDay));
    // No month is shorter than 29 days.
    if (own.day > 1) {
      day += Math.max(0, 29 - own.day);
      continue;
    }
    const { lunarMon, lunarDay, isLeap } = chineseDays.getLunarDate(iso(day));
    if (lunarMon !== own.month || lunarDay !== 1 || isLeap !== own.isLeap) differ.push(iso(day));
  }
  expect(differ).toEqual(["1933-07-23", "1996-07-16", "1996-09-13", "2060-04-30"]);
});

test.each([
  ["1954-02-03", "正月初一"],
  ["1955-02-22", "二月初一"],
  ["1987-07-26", "闰六月初一"],
  ["1987-08-24", "七月初一"],
  ["1999-01-17", "腊月初一"],
  ["2012-08-17", "七月初一"],
  ["2018-11-07", "九月三十"],
  ["2027-02-06", "正月初一"],
  ["2030-02-02", "腊月三十"],
  ["2033-12-22", "闰十一月初一"],
  ["1900-01-31", "正月初一"],
  ["2101-01-28", "腊月廿九"],
])("%s is %s", (date, text) => {
  expect(textOf(date)).toBe(text);
});

test("outside its years the table says so", () => {
  for (const date of ["1900-01-30", "2101-01-29"])
    expect(() => lunarDateOf(new Date(date))).toThrow(RangeError);
});
