import { expect, test } from "vitest";

import { seededRandom } from "./random.ts";
import { addedSketches, sizeOf, sketchOf, sketchQuantile } from "./sketch.ts";

test("quantiles are off by at most 2.5%, of a whole as of its parts", () => {
  const random = seededRandom(5);
  const values = Array.from({ length: 999 }, () => 200 * Math.exp(2 * random()));
  const sorted = values.toSorted((a, b) => a - b);
  const whole = sketchOf(values);
  const parts = addedSketches([sketchOf(values.slice(0, 300)), sketchOf(values.slice(300))]);
  expect(parts).toEqual(whole);
  expect(sizeOf(whole)).toBe(999);
  for (const share of [0, 0.25, 0.5, 0.9, 1]) {
    const exact = sorted[Math.round(share * 998)] ?? 0;
    expect(Math.abs((sketchQuantile(whole, share) ?? 0) / exact - 1)).toBeLessThan(0.026);
  }
});

test("what is no time is left out", () => {
  const sketch = sketchOf([0, -1, Number.NaN, Number.POSITIVE_INFINITY]);
  expect([sizeOf(sketch), sketchQuantile(sketch, 0.5)]).toEqual([0, null]);
  expect(addedSketches([sketch, sketchOf([100])])).toEqual(sketchOf([100]));
});
