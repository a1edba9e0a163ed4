import { z } from "zod";

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

/** Conversions whose answer is exact to at most four decimals. */
export const generator = defineGenerator({
  id: "unit",
  version: "1",
  title: { zh: "单位换算", en: "unit conversion" },
  grader: "numeric",
  options: z.strictObject({}),
  make: (draw): Made => {
    const [from, to] = draw.sample(draw.pick(kinds), 2);
    if (from === undefined || to === undefined) throw new RangeError("a kind needs two units");
    const [ratio, inverse] = [from.size / to.size, to.size / from.size];
    // An integer number of target units, or a number of source units that gives few decimals.
    const amount =
      ratio >= 1 ? draw.int(2, 60) : draw.int(1, 40) * (inverse / gcd(inverse, 10_000));
    const answer = Math.round(amount * ratio * 10_000) / 10_000;
    return {
      question: `${amount} ${from.name}等于多少${to.name}？`,
      answer,
      tolerance: 1e-6,
    };
  },
});

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
