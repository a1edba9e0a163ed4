import type { Draw } from "./draw.ts";
import type { Made } from "./generator.ts";

import { goods, towns } from "./words.ts";

/** What a warehouse holds, and what moved on the day before. */
type Stock = { readonly held: number; readonly moved: number };
type Day = Stock & { readonly text: string };

/** A warehouse on whose stock so many days leave their mark; asks what is left, which is never below zero. */
export function stockProblem(draw: Draw, days: number): Made {
  const [thing, unit] = [draw.pick(goods), draw.pick(["箱", "捆", "袋"])];
  const held = draw.int(80, 400);
  const told: string[] = [`${draw.pick(towns)}的仓库里原有 ${held} ${unit}${thing}。`];
  let stock: Stock = { held, moved: 0 };
  for (let day = 1; day <= days; day += 1) {
    const { text, ...after } = draw.pick(possible(draw, stock, unit));
    told.push(`第 ${day} 天${text}。`);
    stock = after;
  }
  return {
    question: `${told.join("")}这时仓库里有多少${unit}${thing}？`,
    answer: stock.held,
    unit,
  };
}

/** What can happen to a stock: nothing that takes more than there is, no fractions, nothing beyond ten thousand. */
function possible(draw: Draw, { held, moved }: Stock, unit: string): readonly Day[] {
  const [inward, outward] = [draw.int(15, 150), draw.int(10, Math.max(11, Math.floor(held / 2)))];
  const [times, more, part] = [draw.int(2, 3), draw.int(5, 40), draw.int(2, 6)];
  const add = (text: string, by: number): Day => ({ text, held: held + by, moved: by });
  const take = (text: string, by: number): Day => ({ text, held: held - by, moved: by });
  const days: readonly (readonly [boolean, () => Day])[] = [
    [true, () => add(`运来 ${inward} ${unit}`, inward)],
    [true, () => take(`运走 ${outward} ${unit}`, outward)],
    [moved > 0, () => add(`运来的是前一天进出数量的 ${times} 倍`, moved * times)],
    [moved > 0, () => add(`运来的比前一天进出的数量多 ${more} ${unit}`, moved + more)],
    [moved > more, () => take(`运走的比前一天进出的数量少 ${more} ${unit}`, moved - more)],
    [held % part === 0, () => take(`把库存平均分成 ${part} 份，运走其中一份`, held / part)],
  ];
  const can = days.flatMap(([isPossible, make]) => (isPossible ? [make()] : []));
  return can.filter((day) => day.held > 20 && day.held < 10_000);
}
