import { describe, expect, test } from "vitest";

import { bootstrapSums } from "./bootstrap.ts";
import { seededRandom } from "./random.ts";

const mean = ([sum = 0, n = 1]: Float64Array): number => sum / n;

function sample(count: number, centre: number, seed: number) {
  const random = seededRandom(seed);
  const sums = Float64Array.from({ length: count }, () => centre + random() - 0.5);
  return [sums, new Float64Array(count).fill(1)];
}

test("the same seed gives the same interval, another seed a different one", () => {
  const once = bootstrapSums(sample(50, 0.1, 1), mean, { seed: 7 });
  expect(bootstrapSums(sample(50, 0.1, 1), mean, { seed: 7 })).toEqual(once);
  expect(bootstrapSums(sample(50, 0.1, 1), mean, { seed: 8 })?.interval).not.toEqual(
    once?.interval,
  );
  expect(once).toMatchObject({ seed: 7, resamples: 2_000 });
});

test("the width matches normal theory, for few and for many clusters", () => {
  for (const count of [400, 20_000]) {
    const { interval } = bootstrapSums(sample(count, 0, 3), mean, { seed: 1 }) ?? {};
    const se = Math.sqrt(1 / 12 / count);
    const width = (interval?.high ?? 0) - (interval?.low ?? 0);
    expect(width / (2 * 1.96 * se)).toBeGreaterThan(0.9);
    expect(width / (2 * 1.96 * se)).toBeLessThan(1.1);
  }
});

test("93 to 97 of 100 intervals of 40 clusters cover the true value", () => {
  let held = 0;
  for (let seed = 0; seed < 1_000; seed++) {
    const { interval } = bootstrapSums(sample(40, 0.2, seed), mean, { seed, resamples: 400 }) ?? {};
    if ((interval?.low ?? 1) <= 0.2 && 0.2 <= (interval?.high ?? 0)) held++;
  }
  expect(held).toBeGreaterThan(925);
  expect(held).toBeLessThan(970);
});

describe("p", () => {
  test("is small if all differ in the same direction", () => {
    expect(bootstrapSums(sample(50, 2, 1), mean, { seed: 1 })?.p).toBeCloseTo(2 / 2_001, 6);
  });
  test("is large around zero", () => {
    expect(bootstrapSums(sample(500, 0, 9), mean, { seed: 1 })?.p).toBeGreaterThan(0.1);
  });
});

test("one cluster gives nothing", () => {
  expect(bootstrapSums([[1], [1]], mean, { seed: 1 })).toBeNull();
});
