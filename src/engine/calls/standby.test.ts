import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { Ticket } from "./waiting.ts";

import { endpointAt } from "../../calling/testing/loopback.ts";
import { isFailed, isRetryable, type Outcome, stopsTarget } from "../../domain/outcome.ts";
import { standbyFor } from "./flights.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { defaultPolicy } from "./retry.ts";
import { unsent } from "./slot.ts";
import { distantSender, type DistantSetup } from "./testing/distant-sender.ts";
import { laneEntry, passing } from "./testing/lane-entry.ts";
import { priority } from "./waiting.ts";

const entry = (limits: Partial<TargetEntry["limits"]> = {}): TargetEntry =>
  laneEntry({ limits: { ...laneEntry().limits, concurrency: 4, ...limits } });
const policy = { ...defaultPolicy, backoff_ms: 20, backoff_cap_ms: 80 };
const endpoint = endpointAt("http://127.0.0.1");
const never = new AbortController().signal;

let lanes: Lanes = createLanes([]);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  lanes.all().forEach((lane) => lane.close());
  vi.useRealTimers();
});

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** A lane whose sender is some milliseconds away, and what is asked through it as a call would, with answers that take time to write. */
function distantLane(setup: DistantSetup, limits: Partial<TargetEntry["limits"]> = {}) {
  const target = entry(limits);
  const { sender, seen } = distantSender(setup);
  lanes = createLanes([target], policy, undefined, undefined, sender);
  const lane = lanes.of(target);
  const held = { unwritten: 0, most: 0, underWay: 0, mostUnderWay: 0 };
  const ask = (
    text: string,
    { write_ms = 3, ...ticket }: Partial<Ticket> & { readonly write_ms?: number } = {},
    settled: (outcome: Outcome) => void = () => undefined,
  ): Promise<Outcome | null> =>
    lane.hold(
      async ({ queued_ms, in_flight, report, send }) => {
        if (send === undefined) throw new Error("the lane has a sender");
        const request = {
          protocol: "openai-chat",
          endpoint,
          model: "m",
          messages: [{ role: "user" as const, text }],
          params: {},
          deadlines: { connect: 1, first_byte: 1, idle: 1, total: 1 },
          queued_ms,
          in_flight,
        };
        const attempted = await send(request, never, () => {
          held.underWay += 1;
          held.mostUnderWay = Math.max(held.mostUnderWay, held.underWay);
        });
        if (attempted === null) return unsent;
        held.underWay -= 1;
        const { outcome } = attempted.reply;
        report({
          signal: signalOf(outcome),
          retry_after_ms: null,
          tokens: null,
          failures: attempted.failures,
        });
        held.unwritten += 1;
        held.most = Math.max(held.most, held.unwritten);
        await wait(write_ms);
        settled(outcome);
        held.unwritten -= 1;
        return outcome;
      },
      { priority: priority.fresh, target: "acme/m", tokens: 0, ...ticket },
    );
  return { lane, ask, seen, held };
}

const signalOf = (outcome: Outcome) =>
  outcome === "rate-limited"
    ? "refused"
    : isRetryable(outcome) || stopsTarget(outcome)
      ? "troubled"
      : "accepted";

const fine: DistantSetup["vendor"] = () => ({ ms: 10, outcome: "ok" });
const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

test.each([
  [1, 1],
  [8, 1],
  [9, 2],
  [256, 32],
  [1024, 32],
])("of a lane of %i so many stand by: %i", (width, standby) => {
  expect(standbyFor(width)).toBe(standby);
});

test("a freed slot is filled where it became free, and never are more in flight than the cap", async () => {
  const { ask, seen, held, lane } = distantLane({ delay: () => 4, vendor: fine });
  const questions = names(200);
  const began = performance.now();
  await passing(Promise.all(questions.map((text) => ask(text))));
  expect(seen.asked).toEqual(questions);
  expect(seen.most).toBe(4);
  expect(held.mostUnderWay).toBe(4);
  expect(seen.byThemselves).toBeGreaterThan(40);
  // Without any that stands by, each of 50 rounds takes the way there, the answer, the way back and the writing.
  expect(performance.now() - began).toBeLessThan(50 * (4 + 10 + 4 + 3) - 100);
  expect(lane.history().requests).toBe(200);
});

test.each([
  [1, 600],
  [2, 450],
  [4, 350],
])("of a wide lane on %i threads many start by themselves", async (threads, least) => {
  const random = mulberry(7);
  const vendor: DistantSetup["vendor"] = () => ({ ms: 20 + random() * 40, outcome: "ok" });
  const { ask, seen } = distantLane({ threads, delay: () => 1, vendor }, { concurrency: 64 });
  await passing(Promise.all(names(1_000).map((text) => ask(text))));
  expect(seen.most).toBe(64);
  expect(seen.asked).toHaveLength(1_000);
  expect(seen.byThemselves).toBeGreaterThan(least);
});

