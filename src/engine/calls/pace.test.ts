import fc from "fast-check";
import { expect, test } from "vitest";

import { createPacer } from "./pace.ts";

/** Starts as many requests as allowed until `until`; returns the start times. Each timer fires `late` ms late. */
function starts(
  pacer: ReturnType<typeof createPacer>,
  from: number,
  until: number,
  { late = 0, tokens = 0 } = {},
): readonly number[] {
  const times: number[] = [];
  let now = from;
  while (now < until) {
    const wait = pacer.waitMs(now);
    if (wait > 0) {
      now += Math.ceil(wait) + late;
      continue;
    }
    pacer.start(now, tokens);
    times.push(now);
  }
  return times;
}

/** The most starts in any window of `window` milliseconds. */
function most(times: readonly number[], window: number): number {
  let first = 0;
  let best = 0;
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? 0) <= time - window) first += 1;
    best = Math.max(best, index - first + 1);
  }
  return best;
}

test.each([
  [600, 0],
  [600, 3],
  [60, 5],
  [6_000, 2],
])(
  "%i per minute is used but never exceeded in any minute, with timers %i ms late",
  (rpm, late) => {
    const times = starts(createPacer({ rpm, tpm: null }), 0, 300_000, { late });
    expect(most(times, 60_000)).toBeLessThanOrEqual(rpm);
    expect(times.length / 5).toBeGreaterThan(rpm * 0.93);
    // No burst at any edge: a second holds a sixtieth of the rate plus the small burst allowance.
    expect(most(times, 1_000)).toBeLessThanOrEqual(Math.ceil(rpm / 60) + 1 + rpm / 600);
  },
);

test("tokens per minute: each start is charged its estimate, and wrong estimates are corrected", () => {
  const pacer = createPacer({ rpm: null, tpm: 60_000 });
  const times: number[] = [];
  let now = 0;
  while (now < 300_000) {
    const wait = pacer.waitMs(now);
    if (wait > 0) {
      now += Math.ceil(wait);
      continue;
    }
    pacer.start(now, 500);
    // The vendor counts twice our estimate.
    pacer.correct(now, 500);
    times.push(now);
  }
  expect(most(times, 60_000) * 1_000).toBeLessThanOrEqual(60_000);
  expect((times.length / 5) * 1_000).toBeGreaterThan(60_000 * 0.93);
});

test("without stated limits nothing waits", () => {
  const pacer = createPacer({ rpm: null, tpm: null });
  for (let each = 0; each < 1_000; each += 1) {
    expect(pacer.waitMs(1)).toBe(0);
    pacer.start(1, 9_999);
  }
  expect(pacer.rpm()).toBeNull();
});

/** A vendor that accepts `limit` per minute; the client starts one every `every` ms if the pacer allows it. */
function vendor(limit: number, every: number, until: number, chance = 0) {
  const pacer = createPacer({ rpm: null, tpm: null });
  const taken: number[] = [];
  const refusals: number[] = [];
  let first = true;
  let count = 0;
  for (let now = 0; now < until; now += every) {
    if (pacer.waitMs(now) > 0) continue;
    pacer.start(now, 0);
    count += 1;
    const inMinute = taken.length - taken.findIndex((at) => at > now - 60_000);
    const full = taken.length > 0 && (taken.at(-1) ?? 0) > now - 60_000 && inMinute >= limit;
    if (full || (chance > 0 && count % Math.round(1 / chance) === 0)) {
      pacer.refused(now, now, first);
      refusals.push(now);
      first = false;
    } else {
      taken.push(now);
      first = true;
    }
  }
  return { pacer, taken, refusals };
}

test("an unstated limit is learned: well used, rarely exceeded", () => {
  const until = 600_000;
  const { taken, refusals } = vendor(600, 80, until);
  const later = (times: readonly number[]) => times.filter((at) => at >= 120_000).length;
  expect(later(taken) / ((until - 120_000) / 100)).toBeGreaterThan(0.9);
  expect(later(refusals) / later(taken)).toBeLessThan(0.02);
});

test.each([0.005, 0.05])("random refusals (%f) slow nothing down for long", (chance) => {
  const until = 1_200_000;
  const { taken } = vendor(Number.POSITIVE_INFINITY, 100, until, chance);
  const late = taken.filter((at) => at >= 900_000).length;
  expect(late / ((until - 900_000) / 100)).toBeGreaterThan(0.85);
});

test("nothing is learned from refusals in the first minute, in a row, or on a slow lane", () => {
  const pacer = createPacer({ rpm: null, tpm: null });
  for (let now = 0; now < 30_000; now += 100) pacer.start(now, 0);
  pacer.refused(30_000, 29_900, true);
  expect(pacer.rpm()).toBeNull();
  pacer.refused(90_000, 29_900, false);
  expect(pacer.rpm()).toBeNull();
  pacer.start(100_000, 0);
  pacer.refused(100_005, 100_000, true);
  expect(pacer.rpm()).toBeNull();
});

test("a clock that stops or jumps ahead breaks nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 200_000 }), { maxLength: 200 }), (steps) => {
      const pacer = createPacer({ rpm: 120, tpm: 10_000 });
      let now = 0;
      for (const step of steps) {
        now += step;
        const wait = pacer.waitMs(now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(wait)).toBe(true);
        if (wait === 0) pacer.start(now, 100);
      }
    }),
  );
});
