import { expect, test } from "vitest";

import { holm, testable } from "./family.ts";

test("Holm", () => {
  // statsmodels.stats.multitest.multipletests([.01, .04, .03, .005], method="holm")[1]
  const adjusted = holm([0.01, null, 0.04, 0.03, 0.005]);
  expect(adjusted.map((p) => (p === null ? null : Number(p.toFixed(12))))).toEqual([
    0.03,
    null,
    0.06,
    0.06,
    0.02,
  ]);
});

test("what cannot reach its level leaves the family, and the others share the level", () => {
  // Three could reach 0.05, two of them 0.05 / 2.
  expect(testable([0.04, 0.001, 0.002, 1, 0.5], 0.05)).toEqual([false, true, true, false, false]);
  expect(testable([0.03125], 0.05)).toEqual([true]);
  expect(testable([0.03125, 0.03125], 0.05)).toEqual([false, false]);
  expect(testable([1, 1, 0.25], 0.05)).toEqual([false, false, false]);
  expect(testable([], 0.05)).toEqual([]);
});
