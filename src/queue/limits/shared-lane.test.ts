import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Slot } from "../../engine/calls/slot.ts";
import type { Limiter, LimiterReport, LimiterState } from "./limiter.ts";

import { defaultPolicy } from "../../engine/calls/retry.ts";
import { priority } from "../../engine/calls/waiting.ts";
import { targetEntry } from "../../report/testing/lines.ts";
import { createSharedLane } from "./shared-lane.ts";

const calm: LimiterState = {
  granted: true,
  wait_ms: 0,
  held: 1,
  now: 1_000,
  refused_ms: 0,
  hold_ms: 0,
  width: 8,
  requests: 1,
  refused: 0,
  changes: 0,
  grown: false,
  start: 8,
  cap: 8,
};

/** A limiter that grants what `answer` says, and what was asked of it. */
function scripted(answer: (asked: number) => Partial<LimiterState> = () => ({})) {
  const leases: string[] = [];
  const freed: string[] = [];
  const renewed: (readonly string[])[] = [];
  const reports: LimiterReport[] = [];
  const limiter: Limiter = {
    take: (lease) => {
      leases.push(lease);
      return Promise.resolve({ ...calm, ...answer(leases.length) });
    },
    report: (report) => {
      reports.push(report);
      return Promise.resolve(calm);
    },
    free: (lease) => {
      freed.push(lease);
      return Promise.resolve(calm);
    },
    renew: (held) => {
      renewed.push(held);
      return Promise.resolve(calm);
    },
    look: () => Promise.resolve(calm),
  };
  return { limiter, leases, freed, renewed, reports };
}

const laneOf = (limiter: Limiter, own = 2) =>
  createSharedLane({
    id: "qwen",
    entry: targetEntry("qwen/qwen-plus"),
    own,
    limiter,
    policy: defaultPolicy,
  });

const ticket = (urgency: number = priority.fresh, tokens = 10) => ({
  priority: urgency,
  target: "qwen/qwen-plus",
  tokens,
});

/** Requests that run until they are told to end; `started` names them in their order. */
function requests(lane: ReturnType<typeof laneOf>) {
  const started: string[] = [];
  const ends = new Map<string, (seen?: Parameters<Slot["report"]>[0]) => void>();
  const send = (name: string, urgency?: number): Promise<string | null> =>
    lane.hold(async ({ report }) => {
      started.push(name);
      await new Promise<void>((resolve) => {
        ends.set(name, (seen) => {
          if (seen !== undefined) report(seen);
          resolve();
        });
      });
      return name;
    }, ticket(urgency));
  return {
    started,
    send,
    end: (name: string, seen?: Parameters<Slot["report"]>[0]) => ends.get(name)?.(seen),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

test("this process has no more under way than its own share, and the urgent go first", async () => {
  const { limiter, leases, freed } = scripted();
  const lane = laneOf(limiter);
  const { started, send, end } = requests(lane);
  const first = [send("a"), send("b")];
  await settle();
  const later = [send("fresh"), send("judge", priority.judge), send("retry", priority.retry)];
  await settle();
  expect(started).toEqual(["a", "b"]);
  end("a");
  await settle();
  end("b");
  await settle();
  expect(started).toEqual(["a", "b", "judge", "retry"]);
  end("judge");
  end("retry");
  await settle();
  end("fresh");
  expect(await Promise.all([...first, ...later])).toEqual(["a", "b", "fresh", "judge", "retry"]);
  await settle();
  expect(freed.toSorted()).toEqual(leases.toSorted());
  lane.close();
});

test("where all slots are taken it asks again, and waits as long as a rate says", async () => {
  vi.useRealTimers();
  const at: number[] = [];
  const { limiter } = scripted((asked) => {
    at.push(performance.now());
    if (asked === 1) return { granted: false, wait_ms: -1 };
    return asked === 2 ? { granted: false, wait_ms: 80 } : {};
  });
  const lane = laneOf(limiter);
  const done = lane.hold(() => Promise.resolve("a"), ticket());
  expect(await done).toBe("a");
  const [first = 0, second = 0, third = 0, ...more] = at;
  expect(more).toEqual([]);
  expect(second - first).toBeGreaterThan(20);
  expect(third - second).toBeGreaterThan(75);
  lane.close();
});

test("what is dropped while it waits gives its slot back, and the rest goes on", async () => {
  const granted = Promise.withResolvers<void>();
  const { limiter, freed, leases } = scripted();
  const slow: Limiter = {
    ...limiter,
    take: async (...asked) => {
      await granted.promise;
      return limiter.take(...asked);
    },
  };
  const lane = laneOf(slow);
  const { started, send, end } = requests(lane);
  const fresh = send("fresh");
  const followUp = send("follow-up", priority.followUp);
  await settle();
  lane.drop("fresh");
  granted.resolve();
  expect(await fresh).toBeNull();
  await settle();
  expect(started).toEqual(["follow-up"]);
  end("follow-up");
  expect(await followUp).toBe("follow-up");
  await settle();
  expect(freed.toSorted()).toEqual(leases.toSorted());
  lane.close();
});

test("how a request ended reaches the limiter before its slot is free, with the tokens beyond the estimate", async () => {
  const { limiter, reports } = scripted();
  const lane = laneOf(limiter);
  const { send, end } = requests(lane);
  const all = [send("a"), send("b")];
  await settle();
  end("a", { signal: "accepted", retry_after_ms: null, tokens: 35 });
  end("b", { signal: "refused", retry_after_ms: 3_000, tokens: null });
  await Promise.all(all);
  expect(reports).toEqual([
    { signal: "accepted", started: 1_000, retry_after_ms: 0, tokens: 25 },
    { signal: "refused", started: 1_000, retry_after_ms: 3_000, tokens: -10 },
  ]);
  lane.close();
});

test("a long request keeps its lease", async () => {
  const { limiter, leases, renewed } = scripted();
  const lane = laneOf(limiter);
  const { send, end } = requests(lane);
  const sent = send("a");
  await settle(25_000);
  expect(renewed).toEqual([leases, leases]);
  end("a");
  await sent;
  await settle(25_000);
  expect(renewed).toHaveLength(2);
  lane.close();
});
