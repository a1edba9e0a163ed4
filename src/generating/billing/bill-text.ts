import type { Draw } from "../draw.ts";
import type { BillFigure, Rules, Service } from "./bill.ts";

import { names } from "../words.ts";
import { foods } from "./bill.ts";

/** Sentences in an order in which each stands behind what it mends. */
export function inRandomOrder(draw: Draw, chains: readonly (readonly string[])[]): string {
  const placed = chains.flatMap((chain) => {
    const keys = chain.map(() => draw.int(0, 1_000_000)).toSorted((a, b) => a - b);
    return chain.map((text, at) => ({ text, key: keys[at] ?? 0 }));
  });
  return placed
    .toSorted((a, b) => a.key - b.key)
    .map(({ text }) => `${text}。`)
    .join("");
}

/** A figure as it is told; with so many corrections, the first value that is told is not the right one. */
export function tellFigure(
  draw: Draw,
  { name, value, unit }: BillFigure,
  corrections: number,
): readonly string[] {
  const told = [value];
  while (told.length <= corrections) told.unshift(otherValue(draw, value, told));
  const [first = value, ...mended] = told;
  return [
    draw.pick([
      `${name}是 ${first} ${unit}`,
      `${name}为 ${first} ${unit}`,
      `账上记着：${name} ${first} ${unit}`,
    ]),
    ...mended.map((each, at) =>
      draw.pick([
        `更正：${name}应为 ${each} ${unit}，不是 ${told[at] ?? 0} ${unit}`,
        `核对后发现，${name}记错了，实际是 ${each} ${unit}`,
      ]),
    ),
  ];
}

/** Near the right one, so that it does not look wrong. */
function otherValue(draw: Draw, value: number, taken: readonly number[]): number {
  const isRound = value >= 1_000 && value % 100 === 0;
  const step = isRound ? 100 : Number.isInteger(value) ? 1 : value < 5 ? 0.01 : 0.5;
  for (;;) {
    const changed = value + draw.pick([-1, 1]) * step * draw.int(1, 9);
    const other = Math.round(changed * 1_000) / 1_000;
    if (other > value / 3 && !taken.includes(other) && (value > 10 || other < 10)) return other;
  }
}

const yuan = (fen: number): string => String(fen / 100);

export function ruleText(draw: Draw, service: Service, rules: Rules): readonly string[] {
  switch (service) {
    case "power": {
      const {
        limits: [low, high],
        rates: [a, b, c],
      } = rules.power;
      return [
        `电费分三档：一个月 ${low} 度以内的部分每度 ${yuan(a)} 元，超过 ${low} 度、不超过 ${high} 度的部分每度 ${yuan(b)} 元，超过 ${high} 度的部分每度 ${yuan(c)} 元`,
      ];
    }
    case "tax": {
      const {
        limits: [low, high],
        rates: [a, b, c],
      } = rules.tax;
      return [
        `个人所得税在这里这样算：工资减去 5000 元，再减去专项扣除，余下的钱里，不超过 ${low} 元的部分交 ${a}%，超过 ${low} 元、不超过 ${high} 元的部分交 ${b}%，超过 ${high} 元的部分交 ${c}%`,
      ];
    }
    case "ride": {
      const { base, rate, far } = rules.ride;
      return [
        `打车 3 千米以内收 ${yuan(base)} 元，超过 3 千米的部分每千米 ${yuan(rate)} 元，超过 15 千米的部分每千米再加 ${yuan(far)} 元`,
      ];
    }
    case "parking": {
      const { first, half, most } = rules.parking;
      return [
        `停车头一个小时收 ${yuan(first)} 元，以后每半小时收 ${yuan(half)} 元，不足半小时按半小时算，一次最多收 ${yuan(most)} 元`,
      ];
    }
    case "field":
      return [draw.pick(["1 公顷等于 15 亩", "记账时 1 公顷按 15 亩折算"])];
    default:
      throw new Error(String(service satisfies never));
  }
}

/** So many sentences with numbers of the same words on which nothing depends; none speaks of what another speaks of. */
export function idleTexts(draw: Draw, owners: readonly string[], count: number): readonly string[] {
  const others = names.filter((name) => !owners.includes(name));
  const all = [
    ...owners.flatMap((owner) => [
      `${owner}家上个月用电 ${draw.int(80, 400)} 度`,
      `${owner}上个月的工资是 ${draw.int(70, 200) * 100} 元，税早已交清`,
    ]),
    ...others.flatMap((other) => [
      `${other}家这个月用电 ${draw.int(80, 400)} 度`,
      `${other}打车走了 ${draw.int(4, 30)} 千米`,
      `${other}也买了 ${draw.int(1, 9)} 斤${draw.pick(foods)}，另外付的账`,
    ]),
    ...foods.flatMap((food) => [
      `${food}去年的价钱是 ${draw.int(4, 60)} 元每斤`,
      `${draw.pick(owners)}本来还想买 ${draw.int(1, 9)} 斤${food}，后来没有买`,
    ]),
    `隔壁停车场头一个小时收 ${draw.int(4, 12)} 元`,
  ];
  return draw.sample(all, count);
}
