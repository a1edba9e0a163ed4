import { array, assert, constantFrom, double, integer, property, tuple } from "fast-check";
import { expect, it } from "vitest";

import { mergedSums, sumsByCluster } from "./cluster-sums.ts";

it("adds up by cluster, in the order in which the clusters were met", () => {
  const { clusters, sums } = sumsByCluster([7, 0, 7, 3], [1, 2, 4, 8]);
  expect(clusters).toEqual([7, 0, 3]);
  expect([...sums]).toEqual([5, 2, 8]);
});

it("nothing has no clusters", () => {
  expect(sumsByCluster([], []).clusters).toEqual([]);
  expect(mergedSums([]).clusters).toEqual([]);
});

it("gives what a map gives, also of parts and after larger numbers", () => {
  const number = double({ min: -9, max: 9, noNaN: true });
  const part = array(tuple(integer({ min: 0, max: 40 }), number), { maxLength: 30 });
  assert(
    property(array(part, { maxLength: 4 }), constantFrom(1, 1_000), (parts, step) => {
      const expected = new Map<number, number>();
      for (const [cluster, value] of parts.flat())
        expected.set(cluster * step, (expected.get(cluster * step) ?? 0) + value);
      const { clusters, sums } = mergedSums(
        parts.map((each) =>
          sumsByCluster(
            each.map(([cluster]) => cluster * step),
            each.map(([, value]) => value),
          ),
        ),
      );
      expect(clusters).toEqual([...expected.keys()]);
      for (const [at, sum] of [...expected.values()].entries())
        expect(sums[at]).toBeCloseTo(sum, 9);
    }),
  );
});
