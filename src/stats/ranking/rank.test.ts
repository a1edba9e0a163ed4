import { describe, expect, test } from "vitest";

import { normalQuantile } from "../distributions.ts";
import { wilson } from "../interval.ts";
import { seededRandom } from "../random.ts";
import { placesOf, placingLevel, type Placed } from "./rank.ts";

const at = (score: number, half: number): Placed => ({
  score,
  interval: { low: score - half, high: score + half },
});
const ranks = (entries: readonly Placed[], tie = 0) =>
  placesOf(entries, tie).map(({ rank }) => rank);

describe("places", () => {
  test("what the intervals cannot part shares a place, and the next skips accordingly", () => {
    expect(ranks([at(90, 2), at(80, 3), at(78, 3), at(60, 2)])).toEqual([1, 2, 2, 4]);
  });

  test("a chain of overlaps: whoever is certainly below the first is not first", () => {
    const entries = [at(80, 2), at(77, 2), at(74, 2)];
    expect(placesOf(entries, 0)).toEqual([
      { rank: 1, range: { low: 1, high: 2 } },
      { rank: 1, range: { low: 1, high: 3 } },
      { rank: 2, range: { low: 2, high: 3 } },
    ]);
  });

  test("nobody stands before a higher score for having a wide interval", () => {
    expect(ranks([at(85, 1), at(80, 2), at(79, 15)])).toEqual([1, 2, 2]);
  });

  test("within the points of a tie no interval parts", () => {
    expect(ranks([at(70.04, 0.001), at(70.02, 0.001), at(70, 0.001)], 0.03)).toEqual([1, 1, 2]);
    expect(ranks([at(66.96, 0.001), at(66.94, 0.001)], 0.02)).toEqual([1, 2]);
  });

  test("any order of the entries gives the same places", () => {
    const entries = [at(60, 2), at(90, 2), at(78, 3), at(80, 3)];
    expect(ranks(entries)).toEqual([4, 1, 2, 2]);
  });

  test("none", () => {
    expect(placesOf([], 0)).toEqual([]);
  });
});

test("equal targets are parted in at most 5 of 100 boards, however many they are", () => {
  const random = seededRandom(6);
  const items = 200;
  for (const count of [2, 5, 20]) {
    const level = placingLevel(count);
    let parted = 0;
    for (let run = 0; run < 400; run++) {
      const entries = Array.from({ length: count }, () => {
        let right = 0;
        for (let item = 0; item < items; item++) right += Number(random() < 0.7);
        const z = normalQuantile(0.5 + level / 2);
        return { score: right / items, interval: wilson(right / items, items, z) };
      });
      if (ranks(entries).some((rank) => rank > 1)) parted++;
    }
    expect(parted / 400).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 400));
  }
});

test("up to four targets the places follow from the 95% intervals that are shown", () => {
  expect([1, 2, 3, 4].map(placingLevel)).toEqual([0.95, 0.95, 0.95, 0.95]);
  // 20 targets are 190 pairs: scipy.stats.norm.ppf(1 - 0.05 / 190 / 2) / sqrt(2) = 2.580305.
  expect(normalQuantile(0.5 + placingLevel(20) / 2)).toBeCloseTo(2.580305, 5);
});
