import type { Draw } from "../draw.ts";

import { dayConditions, placeOf, type Ring, ringOf, type ToldOfDay } from "./conditions.ts";

const conditions: readonly ((draw: Draw, ring: Ring) => ToldOfDay<boolean>)[] = [
  ...dayConditions,
  (draw) => {
    const every = draw.int(3, 4);
    return { text: `轮次是 ${every} 的倍数`, of: ({ round }) => round % every === 0 };
  },
];

type Move = (draw: Draw, ring: Ring) => ToldOfDay<number>;

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
  (draw) => {
    const factor = draw.int(3, 6);
    const more = draw.int(5, 20);
    return {
      text: `往回走，天数等于那天星期数的 ${factor} 倍加 ${more}`,
      of: ({ weekday }) => -(factor * weekday + more),
    };
  },
  (draw) => {
    const factor = draw.int(2, 3);
    return {
      text: `往后走，天数等于那天农历的日数的 ${factor} 倍`,
      of: ({ lunarDay }) => factor * lunarDay,
    };
  },
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
  const [lastMove, ...ways] = draw.sample(moves, count);
  const rules = draw
    .sample(conditions, count - 1)
    .map((condition, at) => ({ condition: condition(draw, ring), move: ways[at]?.(draw, ring) }));
  const otherwise = lastMove?.(draw, ring);
  let { day } = start;
  for (let round = 1; round <= rounds; round += 1) {
    const place = placeOf(day, round);
    const move = rules.find(({ condition }) => condition.of(place))?.move ?? otherwise;
    // The round counts in any case, so that no walk goes round and round.
    const at = day - ring.first + (move?.of(place) ?? 0) + round;
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
      ])}。每一轮只看这一轮开始时所在的那天，从上往下找到第一条符合的规则，照它走一次，然后再往后走与轮次同样多的天（第 1 轮 1 天，第 2 轮 2 天……），这一轮才算走完：`,
      ...lines,
      `${count}. 以上各条都不符合：${otherwise?.text ?? ""}。`,
    ].join("\n"),
  };
}
