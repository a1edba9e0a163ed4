import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createDurations, createReadings, figuresOf } from "./readings.ts";

describe("durations", () => {
  test("a quantile is the order statistic to within one percent", () => {
    const ms = fc.double({ min: 0.001, max: 3_600_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1, maxLength: 300 }), (values) => {
        const durations = createDurations();
        values.forEach(durations.add);
        const sorted = values.toSorted((a, b) => a - b);
        for (const share of [0.5, 0.99, 1]) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
          const found = durations.quantile(share) ?? Number.NaN;
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01 + 0.001);
        }
        expect(durations.count()).toBe(values.length);
        for (const limit of [0, 5, sorted[Math.floor(sorted.length / 2)] ?? 5]) {
          // To within a percent, and never less than the microsecond that it counts in.
          const beyond = (bound: number): number => values.filter((ms) => ms > bound).length;
          expect(durations.above(limit)).toBeGreaterThanOrEqual(beyond(limit * 1.02 + 0.001));
          expect(durations.above(limit)).toBeLessThanOrEqual(beyond(limit * 0.98 - 0.001));
        }
      }),
    );
  });

  test.each([
    ["below the resolution of clocks", -0.02, 0.001],
    ["nothing", 0, 0.001],
    ["longer than an hour", 9e6, 3_600_000],
  ])("%s", (_, ms, expected) => {
    const durations = createDurations();
    durations.add(ms);
    expect((durations.quantile(1) ?? 0) / expected).toBeCloseTo(1, 1);
  });

  test("those of several threads count as if one had taken them", () => {
    const [one, other, all] = [createDurations(), createDurations(), createDurations()];
    for (let ms = 1; ms <= 900; ms += 1) (ms % 3 === 0 ? one : other).add(ms);
    for (let ms = 1; ms <= 900; ms += 1) all.add(ms);
    const both = createDurations([one.histogram, other.histogram]);
    expect(figuresOf(both)).toEqual(figuresOf(all));
    expect(both.above(300)).toBe(all.above(300));
    expect(one.count()).toBe(300);
  });

  test("none is unknown, not 0", () => {
    expect(createDurations().quantile(0.5)).toBeNull();
    expect(figuresOf(createReadings().errors)).toEqual({
      samples: 0,
      p50_ms: null,
      p99_ms: null,
      max_ms: null,
    });
  });
});

describe("the delay around a moment", () => {
  const readings = createReadings();
  readings.addDelay(10_000, 10_001);
  readings.addDelay(20_000, 20_430);
  readings.addDelay(20_420, 20_425);

  test.each([
    ["before it", 19_800, 0],
    ["at its start", 20_000, 430],
    ["just before its start", 19_960, 430],
    ["in the midst of it", 20_200, 430],
    ["at its end", 20_430, 430],
    ["after it", 20_700, 0],
    ["another", 10_010, 1],
    ["before anything", 0, 0],
  ])("%s", (_, at, expected) => {
    expect(readings.delayAround(at)).toBe(expected);
  });

  test("what is older than half an hour is forgotten, and does not show in its place", () => {
    const long = createReadings();
    long.addDelay(1_000, 1_300);
    const later = 1_000 + 18_000 * 100;
    expect(long.delayAround(later)).toBe(0);
    long.addDelay(later, later + 2);
    expect(long.delayAround(later)).toBe(2);
    expect(long.delayAround(1_000)).toBe(0);
  });

  test("a delay longer than all that is remembered", () => {
    const long = createReadings();
    long.addDelay(-5_000, 3_600_000);
    expect(long.delayAround(3_599_000)).toBe(3_605_000);
  });
});
