import type { Draw } from "../draw.ts";

import { lunarDateOf, lunarMonthsOf, lunarMonthText, lunarText } from "../lunar.ts";
import { weekdays } from "../words.ts";
import { cycleOfDay, solarText } from "./day-names.ts";
import { type SolarTerm, solarTermsOf } from "./solar-terms.ts";

/** Where a walk stands, and the words that led there; a day is counted from 1970-01-01. */
export type WalkPlace = { readonly day: number; readonly words: string };

const lunarOf = (day: number): ReturnType<typeof lunarDateOf> =>
  lunarDateOf(new Date(day * 86_400_000));

/** A day of a lunar year told in one of the ways in which days are told; null where it cannot be told for certain. */
export function drawStart(draw: Draw, year: number, hasTerms: boolean): WalkPlace | null {
  const kinds = [solarStart, solarStart, lunarStart, lunarStart, festivalStart];
  return draw.pick(hasTerms ? [...kinds, termStart, dogDayStart, ninesStart] : kinds)(draw, year);
}

/** From one day to another, told in words; null where it cannot be told for certain. */
export function drawMove(draw: Draw, day: number, hasTerms: boolean): WalkPlace | null {
  const kinds = hasTerms
    ? [countOn, countBack, nextMoon, nextMoon, nextTerm, nextTerm, nextStem]
    : [countOn, countOn, countBack, nextWeekday, nextMoon];
  return draw.pick(kinds)(draw, day);
}

function solarStart(draw: Draw, year: number): WalkPlace {
  const months = lunarMonthsOf(year);
  const [first = 0, last = 0] = [months[0]?.first, months.at(-1)?.first];
  const day = draw.int(first, last + 27);
  return { day, words: draw.pick([`公历 ${solarText(day)}`, `${solarText(day)}（公历）`]) };
}

function lunarStart(draw: Draw, year: number): WalkPlace {
  const months = lunarMonthsOf(year);
  const leap = months.find(({ isLeap }) => isLeap);
  const month = leap !== undefined && draw.int(0, 1) === 0 ? leap : draw.pick(months);
  const day = month.first + draw.int(0, month.length - 1);
  return { day, words: `${yearText(year)}${lunarText(lunarOf(day))}` };
}

const yearText = (year: number): string => `公历 ${year} 年春节开始的那个农历年的`;

function festivalStart(draw: Draw, year: number): WalkPlace {
  const [name, month, at] = draw.pick([
    ["元宵节（正月十五）", 1, 15],
    ["端午节（五月初五）", 5, 5],
    ["中秋节（八月十五）", 8, 15],
    ["重阳节（九月初九）", 9, 9],
    ["腊八节（腊月初八）", 12, 8],
    ["除夕（腊月的最后一天）", 12, 0],
  ] as const);
  const found = lunarMonthsOf(year).find((each) => each.month === month && !each.isLeap);
  const { first = 0, length = 0 } = found ?? {};
  return { day: first + (at === 0 ? length : at) - 1, words: `${yearText(year)}${name}` };
}

const sure = (terms: readonly SolarTerm[], name: string): number | null => {
  const found = terms.find((term) => term.name === name);
  return found?.isSure === true ? found.day : null;
};

function termStart(draw: Draw, year: number): WalkPlace | null {
  // 小寒 to 雨水 may belong to the lunar year before.
  const { name, day, isSure } = draw.pick(solarTermsOf(year).slice(4));
  return isSure ? { day, words: `公历 ${year} 年${name}那天` } : null;
}

/** The first day of one of the three 伏. */
function dogDayStart(draw: Draw, year: number): WalkPlace | null {
  const terms = solarTermsOf(year);
  const [solstice, autumn] = [sure(terms, "夏至"), sure(terms, "立秋")];
  if (solstice === null || autumn === null) return null;
  const third = firstOfStem(solstice, 6) + 20;
  return draw.pick([
    {
      day: third,
      words: `公历 ${year} 年初伏的第一天（夏至起的第三个庚日，夏至当天是庚日也算一个）`,
    },
    {
      day: third + 10,
      words: `公历 ${year} 年中伏的第一天（夏至起的第四个庚日，夏至当天是庚日也算一个）`,
    },
    {
      day: firstOfStem(autumn, 6),
      words: `公历 ${year} 年末伏的第一天（立秋起的第一个庚日，立秋当天是庚日就是这一天）`,
    },
  ]);
}

