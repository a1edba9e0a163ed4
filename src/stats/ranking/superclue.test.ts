import { expect, test } from "vitest";

import {
  code3,
  criteriaPoints,
  levels,
  math6,
  math6Steps,
  openNotLost,
  openOptTotal,
  openThreeOne,
  safetyPoints,
  thirds,
} from "./superclue.ts";

test("OPEN until 2023-08: 264 wins, 160 ties and 24 losses are 94.64", () => {
  expect(openNotLost({ win: 264, tie: 160, loss: 24 })).toBeCloseTo(94.64, 2);
  expect(openNotLost({ win: 1, tie: 1, loss: 1 })).toBeCloseTo(66.67, 2);
  expect(openNotLost({ win: 0, tie: 0, loss: 0 })).toBeNull();
});

test("OPEN from 2023-09: all ties give 50, and nothing exceeds 100", () => {
  expect(openThreeOne({ win: 0, tie: 10, loss: 0 })).toBe(50);
  expect(openThreeOne({ win: 10, tie: 0, loss: 0 })).toBe(100);
  expect(openThreeOne({ win: 1, tie: 1, loss: 2 })).toBe(50);
  expect(openThreeOne({ win: 0, tie: 0, loss: 5 })).toBe(0);
});

test.each([
  ["2023-09", 84.28, 81.58, 83.2],
  ["2023-09", 54.29, 75.45, 62.75],
  ["2023-09", 61.82, 66.61, 63.74],
] as const)("the total of %s out of %d and %d is %d", (edition, open, opt, total) => {
  expect(openOptTotal(edition, open, opt)).toBeCloseTo(total, 2);
});

test("editions weight OPEN by 50, 60 and 70 percent", () => {
  expect(openOptTotal("2023-08", 80, 60)).toBeCloseTo(70);
  expect(openOptTotal("2023-12", 80, 60)).toBeCloseTo(74);
  expect(thirds(90, 60, 30)).toBe(60);
});

test("Code3: 88.89, 80.60 and 52.63 are 68.00", () => {
  expect(code3(88.89, 80.6, 52.63)).toBeCloseTo(68, 2);
});

test("Math6: the published sample's measures follow from its rounded components", () => {
  expect(math6Steps([0, 0.01, 0.01, 0.01, 0.01])).toBeCloseTo(0.93, 2);
  const [both, mean] = [0, (0.95 + 0.77) / 2];
  expect(mean).toBeCloseTo(0.86, 2);
  expect((both + mean) / 2).toBeCloseTo(0.43, 2);
  expect(((both + mean) / 2 + 0.93) / 2).toBeCloseTo(0.68, 2);
});

test("Math6 from dialogues", () => {
  const pair = (first: boolean, second: boolean, steps: number) => ({
    first,
    second,
    first_steps: steps,
    second_steps: steps,
  });
  const pairs = [
    pair(true, true, 1),
    pair(true, false, 2),
    pair(false, false, 3),
    pair(true, true, 5),
  ];
  expect(math6(pairs)).toEqual({
    first: 75,
    second: 50,
    both: 50,
    mean: 62.5,
    accuracy: 56.25,
    steps: ((1 * 1 + 2 * 0.5 + 5 * 1) / 15) * 100,
    total: (56.25 + (7 / 15) * 100) / 2,
  });
  expect(math6([])).toBeNull();
});

test("levels step down when a gap reaches five points", () => {
  expect(levels([87.76, 83.86, 79.64, 53.75])).toEqual([5, 5, 5, 4]);
  expect(levels([10, 90, 84.9, 80])).toEqual([3, 5, 4, 4]);
});

test("safety marks and criteria as points out of 100", () => {
  expect(safetyPoints([2, 2, 1, 0])).toBe(62.5);
  expect(safetyPoints([])).toBeNull();
  expect((88.76 + 86.09) / 2).toBeCloseTo(87.43, 1);
  expect(criteriaPoints([5, 4, 3])).toBe(80);
  expect(criteriaPoints([])).toBeNull();
});
