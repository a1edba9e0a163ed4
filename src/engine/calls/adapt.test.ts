import fc from "fast-check";
import { expect, test } from "vitest";

import { createAdaptive } from "./adapt.ts";

/** Reports `count` accepted requests, each started now. */
function accept(adaptive: ReturnType<typeof createAdaptive>, count: number, now: number): void {
  for (let each = 0; each < count; each += 1) adaptive.report("accepted", now, now);
}

test("an explicit concurrency is both the start and the cap", () => {
  const adaptive = createAdaptive(16, false);
  expect(adaptive.limit()).toBe(16);
  accept(adaptive, 1000, 1);
  expect(adaptive.limit()).toBe(16);
});

test("a default starts low, doubles after each clean round and stops at the cap", () => {
  const adaptive = createAdaptive(32, true);
  const seen = [adaptive.limit()];
  for (let round = 0; round < 4; round += 1) {
    accept(adaptive, adaptive.limit(), round);
    seen.push(adaptive.limit());
  }
  expect(seen).toEqual([4, 8, 16, 32, 32]);
});

test("one cut per episode: refusals of requests that started before the cut do not cut again", () => {
  const adaptive = createAdaptive(20, false);
  expect(adaptive.report("refused", 100, 200)).toBe("cut");
  for (let each = 0; each < 15; each += 1) expect(adaptive.report("refused", 110, 210)).toBeNull();
  expect(adaptive.limit()).toBe(16);
  expect(adaptive.report("refused", 220, 230)).toBe("cut");
  expect(adaptive.limit()).toBe(12);
});

test("it recovers after each clean round, by one or by a twentieth, back to the cap", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.report("refused", 0, 1);
  expect(adaptive.limit()).toBe(8);
  accept(adaptive, 8, 2);
  expect(adaptive.limit()).toBe(9);
  accept(adaptive, 9, 3);
  expect(adaptive.limit()).toBe(10);
});

test("a server error ends the round but does not cut the limit", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.report("refused", 0, 1);
  for (let round = 0; round < 10; round += 1) {
    accept(adaptive, 7, 2);
    expect(adaptive.report("troubled", 2, 2)).toBeNull();
  }
  expect(adaptive.limit()).toBe(8);
  accept(adaptive, 8, 3);
  expect(adaptive.limit()).toBe(9);
});

test("requests that started before the cut do not count towards recovery", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.report("refused", 5, 10);
  accept(adaptive, 100, 6);
  expect(adaptive.limit()).toBe(8);
});

test("long waits between refusals do not freeze it: Retry-After of a minute, one refusal a minute", () => {
  const adaptive = createAdaptive(10, false);
  let now = 0;
  for (let minute = 0; minute < 30; minute += 1) {
    now += 60_000;
    adaptive.report("refused", now, now + 1);
    now += 1;
    accept(adaptive, 60, now + 1);
  }
  expect(adaptive.limit()).toBeGreaterThanOrEqual(8);
});

test("it always stays between 1 and the cap, and returns to the cap once refusals stop", () => {
  const event = fc.record({
    signal: fc.constantFrom("accepted" as const, "refused" as const, "troubled" as const),
    ago: fc.nat({ max: 50 }),
    step: fc.nat({ max: 20 }),
  });
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.boolean(), fc.array(event), (more, slow, events) => {
      const cap = more + 1;
      const adaptive = createAdaptive(cap, slow);
      let now = 100;
      for (const { signal, ago, step } of events) {
        now += step;
        adaptive.report(signal, now - ago, now);
        expect(adaptive.limit()).toBeGreaterThanOrEqual(1);
        expect(adaptive.limit()).toBeLessThanOrEqual(cap);
      }
      accept(adaptive, 5_000, now + 1);
      expect(adaptive.limit()).toBe(cap);
    }),
  );
});
