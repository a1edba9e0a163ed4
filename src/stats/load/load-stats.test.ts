import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createStation, erlangC, exponential, waitsLonger } from "../testing/queue.ts";
import { percentilesByBlocks, ratioByBlocks } from "./block-bootstrap.ts";
import { kneeOf } from "./knee.ts";
import { inflationOf } from "./long-run.ts";

describe("the truth that everything is measured by", () => {
  test.each([
    // Tables of Erlang C: 10 servers, 8 erlangs; one server waits as often as it is busy.
    [10, 8, 0.4092],
    [1, 0.7, 0.7],
    [2, 1, 1 / 3],
  ])("%i servers and %f erlangs", (slots, offered, expected) => {
    expect(erlangC(slots, offered)).toBeCloseTo(expected, 4);
  });

  test.each([
    [4, 3, 1],
    [16, 13, 0.5],
  ])("the simulation of M/M/%i at %f a second agrees with Erlang", (slots, rate, wait) => {
    const { waits } = createStation({ slots, service: exponential(1) }, 3)(rate, 400_000);
    const share = waits.reduce((sum, each) => sum + (each > wait ? 1 : 0), 0) / waits.length;
    expect(Math.abs(share / waitsLonger({ slots, rate, mean: 1 }, wait) - 1)).toBeLessThan(0.1);
  });
});

describe("inflation by autocorrelation", () => {
  test("of independent values it is about 1, of a chain what theory says", () => {
    const random = createStation({ slots: 1, service: (draw) => draw() }, 1);
    const noise = random(1e-3, 20_000).totals.map((value) => value - 0.5);
    expect(inflationOf([noise])).toBeLessThan(1.3);
    let last = 0;
    const chain = noise.map((value) => (last = 0.8 * last + value));
    // (1 + ρ) / (1 - ρ) of an autoregression of the first order.
    expect(inflationOf([chain])).toBeGreaterThan(6);
    expect(inflationOf([chain])).toBeLessThan(12);
  });

  test("nothing that varies inflates nothing", () => {
    expect(inflationOf([])).toBe(1);
    expect(inflationOf([new Float64Array(100)])).toBe(1);
  });
});

/** A step in which every `each`th request is bad. */
const step = (level: number, n: number, bad: number) => ({
  level,
  good: Float64Array.from({ length: n }, (_, at) =>
    Math.floor((at * bad) / n) < Math.floor(((at + 1) * bad) / n) ? 0 : 1,
  ),
});

describe("the knee", () => {
  test("lies between the levels that keep and break the SLO, where the odds say", () => {
    const knee = kneeOf([step(10, 2_000, 40), step(11, 2_000, 100), step(12, 2_000, 240)], 0.95);
    expect(knee?.level).toBeGreaterThan(10.8);
    expect(knee?.level).toBeLessThan(11.2);
    expect(knee?.interval?.low).toBeLessThan(11);
    expect(knee?.interval?.high).toBeGreaterThan(11);
  });

  test.each([
    ["a single step", [step(10, 500, 25)]],
    ["steps that get better with load", [step(10, 500, 100), step(12, 500, 5)]],
    ["steps far from any knee", [step(1, 500, 0), step(2, 500, 0)]],
    ["no steps", []],
  ])("%s has none", (_, steps) => {
    expect(kneeOf(steps, 0.95)).toBeNull();
  });
});

describe("percentiles by blocks", () => {
  test("the value is that of all, and lies in its interval", () => {
    const value = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 60, maxLength: 200 }), (values) => {
        const [p50] = percentilesByBlocks(Float64Array.from(values), [0.5]);
        expect(p50?.low).toBeLessThanOrEqual(p50?.value ?? Number.NaN);
        expect(p50?.high ?? Infinity).toBeGreaterThanOrEqual(p50?.value ?? Number.NaN);
      }),
      { numRuns: 40 },
    );
  });

  test("of neighbours that are late together it is wider than of the same values in any order", () => {
    const { totals } = createStation({ slots: 2, service: exponential(1) }, 8)(1.8, 4_000);
    const mixed = totals.map((_, at) => totals[(at * 1_597) % totals.length] ?? 0);
    const widths = [totals, mixed].map((values) => {
      const [p50] = percentilesByBlocks(values, [0.5]);
      return (p50?.high ?? 0) - (p50?.low ?? 0);
    });
    expect(widths[0]).toBeGreaterThan(1.5 * (widths[1] ?? Number.NaN));
  });

  test("a few values have no p99 upper bound, and none have nothing", () => {
    const [p99] = percentilesByBlocks(
      Float64Array.from({ length: 100 }, (_, at) => at),
      [0.99],
    );
    expect(p99?.high).toBeNull();
    expect(percentilesByBlocks(new Float64Array(), [0.5])).toEqual([null]);
  });

  test("a ratio of a load with itself is 1, of a slower one what it is slower by", () => {
    const { totals } = createStation({ slots: 8, service: exponential(1) }, 4)(4, 2_000);
    const slower = createStation({ slots: 8, service: exponential(1) }, 5)(4, 2_000).totals.map(
      (value) => value * 1.5,
    );
    expect(ratioByBlocks(totals, totals, 0.5)?.value).toBe(1);
    const ratio = ratioByBlocks(totals, slower, 0.5);
    expect(ratio?.low).toBeGreaterThan(1.2);
    expect(ratio?.high).toBeLessThan(1.8);
  });
});
