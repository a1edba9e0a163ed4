import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { lunarDateOf, lunarText } from "../generating/lunar.ts";
import { weekdays } from "../generating/words.ts";

const msPerDay = 86_400_000;

/**
 * Dates from 1951 to 2049 and what lies some days from them: weekdays, intervals, and the lunar calendar by a table of
 * its own. Each item names the grader of its answer's type, which knows how else that can be written.
 */
export const generator = defineGenerator({
  id: "date",
  version: "4",
  title: { zh: "日期与农历", en: "dates and the lunar calendar" },
  grader: "value",
  options: z.strictObject({
    lunar: z.boolean().default(true).describe("also ask for lunar dates and zodiac signs"),
    steps: z
      .int()
      .min(1)
      .max(12)
      .default(1)
      .describe("how often a day is counted on or back; from 2 on, nothing else is asked"),
  }),
  // Half of the walks ask for a weekday, which is that of the question one time in seven, or more where all steps are weeks.
  levels: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12].map((steps) => ({
    options: { steps, lunar: false },
    floor: steps === 1 ? 0.04 : (1 / 7 + (6 / 7) * 3 ** -steps) / 2,
  })),
  make: (draw, { lunar, steps }) => {
    if (steps > 1) return draw.pick(lunar ? [...walks, lunarWalk] : walks)(draw, steps);
    return draw.pick(lunar ? [...solar, ...lunarKinds] : solar)(draw);
  },
});

const solar: readonly ((draw: Draw) => Made)[] = [weekday, later, distance, dayOfYear];
const lunarKinds: readonly ((draw: Draw) => Made)[] = [lunarDate, zodiac];
const walks: readonly ((draw: Draw, steps: number) => Made)[] = [weekdayWalk, dateWalk];

function weekday(draw: Draw): Made {
  const [from, days] = [randomDay(draw), draw.int(20, 900)];
  return {
    question: `已知 ${written(from)}是${dayName(from)}，那么再过 ${days} 天是星期几？`,
    answer: dayName(dayAfter(from, days)),
    grader: { use: "value", with: { type: "weekday" } },
  };
}

function later(draw: Draw): Made {
  const [from, days] = [randomDay(draw), draw.int(15, 400)];
  return {
    question: `从 ${written(from)}起再过 ${days} 天，是哪一天？${asDate}`,
    answer: written(dayAfter(from, days)),
    grader: { use: "value", with: { type: "date" } },
  };
}

const asDate = "写成“2001年2月3日”这样的形式。";

function distance(draw: Draw): Made {
  const from = randomDay(draw);
  const days = draw.int(15, 700);
  return counted(
    `从 ${written(from)}到 ${written(dayAfter(from, days))}，相差多少天？只写数字。`,
    days,
  );
}

function dayOfYear(draw: Draw): Made {
  const [year, other] = [draw.int(1951, 2050), draw.int(1, 12)];
  const [month, day] = [draw.int(3, 12), draw.int(1, 28)];
  const newYear = Date.UTC(year, 0, 1);
  const days = (Date.UTC(year + other, 0, 1) - newYear) / msPerDay;
  const until = (Date.UTC(year, month - 1, day) - newYear) / msPerDay + 1;
  return draw.pick([
    counted(
      `公历 ${year} 年 1 月 1 日到 ${year + other - 1} 年 12 月 31 日，首尾两天都算，一共有多少天？只写数字。`,
      days,
    ),
    counted(`公历 ${year} 年 ${month} 月 ${day} 日是这一年的第几天？只写数字。`, until),
  ]);
}

function lunarDate(draw: Draw): Made {
  const date = randomDay(draw);
  return {
    question: `公历 ${written(date)}是农历的哪一天？${asLunarDate}`,
    answer: lunarText(lunarDateOf(date)),
    grader: { use: "value", with: { type: "date", calendar: "lunar" } },
  };
}

const asLunarDate = "写成“八月十五”这样的形式，闰月写“闰八月十五”。";

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

function weekdayWalk(draw: Draw, steps: number): Made {
  const from = randomDay(draw);
  const { words, days } = walk(draw, steps);
  return {
    question: `已知 ${written(from)}是${dayName(from)}。从这天起，${words}，最后是星期几？`,
    answer: dayName(dayAfter(from, days)),
    grader: { use: "value", with: { type: "weekday" } },
  };
}

function dateWalk(draw: Draw, steps: number): Made {
  const from = randomDay(draw);
  const { words, days } = walk(draw, steps);
  return {
    question: `从 ${written(from)}起，${words}，最后是哪一天？${asDate}`,
    answer: written(dayAfter(from, days)),
    grader: { use: "value", with: { type: "date" } },
  };
}

function lunarWalk(draw: Draw, steps: number): Made {
  const from = randomDay(draw);
  const { words, days } = walk(draw, steps);
  return {
    question: `从公历 ${written(from)}起，${words}，最后是农历的哪一天？${asLunarDate}`,
    answer: lunarText(lunarDateOf(dayAfter(from, days))),
    grader: { use: "value", with: { type: "date", calendar: "lunar" } },
  };
}

/** Days and weeks counted on and back. */
function walk(draw: Draw, steps: number): { readonly words: string; readonly days: number } {
  const parts = Array.from({ length: steps }, () => {
    const isBack = draw.int(0, 2) === 0;
    const isWeeks = draw.int(0, 2) === 0;
    const count = isWeeks ? draw.int(2, 30) : draw.int(15, 400);
    return {
      words: `${isBack ? "往前推" : "再过"} ${count} ${isWeeks ? "个星期" : "天"}`,
      days: count * (isWeeks ? 7 : 1) * (isBack ? -1 : 1),
    };
  });
  return {
    words: parts.map(({ words }) => words).join("，"),
    days: parts.reduce((sum, { days }) => sum + days, 0),
  };
}

const dayAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * msPerDay);

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
