import { expect, test } from "vitest";

import { boundedThreshold } from "./bounded-threshold.ts";
import { type LevelCount, midpoint } from "./midpoint.ts";
import { isBroken } from "./monotone.ts";

const ladder = (right: readonly number[], floor = 0, n = 8): readonly LevelCount[] =>
  right.map((each, at) => ({ level: at + 1, floor, n, right: each }));

test("a threshold is that of a free parameter far from its end, and one-sided at it", () => {
  expect(boundedThreshold(0)).toBeCloseTo(1.6449 ** 2, 2);
  expect(boundedThreshold(4)).toBeCloseTo(1.95996 ** 2, 2);
  expect(boundedThreshold(99)).toBeCloseTo(1.95996 ** 2, 2);
});

test("a midpoint lies where half is right, with an interval around it, even where levels separate perfectly", () => {
  const found = midpoint(ladder([8, 8, 8, 8, 8, 0, 0, 0, 0, 0]));
  expect(found?.value).toBeCloseTo(5.5, 2);
  expect(found?.interval.low).toBeGreaterThan(4.5);
  expect(found?.interval.high).toBeLessThan(6.5);
  expect(midpoint(ladder([8, 8, 7, 6, 5, 3, 2, 1, 0, 0]))?.value).toBeCloseTo(5.5, 1);
});

test("guessing moves the midpoint down: half of what it leaves over has to be right", () => {
  const right = [8, 8, 8, 7, 6, 5, 4, 4, 4, 4];
  const [free, guessed] = [midpoint(ladder(right)), midpoint(ladder(right, 0.5))];
  expect(guessed?.value).toBeLessThan(6);
  expect(free?.value ?? 0).toBeGreaterThan((guessed?.value ?? 0) + 2);
});

test("what lies beyond the levels has no end", () => {
  const [all, none] = [midpoint(ladder(Array(10).fill(8))), midpoint(ladder(Array(10).fill(0)))];
  expect(all).toMatchObject({ value: Infinity, interval: { high: Infinity } });
  expect(all?.interval.low).toBeGreaterThan(9);
  expect(none).toMatchObject({ value: -Infinity, interval: { low: -Infinity } });
  expect(none?.interval.high).toBeLessThan(2);
  expect(midpoint(ladder([], 0))).toBeNull();
  expect(midpoint(ladder([0, 0], 0, 0))).toBeNull();
});

test("only a ladder that rises against its order by more than chance is broken", () => {
  expect(isBroken(ladder([8, 8, 7, 8, 5, 6, 2, 3, 0, 1]))).toBe(false);
  expect(isBroken(ladder([2, 1, 2, 0, 1, 8, 8, 7, 8, 6]))).toBe(true);
});
