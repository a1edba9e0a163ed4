import type { Draw } from "../draw.ts";

/** A number that the text tells, under a name that no other has. */
export type BillFigure = { readonly name: string; readonly value: number; readonly unit: string };

/** What one person spends, in fen, and what is told of it. */
export type Bill = {
  readonly figures: readonly BillFigure[];
  readonly rules: readonly string[];
  readonly fen: number;
};

export const foods: readonly string[] =
  "腊肉 木耳 红枣 核桃 香菇 粉条 花椒 芝麻 绿豆 糯米 枸杞 莲子 海带 冰糖 黄豆 小米".split(" ");

const grams = { 斤: 500, 千克: 1_000, 两: 50 } as const;
type Weight = keyof typeof grams;

/** Things by weight, some of them at a discount or partly given back; together they may bring a reduction. */
export function goodsBill(draw: Draw, owner: string, count: number): Bill {
  const lines = draw.sample(foods, count).map((food) => goodsLine(draw, owner, food));
  const total = lines.reduce((sum, { fen }) => sum + fen, 0);
  const [step, off] = [draw.int(4, 9) * 1_000, draw.int(2, 9) * 100];
  const most = off * draw.int(2, 5);
  const hasReduction = count > 2 && draw.int(0, 3) > 0;
  const reduction = Math.min(most, Math.floor(total / step) * off);
  return {
    figures: lines.flatMap(({ figures }) => figures),
    rules: hasReduction
      ? [
          `${owner}买的东西先算折扣、扣掉退货，再合在一起，每满 ${step / 100} 元减 ${off / 100} 元，最多减 ${most / 100} 元`,
        ]
      : [],
    fen: hasReduction ? total - reduction : total,
  };
}

function goodsLine(draw: Draw, owner: string, food: string): Omit<Bill, "rules"> {
  for (;;) {
    const [per, bought, back] = [weight(draw), weight(draw), weight(draw)];
    const price = draw.int(20, 300) * { 斤: 20, 千克: 40, 两: 2 }[per];
    const quantity = draw.int(2, 40) / (bought === "千克" ? 4 : 2);
    const returned = draw.int(0, 3) === 0 ? draw.int(1, 6) / (back === "千克" ? 4 : 2) : 0;
    const discount = draw.pick([10, 10, 9.5, 9, 8.8, 8.5, 8, 7.5]);
    const weighed = quantity * grams[bought] - returned * grams[back];
    const fen = ((weighed / grams[per]) * price * discount * 10) / 100;
    if (weighed <= 0 || !Number.isInteger(fen) || fen > 60_000) continue;
    const title = `${owner}买的${food}`;
    return {
      fen,
      figures: [
        { name: `${title}单价`, value: price / 100, unit: `元每${per}` },
        { name: `${title}分量`, value: quantity, unit: bought },
        ...(discount === 10 ? [] : [{ name: `${title}折扣`, value: discount, unit: "折" }]),
        ...(returned === 0
          ? []
          : [{ name: `${owner}退掉的${food}分量`, value: returned, unit: back }]),
      ],
    };
  }
}

const weight = (draw: Draw): Weight => draw.pick<Weight>(["斤", "千克", "两"]);

/** A tariff in steps: what is over a limit costs the next rate. */
export type Tariff = {
  readonly limits: readonly [number, number];
  readonly rates: readonly [number, number, number];
};

/** What so much costs. */
const inSteps = (amount: number, { limits: [low, high], rates: [a, b, c] }: Tariff): number =>
  Math.min(amount, low) * a +
  Math.max(0, Math.min(amount, high) - low) * b +
  Math.max(0, amount - high) * c;

/** The rules of a place, the same for all people of a text. */
export type Rules = {
  readonly power: Tariff;
  readonly tax: Tariff;
  readonly ride: { readonly base: number; readonly rate: number; readonly far: number };
  readonly parking: { readonly first: number; readonly half: number; readonly most: number };
};

/** Rates of power and rides in fen, of tax in percent. */
export const drawRules = (draw: Draw): Rules => {
  const [low, first, rate] = [draw.int(8, 22) * 10, draw.int(46, 58), draw.int(18, 32) * 10];
  const free = draw.int(2, 5) * 1_000;
  return {
    power: {
      limits: [low, low + draw.int(8, 20) * 10],
      rates: [first, first + draw.int(4, 9), first + draw.int(20, 34)],
    },
    tax: { limits: [free, free + draw.int(4, 9) * 1_000], rates: [3, 10, 20] },
    ride: { base: draw.int(9, 15) * 100, rate, far: draw.int(4, 12) * 10 },
    parking: {
      first: draw.int(5, 10) * 100,
      half: draw.int(2, 4) * 100,
      most: draw.int(30, 50) * 100,
    },
  };
};

export type Service = "power" | "tax" | "ride" | "parking" | "field";
export const services: readonly Service[] = ["power", "tax", "ride", "parking", "field"];

export function serviceBill(
  draw: Draw,
  service: Service,
  rules: Rules,
  owner: string,
): Omit<Bill, "rules"> {
  switch (service) {
    case "power": {
      const [before, used] = [draw.int(1_000, 8_000), draw.int(90, 520)];
      return {
        fen: inSteps(used, rules.power),
        figures: [
          { name: `${owner}家电表月初读数`, value: before, unit: "度" },
          { name: `${owner}家电表月末读数`, value: before + used, unit: "度" },
        ],
      };
    }
    case "tax": {
      const [wage, less] = [draw.int(70, 260) * 100, draw.int(5, 30) * 100];
      return {
        fen: inSteps(Math.max(0, wage - 5_000 - less), rules.tax),
        figures: [
          { name: `${owner}这个月的工资`, value: wage, unit: "元" },
          { name: `${owner}这个月的专项扣除`, value: less, unit: "元" },
        ],
      };
    }
    case "ride": {
      const length = draw.int(4, 38);
      const { base, rate, far } = rules.ride;
      return {
        fen: base + (length - 3) * rate + Math.max(0, length - 15) * far,
        figures: [{ name: `${owner}打车的里程`, value: length, unit: "千米" }],
      };
    }
    case "parking": {
      const minutes = draw.int(65, 420);
      const { first, half, most } = rules.parking;
      return {
        fen: Math.min(most, first + Math.ceil((minutes - 60) / 30) * half),
        figures: [{ name: `${owner}停车的时长`, value: minutes, unit: "分钟" }],
      };
    }
    case "field": {
      const unit = draw.pick(["亩", "公顷"]);
      const area = unit === "亩" ? draw.int(2, 30) / 2 : draw.int(1, 12) / 10;
      const [each, price] = [draw.int(6, 30), draw.int(8, 40) * 20];
      const mu = unit === "亩" ? area : Math.round(area * 150) / 10;
      return {
        fen: Math.round((mu * each * price) / 2),
        figures: [
          { name: `${owner}菜地的面积`, value: area, unit },
          { name: `${owner}菜地每亩的用肥量`, value: each, unit: "斤" },
          { name: `${owner}买肥料的单价`, value: price / 100, unit: "元每千克" },
        ],
      };
    }
    default:
      throw new Error(String(service satisfies never));
  }
}
