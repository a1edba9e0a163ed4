import type { Draw } from "../draw.ts";

import { lunarDateOf, lunarText } from "../lunar.ts";
import { drawLeast, mostTimes } from "../walks.ts";
import {
  dayConditions,
  type DayFacts,
  placeOf,
  type Ring,
  ringOf,
  type ToldOfDay,
} from "./conditions.ts";
import { solarText } from "./day-names.ts";

/** What two of the affairs ask of their days. */
type Bond = {
  readonly one: number;
  readonly other: number;
  readonly text: string;
  readonly holds: (one: DayFacts, other: DayFacts) => boolean;
};

export type Choosing = { readonly question: string; readonly ways: number };

const affairs = "祭祖 上梁 开市 搬家 订婚 拜师 修灶 立碑 栽树 酿酒 晒谱 安床 砌墙 打井".split(" ");

/** So many bonds leave too little, and another choice is begun. */
const [fewestBonds, mostBonds] = [3, 9];

/**
 * Affairs each of which is to be put on a day of a list, no two on one, in `ways` ways or up to twice as many before the rents of
 * the days are added up. Bonds between two are added until there are no more than these.
 */
export function drawChoosing(
  draw: Draw,
  year: number,
  { affairs: count, days: many, ways }: { affairs: number; days: number; ways: number },
): Choosing {
  const ring = ringOf(year);
  for (;;) {
    const names = draw.sample(affairs, count);
    const days = draw
      .sample(
        Array.from({ length: ring.length }, (_, at) => ring.first + at),
        many,
      )
      .toSorted((a, b) => a - b);
    const places = days.map((day) => placeOf(day, 0));
    const rents = days.map(() => draw.int(21, 99));
    const wishes = names.map(() => wishOf(draw, ring));
    const fitting = wishes.map(({ of }) => places.flatMap((place, at) => (of(place) ? [at] : [])));
    const bonds: Bond[] = [];
    while (bonds.length < fewestBonds) addBond(draw, names, bonds);
    while (bonds.length < mostBonds) {
      const sums = sumsOfChoices(fitting, places, bonds, rents, ways * mostTimes);
      if (sums !== null && sums.length < ways) break;
      if (sums === null) {
        addBond(draw, names, bonds);
        continue;
      }
      const { least, reaching } = drawLeast(
        draw,
        sums.map((sum) => -sum),
      );
      // The answer stands nowhere in the question.
      if ([-least, ...rents].includes(reaching)) break;
      const told = { names, days, rents, wishes, bonds, most: -least };
      return { ways: reaching, question: questionOf(draw, told) };
    }
  }
}

/** Two conditions of which one is enough, or one alone. */
function wishOf(draw: Draw, ring: Ring): ToldOfDay<boolean> {
  const [one, other] = draw.sample(dayConditions, 2).map((each) => each(draw, ring));
  if (one === undefined || other === undefined) throw new RangeError("no conditions");
  if (draw.int(0, 2) === 0) return one;
  return {
    text: `${one.text}；或者${other.text}`,
    of: (place) => one.of(place) || other.of(place),
  };
}

/** One more, of two affairs that no other is about. */
function addBond(draw: Draw, names: readonly string[], bonds: Bond[]): void {
  for (;;) {
    const bond = bondOf(draw, names);
    const pair = new Set([bond.one, bond.other]);
    if (bonds.some(({ one, other }) => pair.has(one) && pair.has(other))) continue;
    bonds.push(bond);
    return;
  }
}

function bondOf(draw: Draw, names: readonly string[]): Bond {
  const [one = 0, other = 0] = draw.sample([...names.keys()], 2);
  const [a = "", b = ""] = [names[one], names[other]];
  const apart = draw.int(20, 60);
  return {
    one,
    other,
    ...draw.pick([
      {
        text: `${a}的日子要比${b}早`,
        holds: (x: DayFacts, y: DayFacts) => x.day < y.day,
      },
      {
        text: `${a}和${b}的日子至少相隔 ${apart} 天（大减小）`,
        holds: (x: DayFacts, y: DayFacts) => Math.abs(x.day - y.day) >= apart,
      },
      {
        text: `${a}和${b}的日子不是同样的星期几`,
        holds: (x: DayFacts, y: DayFacts) => x.weekday !== y.weekday,
      },
    ]),
  };
}

