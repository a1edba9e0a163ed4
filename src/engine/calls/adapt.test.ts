import fc from "fast-check";
import { expect, test } from "vitest";

import { createAdaptive } from "./adapt.ts";

/** So many accepted requests, each started now. */
function accept(adaptive: ReturnType<typeof createAdaptive>, count: number, now: number): void {
  for (let each = 0; each < count; each += 1) adaptive.saw("accepted", now, now);
}

test("an explicit concurrency is start and cap", () => {
  const adaptive = createAdaptive(16, false);
  expect(adaptive.limit()).toBe(16);
  accept(adaptive, 1000, 1);
  expect(adaptive.limit()).toBe(16);
});

test("a default starts low, doubles each clean round and ends at the cap", () => {
  const adaptive = createAdaptive(32, true);
  const seen = [adaptive.limit()];
  for (let round = 0; round < 4; round += 1) {
    accept(adaptive, adaptive.limit(), round);
    seen.push(adaptive.limit());
  }
  expect(seen).toEqual([4, 8, 16, 32, 32]);
});

test("one cut an episode: refusals of requests that started before the cut belong to it", () => {
  const adaptive = createAdaptive(20, false);
  expect(adaptive.saw("refused", 100, 200)).toBe("cut");
  for (let each = 0; each < 15; each += 1) expect(adaptive.saw("refused", 110, 210)).toBeNull();
  expect(adaptive.limit()).toBe(16);
  expect(adaptive.saw("refused", 220, 230)).toBe("cut");
  expect(adaptive.limit()).toBe(12);
});

test("it recovers by one and then by a twentieth each clean round, back to the cap", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.saw("refused", 0, 1);
  expect(adaptive.limit()).toBe(8);
  accept(adaptive, 8, 2);
  expect(adaptive.limit()).toBe(9);
  accept(adaptive, 9, 3);
  expect(adaptive.limit()).toBe(10);
});

test("a server error ends the round and cuts nothing", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.saw("refused", 0, 1);
  for (let round = 0; round < 10; round += 1) {
    accept(adaptive, 7, 2);
    expect(adaptive.saw("troubled", 2, 2)).toBeNull();
  }
  expect(adaptive.limit()).toBe(8);
  accept(adaptive, 8, 3);
  expect(adaptive.limit()).toBe(9);
});

test("what started before the cut says nothing about after it", () => {
  const adaptive = createAdaptive(10, false);
  adaptive.saw("refused", 5, 10);
  accept(adaptive, 100, 6);
  expect(adaptive.limit()).toBe(8);
});

test("waits between refusals never freeze it: a Retry-After of a minute, refused once a minute", () => {
  const adaptive = createAdaptive(10, false);
  let now = 0;
  for (let minute = 0; minute < 30; minute += 1) {
    now += 60_000;
    adaptive.saw("refused", now, now + 1);
    now += 1;
    accept(adaptive, 60, now + 1);
  }
  expect(adaptive.limit()).toBeGreaterThanOrEqual(8);
});

test("whatever happens, it stays between 1 and the cap, and calm brings it back", () => {
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
        adaptive.saw(signal, now - ago, now);
        expect(adaptive.limit()).toBeGreaterThanOrEqual(1);
        expect(adaptive.limit()).toBeLessThanOrEqual(cap);
      }
      accept(adaptive, 5_000, now + 1);
      expect(adaptive.limit()).toBe(cap);
    }),
  );
});
