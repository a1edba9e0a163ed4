import { expect, test } from "vitest";

import { createDraw } from "./draw.ts";
import { drawLeast, sumsOfWalks } from "./walks.ts";

/** Everywhere leads everywhere; each place adds ten to the power of its number. */
const places = [0, 1, 2, 3];
const starts = places.map((at) => 10 ** at);
const steps = places.map(() => places.map((to) => ({ to, adds: 10 ** to })));

test("every walk passes each place once at most, in every order", () => {
  const sums = sumsOfWalks({ starts, steps, length: 3 }, 100) ?? [];
  expect(sums).toHaveLength(24);
  const counts = [...Map.groupBy(sums, (sum) => sum)].map(([sum, own]) => [sum, own.length]);
  expect(counts.toSorted(([a = 0], [b = 0]) => a - b)).toEqual([
    [111, 6],
    [1_011, 6],
    [1_101, 6],
    [1_110, 6],
  ]);
});

test("walks follow steps alone, and stop where what they begin with is not allowed", () => {
  const ring = places.map((at) => [{ to: (at + 1) % 4, adds: 1 }]);
  expect(sumsOfWalks({ starts: [5, 6, 7, 8], steps: ring, length: 4 }, 100)).toEqual([
    8, 9, 10, 11,
  ]);
  const isAllowed = (passed: readonly number[]): boolean => passed[0] !== 1 && passed[1] !== 0;
  expect(sumsOfWalks({ starts: [5, 6, 7, 8], steps: ring, length: 4, isAllowed }, 100)).toEqual([
    8, 10,
  ]);
});

test("more walks than are wanted are none, and just as many are all of them", () => {
  expect(sumsOfWalks({ starts, steps, length: 3 }, 23)).toBeNull();
  expect(sumsOfWalks({ starts, steps, length: 3 }, 24)).toHaveLength(24);
});

test("between 45 and 75 percent of different sums reach the bound", () => {
  const sums = Array.from({ length: 1_000 }, (_, at) => (at * 37) % 1_009);
  for (let row = 0; row < 40; row += 1) {
    const { least, reaching } = drawLeast(createDraw(3, row, 0), sums);
    expect(sums.filter((sum) => sum >= least)).toHaveLength(reaching);
    expect(reaching).toBeGreaterThanOrEqual(450);
    expect(reaching).toBeLessThanOrEqual(750);
  }
});