/** The rents of every choice; null where there are more than `most`. Affairs with the fewest days come first. */
function sumsOfChoices(
  fitting: readonly (readonly number[])[],
  places: readonly DayFacts[],
  bonds: readonly Bond[],
  rents: readonly number[],
  most: number,
): readonly number[] | null {
  const order = [...fitting.keys()].toSorted(
    (a, b) => (fitting[a]?.length ?? 0) - (fitting[b]?.length ?? 0),
  );
  const chosen = fitting.map(() => -1);
  const sums: number[] = [];
  const isKept = ({ one, other, holds }: Bond): boolean => {
    const [x, y] = [places[chosen[one] ?? -1], places[chosen[other] ?? -1]];
    return x === undefined || y === undefined || holds(x, y);
  };
  const bondsOf = fitting.map((_own, affair) =>
    bonds.filter(({ one, other }) => one === affair || other === affair),
  );
  const choose = (step: number, sum: number): void => {
    const affair = order[step];
    if (affair === undefined) {
      sums.push(sum);
      return;
    }
    for (const at of fitting[affair] ?? []) {
      if (sums.length > most || chosen.includes(at)) continue;
      chosen[affair] = at;
      if (bondsOf[affair]?.every(isKept) === true) choose(step + 1, sum + (rents[at] ?? 0));
      chosen[affair] = -1;
    }
  };
  choose(0, 0);
  return sums.length > most ? null : sums;
}

type ToldChoosing = {
  readonly names: readonly string[];
  readonly days: readonly number[];
  readonly rents: readonly number[];
  readonly wishes: readonly ToldOfDay<boolean>[];
  readonly bonds: readonly Bond[];
  readonly most: number;
};

function questionOf(draw: Draw, { names, days, rents, wishes, bonds, most }: ToldChoosing): string {
  const listed = days.map((day, at) => {
    const lunar = lunarText(lunarDateOf(new Date(day * 86_400_000)));
    return `${draw.pick([solarText(day), lunar])}（${rents[at] ?? 0} 元）`;
  });
  return [
    draw.pick(heads).replace("{n}", String(names.length)).replace("{m}", String(days.length)),
    `${draw.shuffle(listed).join("、")}。`,
    draw.pick(wishHeads),
    ...names.map((name, at) => `${at + 1}. ${name}：${wishes[at]?.text ?? ""}。`),
    `还要做到：${bonds.map(({ text }) => text).join("；")}。日数，初一为 1，三十为 30。`,
    `${draw.pick(asks).replace("{元}", String(most))}请在最后一行用“答案：数字”作答。`,
  ].join("\n");
}

const heads = [
  "族里这一年有 {n} 件事要办，祠堂空着的只有下面 {m} 天，括号里是当天的场租：",
  "老师傅替人择日，{n} 件事要从这 {m} 个日子里各挑一天，括号里是那天要付的钱：",
  "村里要办 {n} 件事，能租到场子的日子有 {m} 个，后面是租金：",
  "一家人列了 {n} 件事和 {m} 个备选的日子，日子后面括号里是当天的花费：",
];

const wishHeads = [
  "每件事各有讲究，定下的日子（下面都称“那天”）必须合乎：",
  "各件事对日子（下面称“那天”）的要求是：",
  "择日的规矩如下（“那天”指办这件事的日子）：",
];

const asks = [
  "每件事各定一天，两件事不能同一天，这些天括号里的钱合计不超过 {元} 元。一共有多少种定法？",
  "一件事占一天，一天只办一件，花的钱（括号里的数）总共不得多于 {元} 元，有几种不同的安排？",
  "要求一天至多办一件事，所选各天括号里的数加起来最多 {元} 元，问安排的方法共有多少种？",
];
