import { expect, test } from "vitest";

import {
  binomialCdf,
  binomialQuantile,
  incompleteBeta,
  studentCdf,
  studentQuantile,
} from "./distributions.ts";
import { normalCdf, normalQuantile } from "./distributions.ts";

// Golden values: python3 with scipy 1.x, by the expression next to each.
test.each([
  [normalQuantile(0.975), 1.959963984540054], // stats.norm.ppf(0.975)
  [normalQuantile(0.025), -1.959963984540054],
  [normalQuantile(1e-6), -4.753424308822899], // stats.norm.ppf(1e-6)
  [normalCdf(1.3), 0.9031995154143897], // stats.norm.cdf(1.3)
  [normalCdf(-7.5), 3.1908916729108844e-14], // stats.norm.cdf(-7.5)
  [incompleteBeta(0.3, 2.5, 7.25), 0.6604822735819071], // stats.beta.cdf(0.3, 2.5, 7.25)
  [studentQuantile(0.975, 1), 12.706204736174694], // stats.t.ppf(0.975, 1)
  [studentQuantile(0.975, 4), 2.7764451051977934],
  [studentQuantile(0.975, 999), 1.9623414611334493],
  [studentCdf(-2.1, 7), 0.036935598106461326], // stats.t.cdf(-2.1, 7)
  [binomialCdf(30, 100, 0.5), 3.925069822796835e-5], // stats.binom.cdf(30, 100, .5)
])("%f is %f", (value, golden) => {
  expect(Math.abs(value / golden - 1)).toBeLessThan(1e-9);
});

test("a million trials", () => {
  // stats.binom.cdf(989999, 1000000, .99)
  expect(binomialCdf(989_999, 1_000_000, 0.99)).toBeCloseTo(0.49734038520052143, 8);
});

test("binomial quantiles", () => {
  // stats.binom.ppf([.025, .975], 1000, .99), stats.binom.ppf(.975, 200, .95)
  expect([0.025, 0.975].map((p) => binomialQuantile(p, 1_000, 0.99))).toEqual([983, 996]);
  expect(binomialQuantile(0.975, 200, 0.95)).toBe(196);
});
