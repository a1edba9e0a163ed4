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

/** Beside those that tie all affairs together; where still more are needed, another choice is begun. */
const mostExtraBonds = 6;

/** Of the affairs every day of the list suits so many, and of the list so many days suit every affair. */
const leastShare = 0.5;

/**
 * Affairs each of which is to be put on a day of a list, no two on one, in `ways` ways or up to twice as many before the rents of
 * the days are added up. All want the same days, and bonds between two tie each to the next, so that no part of them can be counted
 * by itself; others across the list are added until there are no more ways than these.
 */
export function drawChoosing(
  draw: Draw,
  year: number,
  { affairs: count, days: many, ways }: { affairs: number; days: number; ways: number },
): Choosing {
  const ring = ringOf(year);
  const allPlaces = Array.from({ length: ring.length }, (_, at) => placeOf(ring.first + at, 0));
  for (;;) {
    const names = draw.sample(affairs, count);
    const wishes = names.map(() => wishOf(draw, ring));
    const places = placesFor(draw, { allPlaces, wishes, many });
    const fitting = wishes.map(({ of }) => places.flatMap((place, at) => (of(place) ? [at] : [])));
    if (places.length < many || fitting.some(({ length }) => length < many * leastShare)) continue;
    const rents = places.map(() => draw.int(21, 99));
    const chain = draw.shuffle([...names.keys()]);
    const bonds = chain
      .slice(1)
      .map((other, at) => bondOf(draw, names, draw.shuffle([chain[at] ?? 0, other])));
    for (let extra = 0; extra <= mostExtraBonds; extra += 1) {
      const sums = sumsOfChoices({ fitting, places, bonds, rents }, ways * mostTimes);
      if (sums === null) {
        bonds.push(extraBond(draw, names, bonds));
        continue;
      }
      if (sums.length < ways) break;
      const { least, reaching } = drawLeast(
        draw,
        sums.map((sum) => -sum),
      );
      // The answer stands nowhere in the question.
      if ([-least, ...rents].includes(reaching)) break;
      const told = {
        names,
        days: places.map(({ day }) => day),
        rents,
        wishes,
        bonds: draw.shuffle(bonds),
        most: -least,
      };
      return { ways: reaching, question: questionOf(draw, told) };
    }
  }
}

/** Days of the year that most affairs may be put on, one after another. */
function placesFor(
  draw: Draw,
  {
    allPlaces,
    wishes,
    many,
  }: {
    readonly allPlaces: readonly DayFacts[];
    readonly wishes: readonly ToldOfDay<boolean>[];
    readonly many: number;
  },
): readonly DayFacts[] {
  const suited = allPlaces.filter(
    (place) => wishes.filter(({ of }) => of(place)).length >= wishes.length * leastShare,
  );
  return draw.sample(suited, Math.min(many, suited.length)).toSorted((a, b) => a.day - b.day);
}

/** Two conditions of which one is enough. */
function wishOf(draw: Draw, ring: Ring): ToldOfDay<boolean> {
  const [one, other] = draw.sample(dayConditions, 2).map((each) => each(draw, ring));
  if (one === undefined || other === undefined) throw new RangeError("no conditions");
  return {
    text: `${one.text}；或者${other.text}`,
    of: (place) => one.of(place) || other.of(place),
  };
}

/** One more, of two affairs that no other is about. */
function extraBond(draw: Draw, names: readonly string[], bonds: readonly Bond[]): Bond {
  for (;;) {
    const pair = draw.sample([...names.keys()], 2);
    if (!bonds.some(({ one, other }) => pair.includes(one) && pair.includes(other)))
      return bondOf(draw, names, pair);
  }
}

