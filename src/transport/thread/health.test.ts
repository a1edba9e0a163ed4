import { describe, expect, test } from "vitest";

import type { Timing } from "../../domain/call.ts";
import type { Canary } from "../canary/canary.ts";

import { binomialCdf } from "../../stats/distributions.ts";
import { areTooMany, watchHealth } from "./health.ts";

type Figures = ReturnType<Canary["figures"]>;

/** Spoilt samples of 500. */
const tooMany = 40;

const calm: Figures = { samples: 500, p50_ms: 0.4, p99_ms: 2.6, max_ms: 30, failure: null };

const canaryOf = (figures: Partial<Figures>, delay = 0) => ({
  figures: () => ({ ...calm, ...figures }),
  delayAround: () => delay,
  above: (ms: number) => ((figures.p99_ms ?? calm.p99_ms ?? 0) > ms ? tooMany : 0),
});

const timingOf = (first_token_ms: number | null, total_ms: number): Timing => ({
  started_at: "2026-11-21T20:16:00.000Z",
  queued_ms: 0,
  connect_ms: null,
  headers_ms: null,
  first_token_ms,
  first_answer_ms: first_token_ms,
  last_token_ms: first_token_ms,
  total_ms,
  chunks: 1,
  max_gap_ms: null,
  first_chars: 1,
  in_flight: 1,
});

describe("times are trusted up to 2 % of the median TTFT, or 5 ms", () => {
  test.each<[string, number | null, Partial<Figures>, number, boolean]>([
    ["below 5 ms beside a quick vendor", 100, { p99_ms: 4.9 }, 5, true],
    ["above 5 ms beside a quick vendor", 100, { p99_ms: 5.1 }, 5, false],
    ["8 ms beside a vendor of a second", 1_000, { p99_ms: 8 }, 20, true],
    ["42 ms beside a vendor of a second", 1_000, { p99_ms: 42 }, 20, false],
    ["no first token at all", null, { p99_ms: 4.9 }, 5, true],
    ["too few samples", 100, { samples: 9 }, 5, false],
    ["no samples", 100, { samples: 0, p50_ms: null, p99_ms: null, max_ms: null }, 5, false],
    ["a canary that ended", 100, { failure: "its thread ended with 1" }, 5, false],
  ])("%s", async (_, first, figures, allowed, trusted) => {
    const watch = watchHealth(canaryOf(figures));
    for (let count = 0; count < 3; count += 1) await watch.wasLate(timingOf(first, 2_000));
    const health = watch.stop(0.2);
    const { failure, ...others } = { ...calm, ...figures };
    const { allowed_ms = Number.NaN, over, ...told } = health.timing_error ?? {};
    expect(told).toEqual({ ...others, ...(failure === null ? null : { failure }) });
    expect(allowed_ms / allowed).toBeCloseTo(1, 1);
    expect(over).toBe((figures.p99_ms ?? 2.6) > allowed ? tooMany : 0);
    expect(health.trusted).toBe(trusted);
  });

  test("without a canary nothing tells", async () => {
    const watch = watchHealth(null);
    expect(await watch.wasLate(timingOf(100, 200))).toBe(false);
    expect(watch.stop(null)).toMatchObject({ trusted: false, timing_error: { samples: 0 } });
  });

  test("where nothing was asked there is nothing to mistrust", () => {
    const health = watchHealth(canaryOf({ samples: 0 })).stop(null);
    expect(health.trusted).toBe(true);
    expect(health).not.toHaveProperty("timing_error");
  });
});

describe("how often the verdict is wrong", () => {
  /** The fewest spoilt samples that are too many. */
  const fewestOf = (samples: number): number =>
    Array.from({ length: samples }, (_, index) => index + 1).find((over) =>
      areTooMany(over, samples),
    ) ?? Number.NaN;

  test.each([
    [10, 2],
    [60, 4],
    [115, 6],
    [480, 12],
    [5_000, 68],
  ])("of %d samples, %d spoilt ones are too many", (samples, fewest) => {
    expect(fewestOf(samples)).toBe(fewest);
    // Late requests spoil both of their lines: the worst case in which 1 % of the times are off.
    const falseAlarm = 1 - binomialCdf(Math.ceil(fewest / 2) - 1, Math.floor(samples / 2), 0.01);
    expect(falseAlarm).toBeLessThanOrEqual(0.05);
  });

  test.each([
    [115, 0.1, 0.95],
    [480, 0.05, 0.99],
  ])("of %d samples where %d are off, it is found", (samples, share, power) => {
    expect(1 - binomialCdf(fewestOf(samples) - 1, samples, share)).toBeGreaterThan(power);
  });
});

test.each<[string, Timing | null, number, boolean]>([
  ["a quick answer, hardly late", timingOf(100, 120), 4, false],
  ["a quick answer, late", timingOf(100, 120), 6, true],
  ["a slow answer, late by less than 2 %", timingOf(2_000, 9_000), 39, false],
  ["a slow answer, late by more", timingOf(2_000, 9_000), 41, true],
  ["no first token: until the end", timingOf(null, 10_000), 150, false],
  ["no answer at all", null, 500, false],
])("an answer is late: %s", async (_, timing, delay, expected) => {
  expect(await watchHealth(canaryOf({}, delay)).wasLate(timing)).toBe(expected);
});
