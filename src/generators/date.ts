import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { weekdays } from "../generating/words.ts";

const msPerDay = 86_400_000;

/** Dates from 1951 to 2050: weekdays, intervals, and the lunar calendar as computed by the runtime's ICU. */
export const generator = defineGenerator({
  id: "date",
  version: "1",
  title: { zh: "日期与农历", en: "dates and the lunar calendar" },
  grader: "exact",
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
  return named(
    `已知 ${written(from)}是${dayName(from)}，那么再过 ${days} 天是星期几？`,
    dayName(to),
    weekAliases(dayName(to)),
  );
}

function later(draw: Draw): Made {
  const [from, days] = [randomDay(draw), draw.int(15, 400)];
  const to = new Date(from.getTime() + days * msPerDay);
  return named(
    `从 ${written(from)}起再过 ${days} 天，是哪一天？写成“2001年2月3日”这样的形式。`,
    written(to),
    [],
  );
}

function distance(draw: Draw): Made {
  const from = randomDay(draw);
  const days = draw.int(15, 700);
  const to = new Date(from.getTime() + days * msPerDay);
  return named(`从 ${written(from)}到 ${written(to)}，相差多少天？只写数字。`, String(days), [
    `${days}天`,
  ]);
}

function leap(draw: Draw): Made {
  const year = draw.int(1951, 2050);
  const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / msPerDay;
  const month = draw.int(3, 12);
  const until = (Date.UTC(year, month - 1, 1) - Date.UTC(year, 0, 1)) / msPerDay + 1;
  return draw.pick([
    named(`公历 ${year} 年全年有多少天？只写数字。`, String(days), [`${days}天`]),
    named(`公历 ${year} 年 ${month} 月 1 日是这一年的第几天？只写数字。`, String(until), [
      `第${until}天`,
      `${until}天`,
    ]),
  ]);
}

const lunarFormat = new Intl.DateTimeFormat("zh-CN-u-ca-chinese", {
  month: "long",
  day: "numeric",
  timeZone: "UTC",
});

function lunarDate(draw: Draw): Made {
  const date = randomDay(draw);
  const parts = lunarFormat.formatToParts(date);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  const day = lunarDay(Number(part("day")));
  const answer = `${part("month")}${day}`;
  const months = [part("month"), ...(monthNames[part("month")] ?? [])];
  const days = day.startsWith("廿") ? [day, day.replace("廿", "二十")] : [day];
  const all = months.flatMap((month) => days.map((each) => `${month}${each}`));
  return named(
    `公历 ${written(date)}是农历的哪一天？写成“八月十五”这样的形式，闰月写“闰八月十五”。`,
    answer,
    all.filter((each) => each !== answer),
  );
}

/** Months that have two names; ICU uses one of them. */
const monthNames: Readonly<Record<string, readonly string[]>> = {
  正月: ["一月"],
  十一月: ["冬月"],
  冬月: ["十一月"],
  十二月: ["腊月"],
  腊月: ["十二月"],
};

const animals = Array.from("鼠牛虎兔龙蛇马羊猴鸡狗猪");

function zodiac(draw: Draw): Made {
  const year = draw.int(1951, 2050);
  const animal = animals[(year - 4) % 12] ?? "";
  return named(`公历 ${year} 年 7 月 1 日出生的人，按农历属什么生肖？只写一个字。`, animal, [
    `属${animal}`,
  ]);
}

/** 初一 … 三十. */
function lunarDay(day: number): string {
  const digits = Array.from("一二三四五六七八九十");
  if (day <= 10) return `初${digits[day - 1] ?? ""}`;
  if (day < 20) return `十${digits[day - 11] ?? ""}`;
  if (day === 20) return "二十";
  return day === 30 ? "三十" : `廿${digits[day - 21] ?? ""}`;
}

const randomDay = (draw: Draw): Date =>
  new Date(Date.UTC(draw.int(1951, 2049), draw.int(0, 11), draw.int(1, 28)));

const written = (date: Date): string =>
  `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;

const dayName = (date: Date): string => weekdays[date.getUTCDay()] ?? "";

function weekAliases(name: string): readonly string[] {
  const day = name.slice(-1);
  return [`周${day}`, `礼拜${day}`, ...(day === "日" ? ["星期天", "周天", "礼拜天"] : [])];
}

const named = (question: string, answer: string, aliases: readonly string[]): Made => ({
  question,
  answer,
  ...(aliases.length === 0 ? {} : { aliases: [...aliases] }),
});
