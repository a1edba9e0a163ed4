import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { latencySteps } from "./latency.ts";
import { levelsOf } from "./levels.ts";
import { type Night, nightOfItems } from "./night.ts";

/** A night in which item i is right with its own share plus the night's shift, without chance. */
const night = (items: readonly number[], shift = 0): Night =>
  nightOfItems(
    new Map(
      items.map((item) => {
        const sum = 10 * ((item % 7) / 10 + shift);
        return [`item ${item}`, { n: 10, sum, squares: sum }];
      }),
    ),
  );
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

const valuesOf = (nights: readonly Night[]) =>
  levelsOf(nights).map(({ value }) => Math.round((value ?? Number.NaN) * 1e6) / 1e6);

test("the same items: plain means", () => {
  expect(valuesOf([night(range(0, 7)), night(range(0, 7), 0.05)])).toEqual([0.3, 0.35]);
});

test("items that are exchanged do not move the series, and the break is marked", () => {
  const before = range(0, 14);
  const after = [...range(0, 7), ...range(100, 130).filter((item) => item % 7 > 3)];
  const levels = levelsOf([night(before), night(before), night(after), night(after, 0.1)]);
  const [one = 0, two = 0, three = 0, four = 0] = levels.map(({ value }) => value ?? 0);
  expect(two - one).toBeCloseTo(0, 6);
  expect(three - two).toBeCloseTo(0, 3);
  expect(four - three).toBeCloseTo(0.1, 3);
  expect(levels.map(({ items }) => items)).toEqual(["same", "same", "changed", "same"]);
  expect(new Set(levels.map(({ scale }) => scale)).size).toBe(1);
});

test("without a common item there are two scales, unless both versions were run in one night", () => {
  const [old, fresh] = [range(0, 7), range(100, 107)];
  const apart = levelsOf([night(old), night(fresh)]);
  expect(apart.map(({ items }) => items)).toEqual(["same", "others"]);
  expect(apart[0]?.scale).not.toBe(apart[1]?.scale);
  const bridged = levelsOf([night(old), night([...old, ...fresh]), night(fresh, 0.2)]);
  expect(new Set(bridged.map(({ scale }) => scale)).size).toBe(1);
  expect((bridged[2]?.value ?? 0) - (bridged[1]?.value ?? 0)).toBeCloseTo(0.2, 3);
});

test("a night without answers is a gap", () => {
  const levels = levelsOf([night([1, 2]), nightOfItems(new Map()), night([1, 2])]);
  expect(levels.map(({ value }) => value === null)).toEqual([false, true, false]);
  expect(levels[2]?.items).toBe("same");
});

/** Times of nights that resemble the night before, with a busy weekend. */
function times(seed: number, nights: number, step: (night: number) => number): number[] {
  const random = seededRandom(seed);
  let mood = 0;
  return Array.from({ length: nights }, (_, at) => {
    mood = 0.5 * mood + 0.08 * (random() + random() - 1);
    return 1_000 * Math.exp(mood + (at % 7 > 4 ? 0.1 : 0)) * step(at);
  });
}

test("steps of latency are found, and moods of days and weekends are none", () => {
  let false_steps = 0;
  for (let seed = 0; seed < 40; seed++)
    false_steps += latencySteps(times(seed, 90, () => 1)).length;
  expect(false_steps).toBeLessThanOrEqual(3);
  let found = 0;
  for (let seed = 100; seed < 120; seed++) {
    const [step] = latencySteps(times(seed, 90, (at) => (at < 40 ? 1 : 1.4)));
    if (step !== undefined && Math.abs(step.since - 40) <= 2 && step.ratio > 1.25) found++;
  }
  expect(found).toBeGreaterThanOrEqual(18);
});

test("gaps do not move a step", () => {
  const series = Array.from({ length: 30 }, (_, at) =>
    at % 5 === 0 ? null : at < 15 ? 100 + (at % 3) : 200 + (at % 3),
  );
  expect(latencySteps(series)).toMatchObject([{ since: 16 }]);
  expect(latencySteps([1, 2, 3])).toEqual([]);
});
