import { describe, expect, test } from "vitest";

import { percentile } from "../percentile.ts";
import { seededRandom } from "../random.ts";
import { betaQuantile, meanAndVariance } from "../testing/beta.ts";
import { exponential, gamma } from "./gamma.ts";
import { resampledShare } from "./resampled-share.ts";
import { sortedByValue, weightedQuantile } from "./weighted-quantile.ts";

const random = seededRandom(11);
const many = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);

describe("gamma numbers", () => {
  test.each([0.5, 1, 3.7, 40])("shape %d has its mean and variance", (shape) => {
    const { mean, variance } = meanAndVariance(many(60_000, () => gamma(shape, random)));
    expect(mean / shape).toBeGreaterThan(0.98);
    expect(mean / shape).toBeLessThan(1.02);
    expect(variance / shape).toBeGreaterThan(0.95);
    expect(variance / shape).toBeLessThan(1.05);
  });
});

describe("a resampled share", () => {
  const drawn = (values: readonly number[], widened = false) => {
    const draw = resampledShare({
      strata: [
        {
          clusters: values.map((_, at) => at),
          reached: values.map((value) => value / values.length),
          of: values.map(() => 1 / values.length),
        },
      ],
      fixed: 0,
      size: values.length,
      widened,
    });
    return many(20_000, () =>
      draw(
        values.map(() => exponential(random)),
        random,
      ),
    ).toSorted((a, b) => a - b);
  };

  test.each([
    [18, 20],
    [20, 20],
    [0, 8],
    [40, 100],
  ])("of %d right in %d is Jeffreys' posterior", (right, n) => {
    const draws = drawn(many(n, () => 0).map((_, at) => (at < right ? 1 : 0)));
    for (const q of [0.025, 0.25, 0.5, 0.75, 0.975])
      expect(
        Math.abs(percentile(draws, q) - betaQuantile(q, right + 0.5, n - right + 0.5)),
      ).toBeLessThan(0.012);
    const { mean } = meanAndVariance(draws);
    expect(mean).toBeCloseTo((right + 0.5) / (n + 1), 2);
  });

  test("many small strata spread as the unbiased variance asks", () => {
    // 40 strata of 3 items, two of them right: the variance of a stratum's mean is (2/9) / 2.
    const strata = many(40, () => 0).map((_, stratum) => ({
      clusters: [0, 1, 2].map((at) => stratum * 3 + at),
      reached: [1, 1, 0].map((value) => value / 120),
      of: [1, 1, 1].map((value) => value / 120),
    }));
    const draw = resampledShare({ strata, fixed: 0, size: 120, widened: true });
    const draws = many(8_000, () =>
      draw(
        many(120, () => exponential(random)),
        random,
      ),
    );
    const { variance } = meanAndVariance(draws);
    expect(variance / (2 / 9 / 2 / 40)).toBeGreaterThan(0.93);
    expect(variance / (2 / 9 / 2 / 40)).toBeLessThan(1.1);
  });

  test("what cannot vary stays where it is, but for its size", () => {
    const draw = resampledShare({ strata: [], fixed: 0.7, size: 1e9, widened: true });
    expect(draw([], random)).toBeCloseTo(0.7, 4);
  });
});

describe("a weighted quantile", () => {
  const values = [5, 1, 9, 3, 7, 2].map((value, cluster) => ({ value, cluster }));
  const sorted = values.map(({ value }) => value).toSorted((a, b) => a - b);

  test.each([0, 0.1, 0.5, 0.77, 0.95, 1])("%d with equal weights is type 7", (q) => {
    expect(weightedQuantile(sortedByValue(values), [2, 2, 2, 2, 2, 2], q)).toBeCloseTo(
      percentile(sorted, q),
      9,
    );
  });

  test("a heavy value draws it near, one without weight draws nothing", () => {
    expect(weightedQuantile(sortedByValue(values), [1e9, 1, 1, 1, 1, 1], 0.5)).toBeCloseTo(5, 4);
    expect(weightedQuantile(sortedByValue(values), [1, 1, 0, 1, 1, 1], 0.95)).toBeLessThanOrEqual(
      9,
    );
  });

  test("a timeout is never averaged into a time, one value is itself, none is nothing", () => {
    const late = sortedByValue(
      [1, 2, Number.POSITIVE_INFINITY].map((value, cluster) => ({ value, cluster })),
    );
    expect(weightedQuantile(late, [1, 1, 1], 0.9)).toBe(Number.POSITIVE_INFINITY);
    expect(weightedQuantile(late, [1, 1, 1], 0.5)).toBe(2);
    expect(weightedQuantile(sortedByValue([{ value: 4, cluster: 0 }]), [3], 0.95)).toBe(4);
    expect(weightedQuantile(sortedByValue([]), [], 0.95)).toBeNaN();
  });
});