function bondOf(
  draw: Draw,
  names: readonly string[],
  [one = 0, other = 0]: readonly number[],
): Bond {
  const [a = "", b = ""] = [names[one], names[other]];
  const [apart, near, before] = [draw.int(90, 150), draw.int(60, 110), draw.int(20, 60)];
  return {
    one,
    other,
    ...draw.pick([
      {
        text: `${a}的日子要比${b}早`,
        holds: (x: DayFacts, y: DayFacts) => x.day < y.day,
      },
      {
        text: `${a}的日子要比${b}早 ${before} 天以上（含 ${before} 天）`,
        holds: (x: DayFacts, y: DayFacts) => y.day - x.day >= before,
      },
      {
        text: `${a}和${b}的日子至少相隔 ${apart} 天`,
        holds: (x: DayFacts, y: DayFacts) => Math.abs(x.day - y.day) >= apart,
      },
      {
        text: `${a}和${b}的日子至多相隔 ${near} 天`,
        holds: (x: DayFacts, y: DayFacts) => Math.abs(x.day - y.day) <= near,
      },
    ]),
  };
}

type Choices = {
  /** Of every affair the places that suit it. */
  readonly fitting: readonly (readonly number[])[];
  readonly places: readonly DayFacts[];
  readonly bonds: readonly Bond[];
  readonly rents: readonly number[];
};

/** Next is always the affair that leaves the fewest choices beside those before it, as far as its days and bonds tell. */
function inOrder({ fitting, places, bonds }: Choices): readonly number[] {
  const shares = bonds.map(({ one, other, holds }) => {
    const pairs = (fitting[one] ?? []).flatMap((x) =>
      (fitting[other] ?? []).map((y) => ({ x, y })),
    );
    const kept = pairs.filter(({ x, y }) => {
      const [own, known] = [places[x], places[y]];
      return x !== y && own !== undefined && known !== undefined && holds(own, known);
    });
    return kept.length / pairs.length;
  });
  const order: number[] = [];
  const leaves = (affair: number): number =>
    bonds.reduce(
      (left, { one, other }, at) =>
        (one === affair && order.includes(other)) || (other === affair && order.includes(one))
          ? left * (shares[at] ?? 1)
          : left,
      fitting[affair]?.length ?? 0,
    );
  while (order.length < fitting.length) {
    const [next = 0] = [...fitting.keys()]
      .filter((affair) => !order.includes(affair))
      .toSorted((a, b) => leaves(a) - leaves(b));
    order.push(next);
  }
  return order;
}

/** So many beginnings of choices are looked at for each that is counted; what has more leads mostly nowhere. */
const mostLooked = 2.5;

/** The rents of every choice; null where there are more than `most`, or too much is looked at in vain. */
function sumsOfChoices(choices: Choices, most: number): readonly number[] | null {
  const { fitting, places, bonds, rents } = choices;
  const order = inOrder(choices);
  const bitsOf = (chosen: readonly number[]): number =>
    chosen.reduce((bits, place) => bits | (1 << place), 0);
  const own = order.map((affair) => bitsOf(fitting[affair] ?? []));
  // What is left to an affair by the place of another before it.
  const left = order.map((affair, step) =>
    bonds.flatMap(({ one, other, holds }) => {
      const beside = one === affair ? other : other === affair ? one : -1;
      const at = order.indexOf(beside);
      if (at === -1 || at > step) return [];
      const besides = places.map((known) =>
        bitsOf(
          [...places.entries()].flatMap(([place, mine]) =>
            (one === affair ? holds(mine, known) : holds(known, mine)) ? [place] : [],
          ),
        ),
      );
      return [{ at, besides }];
    }),
  );
  const chosen: number[] = [];
  const sums: number[] = [];
  let looked = 0;
  const isTooMuch = (): boolean => sums.length > most || looked > most * mostLooked;
  const choose = (taken: number, sum: number): void => {
    looked += 1;
    const step = chosen.length;
    if (step === order.length) {
      sums.push(sum);
      return;
    }
    let open = (own[step] ?? 0) & ~taken;
    for (const { at, besides } of left[step] ?? []) open &= besides[chosen[at] ?? 0] ?? 0;
    while (open !== 0 && !isTooMuch()) {
      const place = 31 - Math.clz32(open);
      open ^= 1 << place;
      chosen.push(place);
      choose(taken | (1 << place), sum + (rents[place] ?? 0));
      chosen.pop();
    }
  };
  choose(0, 0);
  return isTooMuch() ? null : sums;
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
    `还要做到：${bonds.map(({ text }) => text).join("；")}。日数，初一为 1，三十为 30；相隔的天数，是晚的那天减去早的那天，如初一和初三相隔 2 天。`,
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
