import { expect, test } from "vitest";

import { linearTrend } from "./trend.ts";

test("slope and interval", () => {
  // scipy.stats.linregress(range(6), [.5, .52, .49, .55, .56, .58]): slope, stderr; t.ppf(.975, 4)
  const trend = linearTrend([0.5, 0.52, 0.49, 0.55, 0.56, 0.58]);
  expect(trend?.per_month).toBeCloseTo(30 * 0.016571428571428574, 10);
  const half = 30 * 2.7764451051977934 * 0.004671523226068849;
  expect((trend?.interval.high ?? 0) - (trend?.per_month ?? 0)).toBeCloseTo(half, 8);
});

test("gaps keep their position; four values give null", () => {
  expect(linearTrend([0, null, 2, 3, 4, 5])?.per_month).toBeCloseTo(30, 10);
  expect(linearTrend([0, null, 2, 3, 4])).toBeNull();
});
