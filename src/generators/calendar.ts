import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { drawChoosing } from "../generating/calendar/choosing.ts";
import {
  dayCycleName,
  solarText,
  weekdayOf,
  yearCycleName,
} from "../generating/calendar/day-names.ts";
import { drawRounds } from "../generating/calendar/rounds.ts";
import { solarTermsOf } from "../generating/calendar/solar-terms.ts";
import { almanac, drawMove, drawStart, type WalkPlace } from "../generating/calendar/walks.ts";
import { defineGenerator } from "../generating/generator.ts";
import { lunarDateOf, lunarMonthsOf, lunarText } from "../generating/lunar.ts";
import { weekdays } from "../generating/words.ts";

/**
 * Days told by either calendar, by festivals, solar terms, 三伏 and 数九, and moved from there, one by one or by rules that
 * look at the day itself; asks for the day in either calendar, its weekday, its name in the cycle of sixty or that of its
 * lunar year; or, from level 8 on, in how many ways affairs can be put on days that suit them. What is needed of an almanac is
 * printed.
 */
export const generator = defineGenerator({
  id: "calendar",
  version: "6",
  title: { zh: "历法", en: "the Chinese calendar" },
  grader: "value",
  options: z.strictObject({
    moves: z.int().min(0).max(12).default(1),
    rules: z
      .int()
      .min(0)
      .max(8)
      .default(0)
      .describe("rules by one of which each round moves; 0: moves are told one by one"),
    rounds: z.int().min(1).max(160).default(10).describe("where there are rules"),
    affairs: z
      .int()
      .min(0)
      .max(12)
      .default(0)
      .describe("for each of which a day is chosen from a list; 0: none"),
    days: z.int().min(12).max(20).default(14).describe("of that list"),
    ways: z
      .int()
      .min(20)
      .max(10_000)
      .default(180)
      .describe("to choose them before rents are added up, or up to twice as many"),
    terms: z
      .boolean()
      .default(true)
      .describe("also solar terms, 三伏, 数九 and days by their stem"),
    almanac: z.boolean().default(true).describe("print the months and terms of the year"),
    from: z.int().min(1951).max(2048).default(2000).describe("the first lunar year"),
    to: z.int().min(1951).max(2048).default(2030),
  }),
  levels: [
    { moves: 0, terms: false, almanac: true },
    { moves: 1, terms: false, almanac: true },
    { moves: 2, terms: true, almanac: true },
    { rules: 3, rounds: 12 },
    { rules: 5, rounds: 44 },
    { rules: 6, rounds: 56 },
    { rules: 6, rounds: 72 },
    { affairs: 9, days: 17, ways: 3_000 },
    { affairs: 9, days: 18, ways: 3_700 },
    { affairs: 10, days: 18, ways: 6_000 },
  ].map((options, at) => ({
    options: at < 3 ? { ...options, from: 2000, to: 2030 } : { ...options, from: 1975, to: 2025 },
    // A weekday is asked one time in five or six.
    floor: at < 3 ? 0.045 : 0.01,
  })),
  make: (
    draw,
    { moves, rules, rounds, terms, affairs, days, ways, almanac: isPrinted, from, to },
  ): Made => {
    for (;;) {
      const year = draw.int(Math.min(from, to), Math.max(from, to));
      const made =
        affairs > 0
          ? chosen(draw, year, { affairs, days, ways })
          : rules > 0
            ? ruled(draw, year, { rules, rounds })
            : walked(draw, year, { moves, terms });
      if (made === null) continue;
      const { question = "", ...gold } = made;
      const table = isPrinted ? `${almanac(year, terms, firstText(year))}\n` : "";
      return { question: `${table}${question}`, ...gold };
    }
  },
});

/** Rounds over the days of one year by rules. */
function ruled(
  draw: Draw,
  year: number,
  sizes: { readonly rules: number; readonly rounds: number },
): Made | null {
  const start = drawStart(draw, year, true);
  if (start === null || !isCovered(year, [start])) return null;
  const { day, text } = drawRounds(draw, year, start, sizes);
  const asked = ask(draw, day, { isMoved: true, isEasy: false, start: start.words });
  if (asked === null || tells(text, asked.answer)) return null;
  return { ...asked, question: `${text}\n${asked.question ?? ""}` };
}

/** Affairs put on days of one year; null where a term of it is in doubt. */
function chosen(
  draw: Draw,
  year: number,
  sizes: { readonly affairs: number; readonly days: number; readonly ways: number },
): Made | null {
  if (!isCovered(year, [])) return null;
  const { question, ways } = drawChoosing(draw, year, sizes);
  return { question, answer: ways, grader: { use: "numeric" } };
}

const tells = (text: string, answer: Made["answer"]): boolean =>
  typeof answer === "string" && text.includes(answer);

