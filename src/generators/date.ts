import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { lunarDateOf, lunarText } from "../generating/lunar.ts";
import { weekdays } from "../generating/words.ts";

const msPerDay = 86_400_000;

/**
 * Dates from 1951 to 2050: weekdays, intervals, and the lunar calendar by a table of its own. Each item names the grader of
 * its answer's type, which knows how else that can be written.
 */
export const generator = defineGenerator({
  id: "date",
  version: "3",
  title: { zh: "日期与农历", en: "dates and the lunar calendar" },
  grader: "value",
  options: z.strictObject({
    lunar: z.boolean().default(true).describe("also ask for lunar dates and zodiac signs"),
  }),
  make: (draw, { lunar }) => draw.pick(lunar ? [...solar, ...lunarKinds] : solar)(draw),
});

const solar: readonly ((draw: Draw) => Made)[] = [weekday, later, distance, leap];
const lunarKinds: readonly ((draw: Draw) => Made)[] = [lunarDate, zodiac];

function weekday(draw: Draw): Made {
  const [from, days] = [randomDay(draw), draw.int(20, 900)];
  const to = new Date(from.getTime() + days * msPerDay);
  return {
    question: `已知 ${written(from)}是${dayName(from)}，那么再过 ${days} 天是星期几？`,
    answer: dayName(to),
    grader: { use: "value", with: { type: "weekday" } },
  };
}

function later(draw: Draw): Made {
  const [from, days] = [randomDay(draw), draw.int(15, 400)];
  const to = new Date(from.getTime() + days * msPerDay);
  return {
    question: `从 ${written(from)}起再过 ${days} 天，是哪一天？写成“2001年2月3日”这样的形式。`,
    answer: written(to),
    grader: { use: "value", with: { type: "date" } },
  };
}

function distance(draw: Draw): Made {
  const from = randomDay(draw);
  const days = draw.int(15, 700);
  const to = new Date(from.getTime() + days * msPerDay);
  return counted(`从 ${written(from)}到 ${written(to)}，相差多少天？只写数字。`, days);
}

function leap(draw: Draw): Made {
  const year = draw.int(1951, 2050);
  const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / msPerDay;
  const month = draw.int(3, 12);
  const until = (Date.UTC(year, month - 1, 1) - Date.UTC(year, 0, 1)) / msPerDay + 1;
  return draw.pick([
    counted(`公历 ${year} 年全年有多少天？只写数字。`, days),
    counted(`公历 ${year} 年 ${month} 月 1 日是这一年的第几天？只写数字。`, until),
  ]);
}

function lunarDate(draw: Draw): Made {
  const date = randomDay(draw);
  return {
    question: `公历 ${written(date)}是农历的哪一天？写成“八月十五”这样的形式，闰月写“闰八月十五”。`,
    answer: lunarText(lunarDateOf(date)),
    grader: { use: "value", with: { type: "date", calendar: "lunar" } },
  };
}

const animals = Array.from("鼠牛虎兔龙蛇马羊猴鸡狗猪");

function zodiac(draw: Draw): Made {
  const year = draw.int(1951, 2050);
  const animal = animals[(year - 4) % 12] ?? "";
  return {
    question: `公历 ${year} 年 7 月 1 日出生的人，按农历属什么生肖？只写一个字。`,
    answer: animal,
    grader: { use: "value", with: { type: "character" } },
  };
}

const randomDay = (draw: Draw): Date =>
  new Date(Date.UTC(draw.int(1951, 2049), draw.int(0, 11), draw.int(1, 28)));

const written = (date: Date): string =>
  `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;

const dayName = (date: Date): string => weekdays[date.getUTCDay()] ?? "";

const counted = (question: string, days: number): Made => ({
  question,
  answer: days,
  unit: "天",
  grader: { use: "numeric" },
});
