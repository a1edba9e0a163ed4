import { describe, expect, test } from "vitest";

import { seededRandom } from "./random.ts";
import { spreadOf } from "./spread.ts";

const single = (n: number): readonly number[] => Array.from({ length: n }, (_, item) => item);
const rightOn = (n: number, right: (item: number) => boolean): readonly number[] =>
  single(n).map((item) => Number(right(item)));

const base = rightOn(10, (item) => item < 8);
const terse = rightOn(10, (item) => item < 6);
const polite = rightOn(10, (item) => item < 9);

test("three treatments of ten items, by hand", () => {
  const spread = spreadOf([base, terse, polite], single(10));
  expect(spread).toMatchObject({ highest: 2, lowest: 1, n: 10 });
  expect(spread?.value).toBeCloseTo(0.3, 12);
  // Differences 0.2, 0.1, 0.3 with se² 0.16/9, 0.09/9, 0.21/9: √((0.14 - 0.46/9) / 6)
  expect(spread?.sd).toBeCloseTo(0.12171612389003693, 12);
});

test("the interval by hand: twelve differences including the two added, three pairs at once", () => {
  const { interval } = spreadOf([base, terse, polite], single(10)) ?? {};
  expect(interval?.low).toBe(0);
  // polite - terse: mean 3/12, se √(12/11 · 4.25)/12, t of 11 degrees of freedom at 1 - 0.05/6
  expect(interval?.high).toBeCloseTo(0.756013143572, 8);
});

test("treatments are compared over common items", () => {
  const none = Number.NaN;
  const spread = spreadOf(
    [
      [1, 1, 1, 1, 1, 0, 0, 0],
      [1, 1, 1, 1, 0, none, none, none],
    ],
    single(8),
  );
  expect(spread).toMatchObject({ n: 5, highest: 0, lowest: 1, high: 1, low: 0.8 });
  expect(spread?.value).toBeCloseTo(0.2, 12);
});

test("a pair with few items does not decide if another has enough; alone it has no interval", () => {
  const few = [0, 0, ...Array.from({ length: 8 }, () => Number.NaN)];
  expect(spreadOf([base, terse, few], single(10))).toMatchObject({ highest: 0, lowest: 1, n: 10 });
  expect(spreadOf([base, few], single(10))).toMatchObject({ value: 1, interval: null, sd: null });
  const oneCluster = base.map(() => 0);
  expect(spreadOf([base, terse], oneCluster)).toMatchObject({ interval: null });
});

test("no common items give null, and equal values are not certainty", () => {
  const none = base.map(() => Number.NaN);
  expect(spreadOf([base, none], single(10))).toBeNull();
  expect(spreadOf([base], single(10))).toBeNull();
  const { value, interval, sd } = spreadOf([base, base], single(10)) ?? {};
  expect([value, interval?.low, sd]).toEqual([0, 0, 0]);
  expect(interval?.high).toBeGreaterThan(0.1);
});

describe("1,000 simulated runs of three wordings: the interval covers the true spread", () => {
  test.each([
    ["no wording matters", [0.7, 0.7, 0.7], 100],
    ["one is worse", [0.7, 0.55, 0.7], 100],
    ["one is worse, many items", [0.8, 0.7, 0.75], 300],
  ])("%s", (_, levels, n) => {
    const random = seededRandom(5);
    const truth = Math.max(...levels) - Math.min(...levels);
    let held = 0;
    let seen = 0;
    for (let run = 0; run < 1_000; run++) {
      // Half of the randomness is the item's own, so the wordings are correlated.
      const luck = single(n).map(() => random());
      const columns = levels.map((level) =>
        luck.map((own) => Number((random() < 0.5 ? own : random()) < level)),
      );
      const { low = 1, high = 0 } = spreadOf(columns, single(n))?.interval ?? {};
      if (low <= truth + 1e-9 && truth <= high + 1e-9) held++;
      if (low > 0) seen++;
    }
    expect(held / 1_000).toBeGreaterThan(0.95);
    if (truth === 0) expect(seen / 1_000).toBeLessThan(0.05);
    else expect(seen / 1_000).toBeGreaterThan(0.3);
  });
});