test("in no order of messages are more in flight than the cap, and each is asked once, in the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        concurrency: fc.integer({ min: 1, max: 20 }),
        threads: fc.integer({ min: 1, max: 4 }),
        seed: fc.integer(),
        trouble: fc.constantFrom(0, 0.02, 0.3),
        goesOn: fc.constantFrom(0, 0.1, 1),
      }),
      async ({ concurrency, threads, seed, trouble, goesOn }) => {
        const random = mulberry(seed);
        const { ask, seen, held, lane } = distantLane(
          {
            threads,
            delay: () => random() * 6,
            vendor: () => ({
              ms: 1 + random() * 10,
              outcome: random() < trouble ? (random() < 0.3 ? "rate-limited" : "server") : "ok",
            }),
          },
          { concurrency },
        );
        const all = names(120);
        const untilOk = async (text: string): Promise<void> => {
          let rank: number = priority.fresh;
          const goes = { goesOn: random() < goesOn, write_ms: random() * 4 };
          while ((await ask(text, { ...goes, priority: rank })) !== "ok") {
            rank = priority.retry;
            await wait(1 + random() * 5);
          }
        };
        await passing(Promise.all(all.map(untilOk)));
        expect(seen.most).toBeLessThanOrEqual(concurrency);
        expect(seen.unaware).toBe(0);
        expect(held.mostUnderWay).toBeLessThanOrEqual(concurrency);
        expect(held.most).toBeLessThanOrEqual(concurrency + lane.standby);
        expect(new Set(seen.asked).size).toBe(120);
        expect(seen.asked.length).toBe(lane.history().requests);
        if (trouble === 0) expect(seen.asked.length).toBe(120);
        lane.close();
      },
    ),
    { numRuns: 60 },
  );
});

test.each(["auth", "quota", "rate-limited", "server", "bad-request"] as const)(
  "after a reply of %s nothing starts before the caller has seen it",
  async (outcome) => {
    for (const after of [1, 2, 7, 20]) {
      let served = 0;
      const { ask, seen, lane } = distantLane(
        {
          threads: 1 + (after % 3),
          delay: () => 5,
          vendor: () => ({ ms: 10, outcome: (served += 1) > after ? outcome : "ok" }),
        },
        { concurrency: 1 },
      );
      const stop = (ended: Outcome): void => {
        if (isFailed(ended)) lane.drop("all", "acme/m");
      };
      await passing(Promise.all(names(60).map((text) => ask(text, {}, stop))));
      expect(seen.asked).toEqual(names(after + 1));
      expect(lane.history().requests).toBe(after + 1);
      lane.close();
    }
  },
);

test("what has not started when the run stops comes back unsent; what has ends as usual", async () => {
  const { ask, seen, lane } = distantLane({ delay: () => 2, vendor: fine }, { concurrency: 16 });
  const all = Promise.all(names(300).map((text) => ask(text)));
  await vi.advanceTimersByTimeAsync(55);
  const before = seen.asked.length;
  lane.drop("fresh");
  await vi.advanceTimersByTimeAsync(2);
  const asked = seen.asked.length;
  const ended = await passing(all);
  expect(asked).toBeLessThanOrEqual(before + 16);
  expect(seen.asked).toHaveLength(asked);
  expect(ended.filter((each) => each === "ok")).toHaveLength(seen.asked.length);
  expect(lane.history().requests).toBe(seen.asked.length);
});

test("dropping a target takes back what stands by of it, and asks all of the other's", async () => {
  const slow: DistantSetup["vendor"] = () => ({ ms: 30, outcome: "ok" });
  const { ask, seen, lane } = distantLane({ delay: () => 2, vendor: slow });
  const all = Promise.all([
    ...names(20).map((text) => ask(`a${text}`, { target: "acme/a" })),
    ...names(20).map((text) => ask(`b${text}`, { target: "acme/b" })),
  ]);
  await vi.advanceTimersByTimeAsync(10);
  lane.drop("all", "acme/a");
  await passing(all);
  expect(seen.cameBack).toBe(1);
  const of = (target: string) => seen.asked.filter((text) => text.startsWith(target));
  expect([of("a").length, of("b").length, new Set(of("b")).size]).toEqual([4, 20, 20]);
});

test.each([
  ["a rate of requests", { rpm: 60_000 }],
  ["a rate of tokens", { tpm: 10_000_000 }],
])("with %s nothing stands by", async (_, limits) => {
  const { ask, seen } = distantLane({ delay: () => 2, vendor: fine }, limits);
  await passing(Promise.all(names(60).map((text) => ask(text))));
  expect(seen.byThemselves).toBe(0);
  expect(seen.cameBack).toBe(0);
  expect(seen.asked).toHaveLength(60);
});

test("a vendor that refuses beyond some at once is not asked more of by what stands by", async () => {
  const allowed = 10;
  let inside = 0;
  const setup: DistantSetup = {
    delay: () => 2,
    vendor: () => {
      const outcome = inside >= allowed ? "rate-limited" : "ok";
      inside += 1;
      setTimeout(() => (inside -= 1), 10);
      return { ms: 10, outcome };
    },
  };
  const { ask, seen, lane } = distantLane(setup, { concurrency: 40, assumed: true });
  const untilOk = async (text: string): Promise<void> => {
    while ((await ask(text, { priority: priority.retry })) !== "ok") await wait(10);
  };
  await passing(Promise.all(names(400).map(untilOk)));
  const { refused, last } = lane.history();
  expect(last.some(({ why }) => why === "cut")).toBe(true);
  expect(refused).toBeLessThan(120);
  expect(seen.most).toBeLessThanOrEqual(40);
});

test("the next request of a conversation comes before fresh ones, as far as none is under way already", async () => {
  const { ask, seen } = distantLane({ delay: () => 2, vendor: fine }, { concurrency: 1 });
  const talk = async (name: string): Promise<void> => {
    for (let turn = 1; turn <= 3; turn += 1) {
      const rank = turn === 1 ? priority.fresh : priority.followUp;
      await ask(`${name}${turn}`, { priority: rank, goesOn: turn < 3 });
    }
  };
  await passing(Promise.all([talk("a"), talk("b"), talk("c")]));
  expect(seen.asked.slice(0, 3)).toEqual(["a1", "a2", "a3"]);
});

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
