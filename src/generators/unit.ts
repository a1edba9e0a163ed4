import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";

type Unit = { readonly name: string; readonly size: number };

/** Units of one kind, sized in the smallest of them; 市制 units by their legal definitions (1 亩 = 1/15 公顷), rounded ones left out. */
const kinds: readonly (readonly Unit[])[] = [
  [
    { name: "毫米", size: 1 },
    { name: "厘米", size: 10 },
    { name: "分米", size: 100 },
    { name: "米", size: 1000 },
    { name: "千米", size: 1_000_000 },
    { name: "里（市制，等于 500 米）", size: 500_000 },
  ],
  [
    { name: "克", size: 1 },
    { name: "两（市制，等于 50 克）", size: 50 },
    { name: "斤（市制，等于 500 克）", size: 500 },
    { name: "千克", size: 1000 },
    { name: "吨", size: 1_000_000 },
  ],
  [
    { name: "毫升", size: 1 },
    { name: "升", size: 1000 },
    { name: "立方米", size: 1_000_000 },
  ],
  [
    { name: "秒", size: 1 },
    { name: "分钟", size: 60 },
    { name: "刻钟（等于 15 分钟）", size: 900 },
    { name: "小时", size: 3600 },
    { name: "天", size: 86_400 },
  ],
  [
    { name: "平方厘米", size: 1 },
    { name: "平方分米", size: 100 },
    { name: "平方米", size: 10_000 },
    { name: "公顷", size: 100_000_000 },
  ],
];

/** Conversions whose answer is exact to at most four decimals, of one amount or of several added up. */
export const generator = defineGenerator({
  id: "unit",
  version: "2",
  title: { zh: "单位换算", en: "unit conversion" },
  grader: "numeric",
  options: z.strictObject({
    terms: z
      .int()
      .min(1)
      .max(12)
      .default(1)
      .describe("amounts, each in a unit of its own, that are added up"),
  }),
  levels: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12].map((terms) => ({ options: { terms }, floor: 0.005 })),
  make: (draw, { terms }): Made => (terms === 1 ? conversion(draw) : sum(draw, terms)),
});

function conversion(draw: Draw): Made {
  const [from, to] = draw.sample(draw.pick(kinds), 2);
  if (from === undefined || to === undefined) throw new RangeError("a kind needs two units");
  const amount = amountOf(draw, from, to);
  return {
    question: `${amount} ${from.name}等于多少${to.name}？`,
    answer: rounded((amount * from.size) / to.size),
    tolerance: 1e-6,
  };
}

function sum(draw: Draw, terms: number): Made {
  const kind = draw.pick(kinds);
  const to = draw.pick(kind);
  const parts = Array.from({ length: terms }, () => {
    const from = draw.pick(kind.filter((unit) => unit !== to));
    return { from, amount: amountOf(draw, from, to) };
  });
  const total = parts.reduce((size, { from, amount }) => size + amount * from.size, 0);
  return {
    question: `把 ${parts.map(({ from, amount }) => `${amount} ${from.name}`).join("、")}加在一起，等于多少${to.name}？`,
    answer: rounded(total / to.size),
    tolerance: 1e-6,
  };
}

/** So many of a unit that four decimals of the other hold them; of two sizes, the larger is a multiple of the smaller. */
function amountOf(draw: Draw, from: Unit, to: Unit): number {
  if (from.size >= to.size) return draw.int(2, 60);
  const inverse = to.size / from.size;
  return draw.int(2, 80) * (inverse / gcd(inverse, 10_000));
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
