import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { Seen, Slot } from "./slot.ts";

import { createLanes, type Lane, laneId, type Lanes } from "./lanes.ts";
import { defaultPolicy } from "./retry.ts";
import { laneEntry, passing } from "./testing/lane-entry.ts";
import { priority } from "./waiting.ts";

const entry = (model: string, limits: Partial<TargetEntry["limits"]> = {}): TargetEntry =>
  laneEntry({ ref: `acme/${model}`, model, limits: { ...laneEntry().limits, ...limits } });

const policy = { ...defaultPolicy, backoff_ms: 20, backoff_cap_ms: 80 };
let lanes: Lanes = createLanes([]);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  lanes.all().forEach((lane) => lane.close());
  vi.useRealTimers();
});

function oneLane(limits: Partial<TargetEntry["limits"]> = {}): Lane {
  const target = entry("m", limits);
  lanes = createLanes([target], policy);
  return lanes.of(target);
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const ticket = (rank: number = priority.fresh, target = "acme/m") => ({
  priority: rank,
  target,
  tokens: 0,
});
const fine: Seen = { signal: "accepted", retry_after_ms: null, tokens: null };
const refused = (retry_after_ms: number | null = null): Seen => ({
  signal: "refused",
  retry_after_ms,
  tokens: null,
});

test("scope: one lane for an account, or one for each model", () => {
  const account = [entry("a"), entry("b")];
  expect(new Set(account.map(laneId))).toEqual(new Set(["acme"]));
  lanes = createLanes(account, policy);
  expect(lanes.all()).toHaveLength(1);
  const models = [entry("a", { scope: "model" }), entry("b", { scope: "model" })];
  expect(
    createLanes(models)
      .all()
      .map(({ id }) => id),
  ).toEqual(["acme/a", "acme/b"]);
});

test("never more than the concurrency in flight, and the slot says how many", async () => {
  const lane = oneLane({ concurrency: 3 });
  let running = 0;
  let peak = 0;
  const flights = await passing(
    Promise.all(
      Array.from({ length: 20 }, () =>
        lane.hold(async (slot) => {
          running += 1;
          peak = Math.max(peak, running);
          expect(slot.in_flight).toBe(running);
          await wait(2);
          running -= 1;
          slot.report(fine);
          return slot.in_flight;
        }, ticket()),
      ),
    ),
  );
  expect(peak).toBe(3);
  expect(flights.every((each) => each !== null)).toBe(true);
});

test("priority: judges, then retries, then follow-ups, then fresh requests", async () => {
  const lane = oneLane({ concurrency: 1 });
  const order: string[] = [];
  const ask = (name: keyof typeof priority) =>
    lane.hold(async () => {
      order.push(name);
      await wait(1);
    }, ticket(priority[name]));
  await passing(
    Promise.all([ask("fresh"), ask("fresh"), ask("followUp"), ask("judge"), ask("retry")]),
  );
  expect(order).toEqual(["fresh", "judge", "retry", "followUp", "fresh"]);
});

test("dropping: what need not start, all of one target, or all; running ones continue", async () => {
  const lane = oneLane({ concurrency: 1 });
  const held = (rank: number, target: string) =>
    lane.hold(() => wait(20).then(() => "ran"), ticket(rank, target));
  const running = held(priority.fresh, "acme/a");
  const waiting = [
    held(priority.fresh, "acme/a"),
    held(priority.followUp, "acme/b"),
    held(priority.followUp, "acme/a"),
    held(priority.retry, "acme/a"),
  ];
  await vi.advanceTimersByTimeAsync(1);
  lane.drop("all", "acme/b");
  expect(await waiting[1]).toBeNull();
  lane.drop("fresh");
  expect(await waiting[0]).toBeNull();
  expect(await waiting[3]).toBeNull();
  expect(await passing(running)).toBe("ran");
  expect(await passing(waiting[2] ?? running)).toBe("ran");
  expect(await held(priority.fresh, "acme/a")).toBeNull();
  expect(await held(priority.judge, "acme/b")).toBeNull();
  lane.drop("all");
  expect(await held(priority.followUp, "acme/a")).toBeNull();
});

test("a lane that waits for its vendor holds up no run that is stopping", async () => {
  const lane = oneLane({ concurrency: 2 });
  const refused = (slot: Slot) => {
    slot.report({ signal: "refused", retry_after_ms: 60_000, tokens: null });
    return Promise.resolve("refused");
  };
  await lane.hold(refused, ticket(priority.fresh));
  const waiting = [priority.retry, priority.followUp, priority.judge].map((rank) =>
    lane.hold(() => Promise.resolve("ran"), ticket(rank)),
  );
  lane.drop("fresh");
  expect(await Promise.all(waiting)).toEqual([null, null, null]);
  expect(await lane.hold(() => Promise.resolve("ran"), ticket(priority.followUp))).toBeNull();
  lane.close();
});

test("an error thrown by a task propagates, and its slot is freed", async () => {
  const lane = oneLane({ concurrency: 1 });
  await expect(lane.hold(() => Promise.reject(new Error("ours")), ticket())).rejects.toThrow(
    "ours",
  );
  expect(await lane.hold(() => Promise.resolve(1), ticket())).toBe(1);
});

test("after two refusals in a row one request at a time tries, until the vendor accepts one", async () => {
  const lane = oneLane({ concurrency: 6 });
  let running = 0;
  let peak = 0;
  let open = false;
  const ask = async (): Promise<void> => {
    for (let done = false; !done;) {
      const result = await lane.hold(async (slot) => {
        running += 1;
        peak = Math.max(peak, running);
        await wait(3);
        running -= 1;
        slot.report(open ? fine : refused());
        return open;
      }, ticket(priority.retry));
      done = result === true;
    }
  };
  const first = Array.from({ length: 6 }, ask);
  await vi.advanceTimersByTimeAsync(30);
  peak = 0;
  await vi.advanceTimersByTimeAsync(150);
  expect(peak).toBe(1);
  expect(lane.refusedForMs()).toBeGreaterThan(100);
  open = true;
  await passing(Promise.all(first));
  expect(lane.refusedForMs()).toBe(0);
  const { refused: count, last, cap, start } = lane.history();
  expect([start, cap]).toEqual([6, 6]);
  expect(count).toBeGreaterThan(6);
  expect(last[0]).toMatchObject({ why: "cut", concurrency: 4 });
});

test("a single refusal with a long Retry-After does not hold the lane for that long", async () => {
  const lane = oneLane({ concurrency: 2 });
  await lane.hold((slot) => Promise.resolve(slot.report(refused(30_000))), ticket());
  expect(lane.heldForMs()).toBe(1_000);
  let isAnswered = false;
  const next = lane.hold((slot) => {
    isAnswered = true;
    return Promise.resolve(slot.report(fine));
  }, ticket());
  await vi.advanceTimersByTimeAsync(999);
  expect(isAnswered).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isAnswered).toBe(true);
  await next;
});

test("a stated rate is respected whatever the concurrency", async () => {
  const lane = oneLane({ concurrency: 50, rpm: 1_200 });
  const times: number[] = [];
  await passing(
    Promise.all(
      Array.from({ length: 20 }, () =>
        lane.hold((slot) => {
          times.push(performance.now());
          slot.report(fine);
          return Promise.resolve();
        }, ticket()),
      ),
    ),
  );
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(span).toBeGreaterThan(750);
});

test("close leaves no timer behind", async () => {
  const lane = oneLane({ rpm: 1 });
  await lane.hold((slot) => Promise.resolve(slot.report(fine)), ticket());
  const waiting = lane.hold(() => Promise.resolve(1), ticket());
  expect(vi.getTimerCount()).toBe(1);
  lane.close();
  expect(vi.getTimerCount()).toBe(0);
  lane.drop("all");
  expect(await waiting).toBeNull();
});
