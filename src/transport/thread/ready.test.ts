import { expect, test } from "vitest";

import { createLaneCounts } from "./lane-counts.ts";
import { type AfterEnd, createReady } from "./ready.ts";

/** What happens in a lane, in order. */
function watched(counts = createLaneCounts()) {
  const log: string[] = [];
  let now = 0;
  const ready = createReady<string>({
    start: (order, waited_ms, in_flight) => log.push(`${order} ${waited_ms} ms, ${in_flight}`),
    giveBack: (order) => log.push(`${order} back`),
    now: () => now,
    counts,
  });
  const end = (failed: boolean): void =>
    ready.ended(failed, (after: AfterEnd) => log.push(JSON.stringify(after)));
  return { ready, end, log, pass: (ms: number) => (now += ms) };
}

test("the first that stands by starts where another has ended, and says how long it stood", () => {
  const { ready, end, log, pass } = watched();
  ready.sent();
  ready.sent();
  ready.standBy(3, "c", 0);
  pass(7);
  ready.standBy(4, "d", 0);
  end(false);
  end(false);
  end(false);
  expect(log).toEqual(["c 7 ms, 2", '{"started":3}', "d 0 ms, 2", '{"started":4}', "{}"]);
});

test("a failure is told before what stands by comes back, and what does not know of it comes back too", () => {
  const { ready, end, log } = watched();
  ready.sent();
  ready.sent();
  ready.standBy(3, "c", 0);
  end(true);
  ready.standBy(4, "d", 0);
  end(false);
  ready.standBy(5, "e", 1);
  expect(ready.start(5)).toBe(true);
  expect(log).toEqual(['{"failures":1}', "c back", "d back", "{}", "e 0 ms, 1"]);
});

test("what has started, or was recalled, cannot be started", () => {
  const { ready, end, log } = watched();
  ready.sent();
  ready.standBy(2, "b", 0);
  end(false);
  ready.standBy(3, "c", 0);
  ready.recall();
  expect([ready.start(2), ready.start(3), ready.start(9)]).toEqual([false, false, false]);
  expect(log).toEqual(["b 0 ms, 1", '{"started":2}', "c back"]);
});

test("on several threads a lane has one count, and a failure on one holds back what stands by on the others", () => {
  const counts = createLaneCounts();
  const [here, there] = [watched(counts), watched(counts)];
  here.ready.sent();
  there.ready.sent();
  there.ready.sent();
  here.ready.standBy(4, "d", 0);
  there.ready.standBy(5, "e", 0);
  here.end(false);
  there.end(true);
  here.ready.standBy(6, "f", 1);
  here.end(false);
  there.ready.standBy(7, "g", 0);
  there.ready.standBy(8, "h", 1);
  here.end(true);
  there.end(false);
  expect(here.log).toEqual([
    "d 0 ms, 3",
    '{"started":4}',
    "f 0 ms, 2",
    '{"started":6}',
    '{"failures":2}',
  ]);
  expect(there.log).toEqual(['{"failures":1}', "e back", "g back", "h back", "{}"]);
});
