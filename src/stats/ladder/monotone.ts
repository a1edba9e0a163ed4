import type { LevelCount } from "./midpoint.ts";

import { seededRandom } from "../random.ts";

/**
 * Whether the rates go up from a level to a harder one by more than chance: the likelihood ratio of the free rates to the best that
 * never go up (pool adjacent violators: Barlow, Bartholomew, Bremner and Brunk, Statistical Inference under Order
 * Restrictions, 1972), against its distribution under the latter in 500 seeded draws, at 1 %.
 */
export function isBroken(counts: readonly LevelCount[]): boolean {
  const levels = counts.filter(({ n }) => n > 0).toSorted((a, b) => a.level - b.level);
  const falling = fallingRates(levels);
  const found = ratio(levels, falling);
  if (found < least) return false;
  const random = seededRandom(1);
  let asLarge = 0;
  for (let draw = 0; draw < draws && asLarge <= mostAsLarge; draw += 1) {
    const drawn = levels.map((level, at) => ({
      ...level,
      right: binomial(random, level.n, falling[at] ?? 0),
    }));
    if (ratio(drawn, fallingRates(drawn)) >= found) asLarge += 1;
  }
  return asLarge <= mostAsLarge;
}

const draws = 500;
const mostAsLarge = 4;
/** Below it, no ladder is broken at 1 %. */
const least = 5;

/** The rates of the levels that fit best among those that never go up. */
function fallingRates(levels: readonly LevelCount[]): readonly number[] {
  const blocks: { n: number; right: number; size: number }[] = [];
  for (const { n, right } of levels) {
    let block = { n, right, size: 1 };
    for (
      let last = blocks.at(-1);
      last !== undefined && last.right / last.n < block.right / block.n;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      block = {
        n: last.n + block.n,
        right: last.right + block.right,
        size: last.size + block.size,
      };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ n, right, size }) => Array.from({ length: size }, () => right / n));
}

const ratio = (levels: readonly LevelCount[], rates: readonly number[]): number =>
  2 *
  levels.reduce((sum, { n, right }, at) => {
    const [free, held] = [right / n, rates[at] ?? 0];
    return sum + part(right, free, held) + part(n - right, 1 - free, 1 - held);
  }, 0);

const part = (count: number, free: number, held: number): number =>
  count === 0 ? 0 : count * Math.log(free / held);

const binomial = (random: () => number, n: number, p: number): number =>
  Array.from({ length: n }, () => random()).filter((each) => each < p).length;
