import { describe, expect, test } from "vitest";

import type { Timing } from "../../domain/call.ts";
import type { TimingError } from "../../domain/run-file/session.ts";

import { binomialCdf } from "../../stats/distributions.ts";
import { createDurations } from "../canary/readings.ts";
import { areTooMany, healthOf, type LoopReadings, watchHealth } from "./health.ts";

type Errors = {
  readonly samples?: number;
  /** Of the 8% that are the latest. */
  readonly late_ms?: number;
  readonly failure?: string | null;
};

const noLags = new Float64Array();

function canaryOf({ samples = 500, late_ms = 2.6, failure = null }: Errors, delay = 0) {
  const errors = createDurations();
  for (let at = 0; at < samples; at += 1) errors.add(at % 100 < 8 ? late_ms : 0.4);
  return { errors, failure: () => failure, delayAround: () => delay };
}

async function readingsOf(errors: Errors, first: number | null): Promise<LoopReadings> {
  const watch = watchHealth(canaryOf(errors));
  for (let count = 0; count < 3; count += 1) await watch.wasLate(timingOf(first, 2_000));
  return watch.stop(noLags);
}

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
  test.each<[string, number | null, Errors, number, boolean]>([
    ["below 5 ms beside a quick vendor", 100, { late_ms: 4.9 }, 5, true],
    ["above 5 ms beside a quick vendor", 100, { late_ms: 5.1 }, 5, false],
    ["8 ms beside a vendor of a second", 1_000, { late_ms: 8 }, 20, true],
    ["42 ms beside a vendor of a second", 1_000, { late_ms: 42 }, 20, false],
    ["no first token at all", null, { late_ms: 4.9 }, 5, true],
    ["too few samples", 100, { samples: 9 }, 5, false],
    ["no samples", 100, { samples: 0 }, 5, false],
    ["a canary that ended", 100, { failure: "its thread ended with 1" }, 5, false],
  ])("%s", async (_, first, errors, allowed, trusted) => {
    const health = healthOf([await readingsOf(errors, first)]);
    const { samples = 500, late_ms = 2.6, failure } = errors;
    const { allowed_ms = Number.NaN, p99_ms = null, ...told } = health.timing_error ?? {};
    const over = samples > 0 && late_ms > allowed ? 40 : 0;
    expect(told).toMatchObject({ samples, over, ...(failure === undefined ? null : { failure }) });
    expect(p99_ms === null).toBe(samples === 0);
    expect((p99_ms ?? late_ms) / late_ms).toBeCloseTo(1, 1);
    expect(allowed_ms / allowed).toBeCloseTo(1, 1);
    expect(health.trusted).toBe(trusted);
  });

  test("without a canary nothing tells", async () => {
    const watch = watchHealth(null);
    expect(await watch.wasLate(timingOf(100, 200))).toBe(false);
    expect(healthOf([watch.stop(noLags)])).toMatchObject({
      trusted: false,
      timing_error: { samples: 0 },
    });
  });

  test("where nothing was asked there is nothing to mistrust", () => {
    const health = healthOf([watchHealth(canaryOf({ samples: 0 })).stop(noLags)]);
    expect(health.trusted).toBe(true);
    expect(health).not.toHaveProperty("timing_error");
  });
});

describe("several loops took the times of a session", () => {
  test.each<[string, readonly Errors[], Partial<TimingError>, boolean]>([
    ["all calm", [{}, {}], { samples: 1_000, over: 0 }, true],
    ["one of them late", [{}, { late_ms: 9 }], { samples: 1_000, over: 40 }, false],
    ["each late now and then", [{ samples: 5, late_ms: 9 }, { samples: 595 }], { over: 5 }, true],
    [
      "too few samples each, enough together",
      [{ samples: 6 }, { samples: 6 }],
      { samples: 12 },
      true,
    ],
    ["one without a canary", [{}, { failure: "gone" }], { samples: 1_000, failure: "gone" }, false],
  ])("%s", async (_, loops, error, trusted) => {
    const health = healthOf(await Promise.all(loops.map((each) => readingsOf(each, 100))));
    expect(health.timing_error).toMatchObject(error);
    expect(health.trusted).toBe(trusted);
  });

  test("what one was not asked for says nothing, and the busiest says how busy they were", async () => {
    const asked = await readingsOf({}, 100);
    const idle = watchHealth(canaryOf({ samples: 0, failure: "never started" })).stop(noLags);
    const loops = [
      { ...asked, utilisation: 0.4, lag_p99_ms: 2, sendLags: Float64Array.of(0.1, 0.2, 9) },
      { ...idle, utilisation: 0.7, lag_p99_ms: 1, sendLags: Float64Array.of(0.3, 10) },
    ];
    const health = healthOf(loops);
    expect(health).toMatchObject({ utilisation: 0.7, lag_p99_ms: 2, send_lag_p50_ms: 0.3 });
    expect(health.trusted).toBe(true);
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
