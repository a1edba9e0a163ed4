import type { Draw } from "../draw.ts";

import { lunarDateOf, lunarMonthsOf } from "../lunar.ts";
import { weekdays } from "../words.ts";
import { branches, cycleOfDay, stems, weekdayOf } from "./day-names.ts";
import { solarTermsOf } from "./solar-terms.ts";

/** What is looked at of a day, in the round that begins there. */
export type DayFacts = {
  readonly round: number;
  readonly day: number;
  readonly solarMonth: number;
  readonly solarDay: number;
  readonly lunarMonth: number;
  readonly lunarDay: number;
  /** Days of its lunar month. */
  readonly length: number;
  /** From 1 for Monday to 7. */
  readonly weekday: number;
  /** From 1 for 甲子. */
  readonly cycle: number;
};

/** A condition of days, or a way to go on from one. */
export type ToldOfDay<Value> = { readonly text: string; readonly of: (place: DayFacts) => Value };

/** The days of a lunar year, the last of which is followed by the first. */
export type Ring = {
  readonly first: number;
  readonly length: number;
  readonly terms: readonly number[];
};

export const ringOf = (year: number): Ring => {
  const months = lunarMonthsOf(year);
  const first = months[0]?.first ?? 0;
  const length = months.reduce((sum, month) => sum + month.length, 0);
  const terms = [...solarTermsOf(year), ...solarTermsOf(year + 1)]
    .map(({ day }) => day)
    .filter((day) => day >= first && day < first + length);
  return { first, length, terms };
};

export function placeOf(day: number, round: number): DayFacts {
  const date = new Date(day * 86_400_000);
  const { year, month, isLeap, day: lunarDay } = lunarDateOf(date);
  const own = lunarMonthsOf(year).find((each) => each.month === month && each.isLeap === isLeap);
  return {
    round,
    day,
    solarMonth: date.getUTCMonth() + 1,
    solarDay: date.getUTCDate(),
    lunarMonth: month,
    lunarDay,
    length: own?.length ?? 0,
    weekday: ((weekdayOf(day) + 6) % 7) + 1,
    cycle: cycleOfDay(day) + 1,
  };
}

const some = (draw: Draw, from: readonly string[], count: number): readonly number[] =>
  draw.sample([...from.keys()], count).toSorted((a, b) => a - b);
const listed = (words: readonly string[], chosen: readonly number[]): string =>
  chosen.map((at) => words[at] ?? "").join("、");

/** Each holds of a third or a quarter of all days. */
export const dayConditions: readonly ((draw: Draw, ring: Ring) => ToldOfDay<boolean>)[] = [
  (draw) => {
    const chosen = some(draw, weekdays, 2);
    return {
      text: `那天是${chosen.map((at) => weekdays[at] ?? "").join("或")}`,
      of: ({ weekday }) => chosen.includes(weekday % 7),
    };
  },
  (draw) => {
    const chosen = some(draw, stems, 3);
    return {
      text: `那天日干支的天干是${listed(stems, chosen)}之一`,
      of: ({ cycle }) => chosen.includes((cycle - 1) % 10),
    };
  },
  (draw) => {
    const chosen = some(draw, branches, 3);
    return {
      text: `那天日干支的地支是${listed(branches, chosen)}之一`,
      of: ({ cycle }) => chosen.includes((cycle - 1) % 12),
    };
  },
  (draw) => {
    const limit = draw.int(19, 23);
    return { text: `那天农历的日数大于 ${limit}`, of: ({ lunarDay }) => lunarDay > limit };
  },
  (draw) => {
    const rest = draw.int(0, 2);
    return {
      text: `那天公历的号数${rest === 0 ? "能被 3 整除" : `除以 3 余 ${rest}`}`,
      of: ({ solarDay }) => solarDay % 3 === rest,
    };
  },
  (draw) => {
    const limit = draw.int(14, 17);
    return {
      text: `那天所在的农历月有 30 天，并且日数不大于 ${limit}`,
      of: ({ length, lunarDay }) => length === 30 && lunarDay <= limit,
    };
  },
  (draw, { terms }) => {
    const near = draw.int(2, 4);
    return {
      text: `那天或往回数 ${near} 天以内有节气（都在这个农历年里）`,
      of: ({ day }) => terms.some((term) => term <= day && day - term <= near),
    };
  },
];
