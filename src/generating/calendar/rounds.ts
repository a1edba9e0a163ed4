import type { Draw } from "../draw.ts";

import { lunarDateOf, lunarMonthsOf } from "../lunar.ts";
import { weekdays } from "../words.ts";
import { branches, cycleOfDay, stems, weekdayOf } from "./day-names.ts";
import { solarTermsOf } from "./solar-terms.ts";

/** What is looked at where a round begins. */
type Place = {
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
type Told<Value> = { readonly text: string; readonly of: (place: Place) => Value };

/** The days of a lunar year, the last of which is followed by the first. */
type Ring = { readonly first: number; readonly length: number; readonly terms: readonly number[] };

const ringOf = (year: number): Ring => {
  const months = lunarMonthsOf(year);
  const first = months[0]?.first ?? 0;
  const length = months.reduce((sum, month) => sum + month.length, 0);
  const terms = [...solarTermsOf(year), ...solarTermsOf(year + 1)]
    .map(({ day }) => day)
    .filter((day) => day >= first && day < first + length);
  return { first, length, terms };
};

function placeOf(day: number, round: number): Place {
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
const conditions: readonly ((draw: Draw, ring: Ring) => Told<boolean>)[] = [
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
      text: `那天公历的号数除以 3 余 ${rest}`,
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
      text: `那天是节气，或者往回数 ${near} 天以内有节气（都在这个农历年里）`,
      of: ({ day }) => terms.some((term) => term <= day && day - term <= near),
    };
  },
  (draw) => {
    const every = draw.int(3, 4);
    return { text: `轮次是 ${every} 的倍数`, of: ({ round }) => round % every === 0 };
  },
];

type Move = (draw: Draw, ring: Ring) => Told<number>;

const byWeekdayAndRound: Move = (draw) => {
  const factor = draw.int(3, 6);
  return {
    text: `往回走，天数等于那天星期数的 ${factor} 倍加上轮次`,
    of: ({ weekday, round }) => -(factor * weekday + round),
  };
};

const byRoundAndLunarDay: Move = (draw) => {
  const factor = draw.int(2, 3);
  return {
    text: `往后走，天数等于轮次的 ${factor} 倍加上那天农历的日数`,
    of: ({ lunarDay, round }) => factor * round + lunarDay,
  };
};

const roundMoves: readonly Move[] = [byWeekdayAndRound, byRoundAndLunarDay];

/** How far one goes, backward where it is less than 0. */
const moves: readonly Move[] = [
  (draw) => {
    const factor = draw.int(2, 4);
    return {
      text: `往后走，天数等于那天公历的月份数的 ${factor} 倍加上号数`,
      of: ({ solarMonth, solarDay }) => factor * solarMonth + solarDay,
    };
  },
  (draw) => {
    const factor = draw.int(2, 4);
    return {
      text: `往回走，天数等于那天农历的月份数的 ${factor} 倍加上日数`,
      of: ({ lunarMonth, lunarDay }) => -(factor * lunarMonth + lunarDay),
    };
  },
  (draw) => {
    const more = draw.int(2, 9);
    return {
      text: `往后走，天数等于那天的日干支在六十甲子里的序号加 ${more}`,
      of: ({ cycle }) => cycle + more,
    };
  },
  byWeekdayAndRound,
  byRoundAndLunarDay,
  (_draw, { terms, first, length }) => ({
    text: "往后走到下一个节气（当天不算；到腊月末还没有的，从正月初一接着找）",
    of: ({ day }) => (terms.find((term) => term > day) ?? (terms[0] ?? first) + length) - day,
  }),
  (draw) => {
    const at = draw.int(3, 9);
    return {
      text: `往后走到下一个农历月的初${"三四五六七八九"[at - 3] ?? ""}（腊月的下一个月是正月，闰月也算一个月）`,
      of: ({ length, lunarDay }) => length - lunarDay + at,
    };
  },
  (draw) => {
    const whole = draw.int(37, 60);
    return {
      text: `往回走，天数等于 ${whole} 减去那天公历的号数`,
      of: ({ solarDay }) => -(whole - solarDay),
    };
  },
];

/** The words of the numbers that rules speak of. */
const numbersText =
  "农历的月份数，正月为 1，腊月为 12，闰月按同名的月算；日数，初一为 1，三十为 30；星期数，星期一为 1，星期日为 7；六十甲子的序号，甲子为 1，癸亥为 60。";

/** A walk over the days of a lunar year by so many rules, the first of which that fits is followed in each round. */
export function drawRounds(
  draw: Draw,
  year: number,
  start: { readonly day: number; readonly words: string },
  { rules: count, rounds }: { readonly rules: number; readonly rounds: number },
): { readonly day: number; readonly text: string } {
  const ring = ringOf(year);
  // Where nothing else fits the round counts, so that no walk goes round and round.
  const lastMove = draw.pick(roundMoves);
  const ways = draw.sample(
    moves.filter((move) => move !== lastMove),
    count - 1,
  );
  const rules = draw
    .sample(conditions, count - 1)
    .map((condition, at) => ({ condition: condition(draw, ring), move: ways[at]?.(draw, ring) }));
  const otherwise = lastMove(draw, ring);
  let { day } = start;
  for (let round = 1; round <= rounds; round += 1) {
    const place = placeOf(day, round);
    const move = rules.find(({ condition }) => condition.of(place))?.move ?? otherwise;
    const at = day - ring.first + move.of(place);
    day = ring.first + (((at % ring.length) + ring.length) % ring.length);
  }
  const lines = rules.map(
    ({ condition, move }, at) => `${at + 1}. ${condition.text}：${move?.text ?? ""}。`,
  );
  return {
    day,
    text: [
      `把这个农历年的各天首尾相接：往后走过了腊月的最后一天，接着从正月初一数起；往回走过了正月初一，接着从腊月的最后一天数起，走到的总是这一年里的日子。${numbersText}`,
      `${draw.pick([
        `从${start.words}出发，一轮一轮地走，一共走 ${rounds} 轮`,
        `起点是${start.words}，照下面的规则走 ${rounds} 轮`,
      ])}。每一轮只看这一轮开始时所在的那天，从上往下找到第一条符合的规则，照它走一次：`,
      ...lines,
      `${count}. 以上各条都不符合：${otherwise.text}。`,
    ].join("\n"),
  };
}
