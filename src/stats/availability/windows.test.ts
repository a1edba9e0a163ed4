import { expect, test } from "vitest";

import type { RequestEnd } from "./windows.ts";

import { availabilityOf, countRequest, createWindowCounts, fateOf, windowMs } from "./windows.ts";

const end = (more: Partial<RequestEnd>): RequestEnd => ({
  at_ms: 0,
  outcome: "ok",
  status: 200,
  empty: false,
  ...more,
});

test.each([
  [end({}), "answered", "answered"],
  [end({ outcome: "server", status: 500 }), "failed", "failed"],
  [end({ outcome: "overloaded", status: 503 }), "failed", "failed"],
  [end({ outcome: "rate-limited", status: 429 }), "left-out", "failed"],
  [end({ outcome: "timeout", status: null }), "left-out", "failed"],
  [end({ outcome: "timeout", status: 200 }), "answered", "failed"],
  [end({ outcome: "network", status: null }), "left-out", "failed"],
  [end({ empty: true }), "answered", "failed"],
  [end({ outcome: "filtered-output" }), "answered", "answered"],
  [end({ outcome: "bad-request", status: 400 }), "left-out", "left-out"],
  [end({ outcome: "auth", status: 401 }), "left-out", "left-out"],
  [end({ outcome: "aborted", status: null }), "left-out", "left-out"],
] as const)("%j", (request, sla, user) => {
  expect([fateOf("sla", request), fateOf("user", request)]).toEqual([sla, user]);
});

test("the mean of windows, not of requests; windows without requests say nothing", () => {
  const counts = createWindowCounts();
  // A window of 100 requests with one 5xx, one of two with one, and an hour later one without a failure.
  for (let at = 0; at < 100; at += 1)
    countRequest(
      counts,
      end({ at_ms: at, ...(at === 0 ? { outcome: "server", status: 500 } : {}) }),
    );
  countRequest(counts, end({ at_ms: windowMs }));
  countRequest(counts, end({ at_ms: windowMs + 1, outcome: "server", status: 502 }));
  countRequest(counts, end({ at_ms: 12 * windowMs }));
  countRequest(counts, end({ at_ms: 12 * windowMs, outcome: "rate-limited", status: 429 }));
  const sla = availabilityOf(counts, "sla");
  expect(sla.value).toBeCloseTo((0.99 + 0.5 + 1) / 3, 12);
  expect(sla).toMatchObject({ windows: 3, requests: 103, failed: 2, left_out: 1 });
  expect(availabilityOf(counts, "user").value).toBeCloseTo((0.99 + 0.5 + 0.5) / 3, 12);
  expect(availabilityOf(createWindowCounts(), "sla")).toMatchObject({
    value: null,
    interval: null,
  });
});

test("windows that never fail carry as little as Wilson says", () => {
  const counts = createWindowCounts();
  for (let at = 0; at < 288; at += 1) countRequest(counts, end({ at_ms: at * windowMs }));
  const { interval } = availabilityOf(counts, "user");
  expect(interval?.low).toBeCloseTo(288 / (288 + 1.959964 ** 2), 6);
});
