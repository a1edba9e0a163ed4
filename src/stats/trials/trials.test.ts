import { expect, test } from "vitest";

import { passAtK, reduceTrials } from "./trials.ts";

test.each([
  ["mean", [1, 0, 1, 1], 0.75],
  ["any", [0, 0, 1], 1],
  ["all", [1, 1, 0], 0],
  ["majority", [1, 1, 0], 1],
  ["majority", [1, 0.5, 0], 0],
  ["majority", [1, 0], 0.5],
  ["mean", [], null],
] as const)("%s of %j is %f", (reduction, values, expected) => {
  expect(reduceTrials(values, reduction)).toBe(expected);
});

test("pass@k", () => {
  // python3: from math import comb; [1 - comb(7, k) / comb(10, k) for k in (1, 3, 8)]
  const values = [1, 3, 8].map((k) => passAtK(3, 10, k));
  expect(values.map((value) => Number(value?.toFixed(12)))).toEqual([0.3, 0.708333333333, 1]);
  expect(passAtK(3, 10, 11)).toBeNull();
});
