import { expect, test } from "vitest";

import { holm, mcnemar } from "./paired.ts";

// scipy.stats.binomtest(min(b, c), b + c, .5).pvalue
test.each([
  [3, 9, 0.14599609375],
  [70, 30, 7.85013964559367e-5],
  [5, 5, 1],
  [1, 0, 1],
  [0, 0, 1],
])("McNemar, %i lost and %i won", (lost, won, p) => {
  expect(mcnemar(lost, won)).toBeCloseTo(p, 12);
});

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