/** Moves told one by one. */
function walked(
  draw: Draw,
  year: number,
  sizes: { readonly moves: number; readonly terms: boolean },
): Made | null {
  const walk = drawWalk(draw, year, sizes);
  if (walk === null || !isCovered(year, walk)) return null;
  const day = walk.at(-1)?.day ?? 0;
  const start = walk[0]?.words ?? "";
  const steps = walk.slice(1).map(({ words }, at) => `${at === 0 ? "" : "接着"}${words}`);
  const asked = ask(draw, day, { isMoved: walk.length > 1, isEasy: true, start });
  if (asked === null) return null;
  const { question = "", ...gold } = asked;
  if (walk.length > 1 && [start, ...steps].some((text) => tells(text, gold.answer))) return null;
  const told = steps.length === 0 ? question : `从${start}出发，${steps.join("；")}。${question}`;
  return { question: told, ...gold };
}

function drawWalk(
  draw: Draw,
  year: number,
  { moves, terms }: { readonly moves: number; readonly terms: boolean },
): readonly WalkPlace[] | null {
  const start = drawStart(draw, year, terms);
  if (start === null) return null;
  const walk = [start];
  // Where a move leads out of the year, another is drawn: most go on, and few back.
  for (let tried = 0; walk.length <= moves && tried < 8 * moves; tried += 1) {
    const next = drawMove(draw, walk.at(-1)?.day ?? 0, terms);
    if (next !== null && isWithin(year, next.day)) walk.push(next);
  }
  return walk.length > moves ? walk : null;
}

function isWithin(year: number, day: number): boolean {
  const [first = 0, end = 0] = [lunarMonthsOf(year)[0]?.first, lunarMonthsOf(year + 1)[0]?.first];
  return day >= first && day < end - 1;
}

/** Whether all days lie in the lunar year and no term of it is in doubt. */
function isCovered(year: number, walk: readonly WalkPlace[]): boolean {
  const [first = 0, end = 0] = [lunarMonthsOf(year)[0]?.first, lunarMonthsOf(year + 1)[0]?.first];
  const terms = [...solarTermsOf(year), ...solarTermsOf(year + 1)];
  return (
    walk.every(({ day }) => isWithin(year, day)) &&
    terms.every(({ day, isSure }) => isSure || day < first || day >= end)
  );
}

const firstText = (year: number): string => {
  const first = lunarMonthsOf(year)[0]?.first ?? 0;
  return `${weekdays[weekdayOf(first)] ?? ""}，日干支是${dayCycleName(first)}`;
};

/** What is asked of a day; where nothing was moved, of the start in other terms than its own. */
function ask(
  draw: Draw,
  day: number,
  {
    isMoved,
    isEasy,
    start,
  }: { readonly isMoved: boolean; readonly isEasy: boolean; readonly start: string },
): Made | null {
  const subject = isMoved ? draw.pick(["最后这一天", "最后到的那天", "走完以后的那一天"]) : start;
  const lunar = lunarDateOf(new Date(day * 86_400_000));
  const kinds = ["solar", "lunar", "lunar", "weekday", "cycle", "year"] as const;
  // Of a day a slip away the weekday is another, but the year the same.
  const kind = draw.pick(isEasy ? kinds : (["solar", "lunar", "lunar", "cycle"] as const));
  switch (kind) {
    case "solar":
      if (!isMoved && start.includes(solarText(day))) return null;
      return {
        question: `${subject}是公历的哪一天？写成“2001年2月3日”这样的形式。`,
        answer: solarText(day),
        grader: { use: "value", with: { type: "date" } },
      };
    case "lunar":
      if (!isMoved && start.includes("农历年的")) return null;
      return {
        question: `${subject}是农历几月初几？写成“八月十五”“闰二月初三”这样的形式。`,
        answer: lunarText(lunar),
        grader: { use: "value", with: { type: "date", calendar: "lunar" } },
      };
    case "weekday":
      return {
        question: draw.pick([`${subject}是星期几？`, `${subject}是一个星期里的星期几？`]),
        answer: weekdays[weekdayOf(day)] ?? "",
        grader: { use: "value", with: { type: "weekday" } },
      };
    case "cycle":
      return cycleGold(`${subject}的日干支是什么？只写两个字。`, dayCycleName(day), "日");
    case "year":
      // Without a table the year's name is the easiest thing to know.
      if (isMoved || draw.int(0, 1) === 0) return null;
      return cycleGold(
        `${subject}所在的农历年，年干支是什么？只写两个字。`,
        yearCycleName(lunar.year),
        "年",
      );
    default:
      throw new Error(String(kind satisfies never));
  }
}

const cycleGold = (question: string, answer: string, unit: string): Made => ({
  question,
  answer,
  aliases: [`${answer}${unit}`],
  grader: { use: "exact" },
});
