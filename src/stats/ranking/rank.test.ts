import { expect, test } from "vitest";

import { placesOf } from "./rank.ts";

/** Above is who leads by so many points at least. */
const by = (scores: readonly number[], least: number) => (one: number, other: number) =>
  (scores[one] ?? 0) - (scores[other] ?? 0) >= least;

const ranks = (scores: readonly number[], least: number) =>
  placesOf(scores, by(scores, least)).map(({ rank }) => rank);

test("what no test parts shares a place, and the next skips accordingly", () => {
  expect(ranks([90, 80, 78, 60], 5)).toEqual([1, 2, 2, 4]);
  expect(ranks([60, 90, 78, 80], 5)).toEqual([4, 1, 2, 2]);
});

test("a chain: whoever is certainly below the first is not first", () => {
  const scores = [80, 77, 74];
  expect(placesOf(scores, by(scores, 5))).toEqual([
    { rank: 1, range: { low: 1, high: 2 } },
    { rank: 1, range: { low: 1, high: 3 } },
    { rank: 2, range: { low: 2, high: 3 } },
  ]);
});

test("nobody stands before a higher score for being hard to tell from the first", () => {
  const above = new Set(["0 1"]);
  const places = placesOf([85, 80, 79], (one, other) => above.has(`${one} ${other}`));
  expect(places.map(({ rank }) => rank)).toEqual([1, 2, 2]);
  expect(places[2]?.range).toEqual({ low: 1, high: 3 });
});

test("none", () => {
  expect(placesOf([], () => true)).toEqual([]);
});
