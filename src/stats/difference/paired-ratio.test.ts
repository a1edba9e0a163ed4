import { describe, expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { pairedRatio } from "./paired-ratio.ts";

const options = { seed: 7, draws: 999 };
const plain = (amounts: readonly number[]) => ({ amounts, units: null });

test("the ratio of the sums, with clusters that hold nothing left out", () => {
  const found = pairedRatio(plain([1, 2, 0, 3]), plain([2, 4, 0, 6.3]), options);
  expect(found?.ratio).toBeCloseTo(12.3 / 6, 12);
  expect(found?.interval?.low).toBeLessThan(12.3 / 6);
});

test("units on both sides divide the amounts", () => {
  const base = { amounts: [10, 10], units: [1, 4] };
  const fresh = { amounts: [10, 10], units: [2, 2] };
  expect(pairedRatio(base, fresh, options)?.ratio).toBeCloseTo(5 / 4, 12);
});

describe("what cannot be said", () => {
  test("a side without any amount or unit has no ratio", () => {
    expect(pairedRatio(plain([0, 0]), plain([1, 2]), options)).toBeNull();
    const none = { amounts: [1, 2], units: [0, 0] };
    expect(pairedRatio(none, { amounts: [1, 2], units: [1, 1] }, options)).toBeNull();
  });
  test("one cluster has no interval, and five always hold 1: 2 / 2^5 is above 5%", () => {
    expect(pairedRatio(plain([1]), plain([2]), options)?.interval).toBeNull();
    const found = pairedRatio(plain([1, 1, 1, 1, 1]), plain([2, 2.1, 2, 1.9, 2]), options);
    expect(found?.interval?.low).toBe(1);
  });
  test("six that all doubled are a change", () => {
    const found = pairedRatio(plain([1, 1, 1, 1, 1, 1]), plain([2, 2.1, 2, 1.9, 2, 2]), options);
    expect(found?.interval?.low).toBeGreaterThan(1.8);
  });
});

test("costs of one kind differ in at most 5 of 100 cases, few or many clusters, however skewed", () => {
  const random = seededRandom(8);
  const amount = () => Math.exp(2 * (random() + random() + random() - 1.5));
  for (const clusters of [4, 8, 40]) {
    let rejected = 0;
    for (let run = 0; run < 300; run++) {
      const [base, fresh] = [0, 1].map(() => Array.from({ length: clusters }, amount));
      const found = pairedRatio(plain(base ?? []), plain(fresh ?? []), { seed: run, draws: 199 });
      const { low = 1, high = 1 } = found?.interval ?? {};
      if (low > 1 || high < 1) rejected++;
    }
    expect(rejected / 300).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 300));
  }
});
