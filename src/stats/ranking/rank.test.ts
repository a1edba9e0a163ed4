import { expect, test } from "vitest";

import { rankRanges, ranksWithTies } from "./rank.ts";

test("scores closer than the tie share a rank, and the next rank skips accordingly", () => {
  expect(ranksWithTies([66.96, 74.02, 66.94, 66.5, null, 67.14], 0.03)).toEqual([
    3,
    1,
    3,
    5,
    null,
    2,
  ]);
});

test("a table as it was published in November 2023: rows without a rank count for nobody", () => {
  const published: readonly (readonly [rank: number | null, score: number])[] = [
    [null, 89.79],
    [1, 74.02],
    [2, 72.88],
    [3, 71.87],
    [4, 67.14],
    [5, 66.96],
    [5, 66.94],
    [7, 66.5],
    [null, 60.62],
  ];
  const counted = published.map(([rank, score]) => (rank === null ? null : score));
  expect(ranksWithTies(counted, 0.03)).toEqual(published.map(([rank]) => rank));
});

test("a difference equal to the tie is not a tie, and ties do not chain", () => {
  expect(ranksWithTies([70.03, 70], 0.03)).toEqual([1, 2]);
  expect(ranksWithTies([70.04, 70.02, 70], 0.03)).toEqual([1, 1, 3]);
});

test("equal scores always tie", () => {
  expect(ranksWithTies([1, 2, 2], 0)).toEqual([3, 1, 1]);
});

test("rank ranges", () => {
  const intervals = [
    { low: 0.9, high: 0.95 },
    { low: 0.7, high: 0.8 },
    { low: 0.75, high: 0.85 },
    { low: 0.1, high: 0.2 },
  ];
  expect(rankRanges(intervals)).toEqual([
    { low: 1, high: 1 },
    { low: 2, high: 3 },
    { low: 2, high: 3 },
    { low: 4, high: 4 },
  ]);
});