const firstOfStem = (from: number, stem: number): number =>
  from + ((stem - (cycleOfDay(from) % 10) + 10) % 10);

function ninesStart(draw: Draw, year: number): WalkPlace | null {
  const solstice = sure(solarTermsOf(year), "冬至");
  const [nine, at] = [draw.int(1, 3), draw.int(1, 9)];
  if (solstice === null) return null;
  return {
    day: solstice + (nine - 1) * 9 + at - 1,
    words: `公历 ${year} 年冬至起数九，${"零一二三"[nine] ?? ""}九的第 ${at} 天（冬至当天是一九第 1 天）`,
  };
}

function countOn(draw: Draw, day: number): WalkPlace {
  const days = draw.int(12, 100);
  return { day: day + days, words: draw.pick([`再过 ${days} 天`, `往后数 ${days} 天`]) };
}

function countBack(draw: Draw, day: number): WalkPlace {
  const days = draw.int(12, 60);
  return { day: day - days, words: draw.pick([`往回数 ${days} 天`, `倒回去 ${days} 天`]) };
}

function nextWeekday(draw: Draw, day: number): WalkPlace {
  const days = draw.int(1, 7);
  const name = weekdays[(((day + days + 4) % 7) + 7) % 7] ?? "";
  return {
    day: day + days,
    words: draw.pick([`找到这天之后的第一个${name}`, `顺延到之后最近的一个${name}`]),
  };
}

function nextMoon(draw: Draw, day: number): WalkPlace {
  const [at, name] = draw.pick([
    [1, "初一"],
    [15, "十五"],
  ] as const);
  let found = day + 1;
  while (lunarOf(found).day !== at) found += 1;
  return {
    day: found,
    words: draw.pick([
      `找到这天之后的第一个农历${name}`,
      `顺延到之后最近的一个农历${name}（当天不算）`,
    ]),
  };
}

function nextTerm(draw: Draw, day: number): WalkPlace | null {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  const terms = [...solarTermsOf(year), ...solarTermsOf(year + 1)];
  const found = terms.find((term) => term.day > day);
  const before = terms.findLast((term) => term.day <= day);
  if (found?.isSure !== true || before?.isSure === false) return null;
  return {
    day: found.day,
    words: draw.pick([`找到这天之后的第一个节气`, `顺延到下一个节气（当天是节气的不算）`]),
  };
}

function nextStem(draw: Draw, day: number): WalkPlace {
  const stem = draw.int(0, 9);
  const name = Array.from("甲乙丙丁戊己庚辛壬癸")[stem] ?? "";
  return {
    day: firstOfStem(day + 1, stem),
    words: draw.pick([
      `找到这天之后的第一个${name}日`,
      `顺延到之后最近的一个${name}日（按日干支）`,
    ]),
  };
}

/** The months, their lengths, and for walks among terms the days of these in a lunar year. */
export function almanac(year: number, hasTerms: boolean, firstDayText: string): string {
  const months = lunarMonthsOf(year);
  const first = months[0]?.first ?? 0;
  const end = (months.at(-1)?.first ?? 0) + (months.at(-1)?.length ?? 0);
  const lengths = months.map((month) => `${lunarMonthText(month)} ${month.length} 天`).join("，");
  const terms = [...solarTermsOf(year), ...solarTermsOf(year + 1)]
    .filter(({ day }) => day >= first && day < end)
    .map(({ name, day }) => {
      const text = solarText(day);
      return `${name} ${text.startsWith(String(year)) ? "" : "次年 "}${text.slice(5)}`;
    });
  return [
    `已知公历 ${year} 年的春节（正月初一）是 ${solarText(first)}，${firstDayText}。`,
    `这个农历年各月依次是：${lengths}。`,
    ...(hasTerms ? [`这个农历年里的节气依次是：${terms.join("，")}。`] : []),
  ].join("");
}
