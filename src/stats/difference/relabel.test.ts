import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { type ComparedFigure, type ItemDeals, relabelTest } from "./relabel.ts";

const share: ComparedFigure = { scale: "difference", departure: "both", group: 0 };

/** One answer of each side, so that an item can be dealt in two ways. */
const item = (second: readonly number[], first: readonly number[]): ItemDeals => {
  const deal = (a: readonly number[], b: readonly number[]) =>
    Float64Array.from(a.flatMap((value, at) => [value, 1, b[at] ?? 0, 1]));
  return [deal(second, first), deal(first, second)];
};

const options = { seed: 7, draws: 20_000, level: 0.05 };

test("one figure of single answers is the exact test of swapped labels", () => {
  // Six items, on all of which the second side alone is wrong: 2 of 64 swaps are as far.
  const items = Array.from({ length: 6 }, () => item([0], [1]));
  const [only] = relabelTest(items, [share], options);
  expect(only?.observed).toBe(-1);
  expect(only?.p).toBeCloseTo(2 / 64, 2);
  expect(only?.adjusted).toBeCloseTo(2 / 64, 2);
  expect(only?.bound).toBeCloseTo(4 / 6, 9);
  const [low] = relabelTest(items, [{ ...share, departure: "low" }], options);
  expect(low?.p).toBeCloseTo(1 / 64, 2);
});

test("what never varies is at no distance", () => {
  const items = Array.from({ length: 9 }, () => item([1], [1]));
  const [only] = relabelTest(items, [share], options);
  expect(only).toMatchObject({ observed: 0, p: 1, adjusted: 1, bound: 0, sd: 0 });
});

test("nothing of one side against something of the other is a ratio far from 1, not unknown", () => {
  const ratio: ComparedFigure = { scale: "log-ratio", departure: "both", group: 0 };
  const items = Array.from({ length: 12 }, () => item([0], [40]));
  const [only] = relabelTest(items, [ratio], options);
  expect(only?.observed).toBeCloseTo(Math.log(1 / 1_000), 9);
  expect(only?.adjusted).toBeLessThan(0.01);
});

test("figures that go together cost nothing, others are paid for", () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 40 }, () => [random(), random(), random(), random()]);
  const twice = (of: number) =>
    values.map(([a = 0, b = 0]) => item(Array(of).fill(a), Array(of).fill(b)));
  const alone = relabelTest(twice(1), [share], options)[0];
  const repeated = relabelTest(twice(3), [share, share, share], options)[0];
  expect(repeated?.adjusted).toBeCloseTo(alone?.adjusted ?? 0, 9);
  const apart = values.map(([a = 0, b = 0, c = 0, d = 0]) => item([a, c], [b, d]));
  const [own] = relabelTest(apart, [share, share], options);
  expect(own?.adjusted).toBeGreaterThan(alone?.adjusted ?? 1);
  const grouped = relabelTest(apart, [share, { ...share, group: 1 }], options)[0];
  expect(grouped?.adjusted).toBeCloseTo(Math.min(1, 2 * (alone?.adjusted ?? 0)), 9);
});

test("of honest sides at most a twentieth is rejected in anything", () => {
  const random = seededRandom(11);
  let rejected = 0;
  for (let run = 0; run < 300; run++) {
    const items = Array.from({ length: 25 }, () => {
      const chance = random();
      const say = () => [Number(random() < chance), Number(random() < 0.03), random()];
      return item(say(), say());
    });
    const tests = relabelTest(items, [share, share, share], { seed: run, draws: 400, level: 0.05 });
    if (tests.some(({ adjusted }) => adjusted <= 0.05)) rejected++;
  }
  expect(rejected / 300).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 300));
});
