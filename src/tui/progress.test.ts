import { expect, test } from "vitest";

import { answerLine, itemLine, runLine, targetEntry } from "../report/testing/lines.ts";
import { createView, step } from "../report/view/view.ts";
import { createRunProgress } from "./progress.ts";

const fast = "a/fast";
const slow = "b/slow";

function runOf(rpm: number | null = null) {
  const view = createView();
  const limits = { scope: "account", concurrency: 4, rpm, tpm: null } as const;
  const entries = [fast, slow].map((ref) => targetEntry(ref, { limits }));
  step(view, runLine(entries, { size: { items: 100, per_target: 100, answers: 200 } }));
  const clock = { now: 0 };
  const progress = createRunProgress(view, () => clock.now);
  progress.sample();
  let item = 0;
  /** Advances the clock, with this many answers per target in each second. */
  const pass = (seconds: number, answers: Readonly<Record<string, number>>): void => {
    for (let second = 0; second < seconds; second++) {
      for (const [target, many] of Object.entries(answers)) {
        for (let each = 0; each < many; each++) {
          const name = `s/t/i${item++}`;
          step(view, itemLine(name));
          step(view, answerLine({ item: name, target }));
        }
      }
      clock.now += 1_000;
      progress.sample();
    }
  };
  /** A request is sent; with null the first one of the target ends. */
  const ask = (target: string, key: string | null): void => {
    if (key === null) {
      const [first = ""] = view.asking;
      step(view, itemLine(first));
      step(view, answerLine({ item: first, target }));
      view.asking.delete(first);
      return;
    }
    const event = { kind: "asking", key, target } as const;
    step(view, event);
    progress.take(event);
  };
  return { progress, pass, clock, ask };
}

/** A call to a server that refuses connections is to be tried again. */
const gone = {
  kind: "retrying",
  key: "k",
  target: slow,
  outcome: "network",
  code: "ECONNREFUSED",
  message: null,
  wait_ms: 2_000,
  lane: "x",
  lane_wait_ms: 0,
  gone_ms: 300_000,
} as const;

test("the slowest target decides the estimate", () => {
  const { progress, pass } = runOf();
  pass(10, { [fast]: 8, [slow]: 1 });
  expect(progress.eta()).toEqual({ kind: "known", ms: 90_000, slowest: slow });
});

test("a target that has not answered in the last minute makes the estimate unknown", () => {
  const { progress, pass } = runOf();
  pass(10, { [fast]: 1, [slow]: 1 });
  pass(70, { [fast]: 1 });
  expect(progress.eta()).toEqual({ kind: "unknown", waiting: slow });
});

test("a burst is not extrapolated beyond the stated requests per minute", () => {
  const { progress, pass } = runOf(6);
  pass(2, { [fast]: 50, [slow]: 10 });
  expect(progress.eta()).toEqual({ kind: "known", ms: (76 * 60_000) / 6, slowest: slow });
});

test("time during which the run is paused does not count", () => {
  const { progress, pass, clock } = runOf();
  pass(10, { [fast]: 10, [slow]: 1 });
  progress.hold(true);
  clock.now += 600_000;
  progress.sample();
  expect(progress.elapsedMs()).toBe(10_000);
  progress.hold(false);
  expect(progress.eta()).toMatchObject({ kind: "known", ms: 90_000 });
});

test("a run that goes on under other limits shows those, not the header's", () => {
  const { progress } = runOf();
  const lane = { kind: "lane", lane: "a", concurrency: 6, cap: 6, rpm: null } as const;
  progress.take(lane);
  expect(progress.state().limits.get("a")).toMatchObject({ concurrency: 6, cap: 6, why: null });
  progress.take({
    ...lane,
    kind: "limit",
    when: "2026-11-30T02:00:00.000Z",
    at_ms: 9,
    concurrency: 4,
    why: "cut",
  });
  expect(progress.state().limits.get("a")).toMatchObject({ concurrency: 4, cap: 6, why: "cut" });
});

test("while a server is gone nothing is estimated, until it answers or is given up", () => {
  const { progress, pass, clock } = runOf();
  pass(10, { [fast]: 8, [slow]: 1 });
  progress.take(gone);
  clock.now += 1_000;
  expect(progress.eta()).toEqual({ kind: "gone", waiting: slow });
  progress.take(answerLine({ item: "s/t/1", target: slow, outcome: "network" }));
  expect(progress.eta()).toEqual({ kind: "gone", waiting: slow });
  progress.take(answerLine({ item: "s/t/1", target: slow }));
  expect(progress.eta()).toMatchObject({ kind: "known" });
  progress.take(gone);
  clock.now += 301_000;
  expect(progress.eta().kind).not.toBe("gone");
});

test("a stopped target is left out of the estimate", () => {
  const { progress, pass } = runOf();
  pass(10, { [fast]: 10 });
  progress.take({
    kind: "stopped",
    target: slow,
    reason: "quota",
    status: 429,
    code: null,
    message: null,
  });
  expect(progress.eta()).toEqual({ kind: "finished" });
});

test("a wait before a retry is shown until it is over", () => {
  const { progress, clock } = runOf();
  progress.take({
    kind: "retrying",
    key: "k",
    target: slow,
    outcome: "rate-limited",
    code: "1302",
    message: "请求过于频繁",
    wait_ms: 2_000,
    lane: "x",
    lane_wait_ms: 5_000,
  });
  expect(progress.state().waits.get(slow)).toEqual({
    outcome: "rate-limited",
    until_ms: 5_000,
    said: "1302 请求过于频繁",
    isLoading: false,
    given_up_ms: null,
  });
  clock.now += 6_000;
  progress.sample();
  expect(progress.state().waits.size).toBe(0);
});

test("a server that loads its model is waited for until it answers", () => {
  const { progress, clock } = runOf();
  const wait = { kind: "retrying", key: "k", target: slow, outcome: "overloaded" } as const;
  const said = { code: "503", message: "Loading model", lane: "qwen", lane_wait_ms: 500 };
  progress.take({ ...wait, ...said, wait_ms: 300, loading_ms: 120_000 });
  clock.now += 10_000;
  progress.take({ ...wait, ...said, wait_ms: 5_000, loading_ms: 110_000 });
  progress.sample();
  expect(progress.state().waits.get(slow)).toMatchObject({ until_ms: 120_000, isLoading: true });
  progress.take(answerLine({ item: "s/t/1", target: slow }));
  expect(progress.state().waits.has(slow)).toBe(false);
});

test("a server that is gone says when it is given up", () => {
  const { progress, clock } = runOf();
  clock.now += 10_000;
  progress.take({ ...gone, lane_wait_ms: 5_000, gone_ms: 295_000 });
  expect(progress.state().waits.get(slow)).toMatchObject({
    until_ms: 15_000,
    given_up_ms: 305_000,
  });
});

test("says for how long the oldest request under way has been; one that has ended counts no more", () => {
  const { progress, pass, clock, ask } = runOf();
  ask(slow, "s/t/late");
  pass(20, { [fast]: 1 });
  ask(slow, "s/t/later");
  clock.now += 5_000;
  expect(progress.state().oldest_ms).toEqual(new Map([[slow, 25_000]]));
  ask(slow, null);
  progress.sample();
  expect(progress.state().oldest_ms).toEqual(new Map([[slow, 5_000]]));
});
