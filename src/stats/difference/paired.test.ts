import { expect, test } from "vitest";

import { mcnemar } from "./paired.ts";

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
