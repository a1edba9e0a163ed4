import { describe, expect, test } from "vitest";

import { percentile, percentileRanks, percentileWithInterval } from "./percentile.ts";

const sorted = [1, 1.5, 2.6, 3, 4, 5.35, 9];

// numpy.percentile([3, 1, 4, 1.5, 9, 2.6, 5.35], q), type 7
test.each([
  [0, 1],
  [0.25, 2.05],
  [0.5, 3],
  [0.9, 6.81],
  [0.95, 7.905],
  [1, 9],
])("type 7 at %f", (q, value) => {
  expect(percentile(sorted, q)).toBeCloseTo(value, 12);
});

test("timeouts are censored at the top: never averaged into a number", () => {
  const withTimeouts = [1, 2, 3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect(percentile(withTimeouts, 0.5)).toBe(3);
  expect(percentile(withTimeouts, 0.7)).toBe(Number.POSITIVE_INFINITY);
  expect(percentile(withTimeouts, 0.9)).toBe(Number.POSITIVE_INFINITY);
});

describe("order-statistic intervals", () => {
  // Ranks: scipy.stats.binom.ppf(.025, n, q), scipy.stats.binom.ppf(.975, n, q) + 1
  test.each([
    [100, 0.5, 40, 61],
    [200, 0.95, 184, 197],
    [1_000, 0.99, 983, 997],
  ])("n = %i, q = %f: ranks %i to %i", (n, q, low, high) => {
    expect(percentileRanks(n, q)).toEqual({ low, high });
  });

  test.each([
    [0.5, 6],
    [0.95, 72],
    [0.99, 368],
  ])("q = %f has both bounds from n = %i on", (q, n) => {
    const values = (length: number) => Array.from({ length }, (_, index) => index);
    expect(percentileWithInterval(values(n), q)?.high).not.toBeNull();
    expect(percentileWithInterval(values(n - 1), q)?.high).toBeNull();
  });

  test("no values give null", () => {
    expect(percentileWithInterval([], 0.5)).toBeNull();
  });
});
