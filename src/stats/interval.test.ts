import { describe, expect, test } from "vitest";

import { clusteredInterval, clusteredMean, wilson } from "./interval.ts";
import { seededRandom } from "./random.ts";

// Golden values: scipy.stats.binomtest(k, n).proportion_ci(method="wilson")
test.each([
  [0, 10, 0, 0.27753279986288926],
  [7, 10, 0.39677814746114526, 0.892208732593699],
  [10, 10, 0.7224672001371109, 1],
  [81, 263, 0.2552885198782742, 0.36620957698280004],
])("Wilson %i of %i", (k, n, low, high) => {
  const interval = wilson(k / n, n);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

describe("clustered standard error", () => {
  const values = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1];
  test("pairs of items", () => {
    // d = x - x.mean(); numpy.sqrt(5 / 4 * sum(d[g == c].sum() ** 2 for c in range(5))) / 10
    const clusters = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
    expect(clusteredMean({ values, clusters }).se).toBeCloseTo(0.18708286933869708, 14);
  });
  test("single items: sd / √n", () => {
    // numpy.std(x, ddof=1) / numpy.sqrt(10)
    const clusters = values.map((_, index) => index);
    expect(clusteredMean({ values, clusters }).se).toBeCloseTo(0.16329931618554522, 14);
  });
  test("one cluster gives nothing", () => {
    const one = clusteredMean({ values, clusters: values.map(() => 0) });
    expect(one.se).toBeNull();
    expect(clusteredInterval(one)).toBeNull();
  });
});

describe("2,000 simulated samples: 93 to 97 of 100 intervals cover the true value", () => {
  const simulations = 2_000;
  test.each([
    [0.5, 60],
    [0.8, 60],
    [0.8, 300],
    [0.95, 300],
  ])("Wilson, p = %f, n = %i", (p, n) => {
    const random = seededRandom(11);
    let held = 0;
    for (let i = 0; i < simulations; i++) {
      let right = 0;
      for (let k = 0; k < n; k++) right += random() < p ? 1 : 0;
      const { low, high } = wilson(right / n, n);
      if (low <= p && p <= high) held++;
    }
    expect(held / simulations).toBeGreaterThan(0.93);
    expect(held / simulations).toBeLessThan(0.97);
  });

  test.each([
    [20, 5],
    [60, 5],
    [100, 3],
  ])("%i clusters of %i", (clusters, size) => {
    const random = seededRandom(5);
    let held = 0;
    for (let i = 0; i < simulations; i++) {
      const sample = { values: [] as number[], clusters: [] as number[] };
      for (let c = 0; c < clusters; c++) {
        // The passage makes all its items easier or harder: p is uniform with mean 0.6.
        const p = 0.2 + 0.8 * random();
        for (let k = 0; k < size; k++) {
          sample.values.push(random() < p ? 1 : 0);
          sample.clusters.push(c);
        }
      }
      const interval = clusteredInterval(clusteredMean(sample));
      if (interval !== null && interval.low <= 0.6 && 0.6 <= interval.high) held++;
    }
    expect(held / simulations).toBeGreaterThan(0.93);
    expect(held / simulations).toBeLessThan(0.97);
  });
});
