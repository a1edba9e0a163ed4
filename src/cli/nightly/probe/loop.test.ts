import { expect, test } from "vitest";

import { tickAroundTheClock } from "./loop.ts";

const minute = 60_000;
const midnight = Date.UTC(2026, 10, 29, 16);

type Given = {
  readonly start: number;
  readonly days: number;
  readonly every?: number;
  readonly budget?: number;
  readonly spent?: number;
  readonly cost?: number;
  /** How long a tick takes. */
  readonly takes?: (at: number) => number;
};

/** Runs the loop by a clock of its own, which moves only where the loop waits or a tick takes time. */
async function ticks({ start, days, every = 20, cost = 1, takes = () => 1_000, ...more }: Given) {
  let clock = start;
  const at: number[] = [];
  const lefts: (number | null)[] = [];
  const spentDays: string[] = [];
  await tickAroundTheClock({
    every_ms: every * minute,
    now: () => clock,
    wait: async (ms) => {
      clock += ms;
      return clock < start + days * 24 * 60 * minute;
    },
    tick: async (left) => {
      at.push(clock);
      lefts.push(left);
      clock += takes(clock);
      return cost;
    },
    budget: more.budget ?? null,
    spent: more.spent ?? 0,
    onSpent: (day) => spentDays.push(day),
  });
  const clocks = at.map((ms) => new Date(ms + 8 * 60 * minute).toISOString().slice(0, 16));
  return { clocks, lefts, spentDays };
}

test("every 20 minutes: 72 ticks a day, on the full interval after the first", async () => {
  const { clocks } = await ticks({ start: midnight + 7 * minute, days: 2 });
  expect(clocks.slice(0, 3)).toEqual(["2026-11-30T00:07", "2026-11-30T00:20", "2026-11-30T00:40"]);
  expect(clocks).toHaveLength(1 + 2 * 72);
});

test("a slow tick leaves out those that fall into it", async () => {
  const slow = midnight + 60 * minute;
  const { clocks } = await ticks({
    start: midnight,
    days: 1,
    takes: (at) => (at === slow ? 50 * minute : 1_000),
  });
  expect(clocks.slice(2, 6).map((each) => each.slice(11))).toEqual([
    "00:40",
    "01:00",
    "02:00",
    "02:20",
  ]);
});

test("a day's budget: what is left goes with each tick, then nothing until the next day", async () => {
  const { clocks, lefts, spentDays } = await ticks({
    start: midnight + 12 * 60 * minute,
    days: 2,
    budget: 5,
    spent: 2,
  });
  expect(lefts).toEqual([3, 2, 1, 5, 4, 3, 2, 1, 5, 4, 3, 2, 1]);
  expect(clocks[3]).toBe("2026-12-01T00:00");
  expect(spentDays).toEqual(["2026-11-30", "2026-12-01", "2026-12-02"]);
});

test("an interval that does not fill a day begins anew at midnight", async () => {
  const { clocks } = await ticks({ start: midnight, days: 2, every: 7 * 60 });
  expect(clocks).toEqual([
    "2026-11-30T00:00",
    "2026-11-30T07:00",
    "2026-11-30T14:00",
    "2026-11-30T21:00",
    "2026-12-01T00:00",
    "2026-12-01T07:00",
    "2026-12-01T14:00",
    "2026-12-01T21:00",
  ]);
});
