import { describe, expect, test } from "vitest";

import { binomialCdf } from "../distributions.ts";
import { seededRandom } from "../random.ts";
import { signTail } from "./sign-tail.ts";

/** Sizes of every sum of ±size, one by one, from large to small. */
function everySum(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** sizes.length);
  let known = 1;
  for (const size of sizes) {
    for (let at = 0; at < known; at++) {
      const sum = sums[at] ?? 0;
      sums[at] = sum + size;
      sums[known + at] = sum - size;
    }
    known *= 2;
  }
  return sums.map(Math.abs).toSorted().toReversed();
}

/** The share of the sums that are as far out as `bound`. */
function shareBeyond(sums: Float64Array, bound: number): number {
  const nearer = sums.findIndex((sum) => sum < bound - 1e-12);
  return (nearer === -1 ? sums.length : nearer) / sums.length;
}

describe("beside all sums of seventeen sizes", () => {
  test.each([
    ["even", (random: () => number) => random()],
    ["most of them small", (random: () => number) => random() ** 3],
    ["three of them large", (random: () => number, at: number) => random() * (at < 3 ? 5 : 1)],
  ])("%s", (_name, draw) => {
    const random = seededRandom(17);
    for (let run = 0; run < 8; run++) {
      const sizes = Float64Array.from(
        { length: 17 },
        (_, at) => draw(random, at) + 0.01 * random(),
      );
      const whole = sizes.reduce((sum, size) => sum + size, 0);
      const sums = everySum(sizes);
      for (const share of [0.3, 0.45, 0.6, 0.7]) {
        const exact = shareBeyond(sums, share * whole);
        if (exact < 50 / 2 ** 17 || exact > 0.25) continue;
        expect(Math.abs(Math.log(signTail(sizes, share * whole) / exact))).toBeLessThan(0.2);
      }
    }
  });
});

test("far out, where no draw comes: the binomial's tail to some per cent", () => {
  // 1,000 signs of nearly one size: at least 620 alike, between the steps of the sum.
  const sizes = new Float64Array(1_000).fill(1);
  const exact = 2 * binomialCdf(380, 1_000, 0.5);
  expect(exact).toBeLessThan(1e-13);
  expect(signTail(sizes, 239) / exact).toBeGreaterThan(0.9);
  expect(signTail(sizes, 239) / exact).toBeLessThan(1.1);
});

test("at its ends: no distance is certain to be reached, all alike is the rarest", () => {
  const sizes = Float64Array.from([1, 2, 3, 4]);
  expect(signTail(sizes, 1e-9)).toBeCloseTo(1, 6);
  expect(signTail(sizes, 10)).toBe(2 / 16);
  expect(signTail(sizes, 11)).toBe(2 / 16);
});
