import { expect, test } from "vitest";

import type { Attempt, CallRecord } from "../../domain/call.ts";

import { createBreaker, defaultPolicy, type EndedAttempt, waitBefore } from "./retry.ts";

const ended: EndedAttempt = {
  outcome: "server",
  retry_after_ms: null,
  earlier: 0,
  attempts: 5,
  random: 0,
};

test.each([
  ["the first", {}, 250],
  ["randomly up to twice", { random: 0.999_999 }, 500],
  ["doubled each time", { earlier: 3 }, 2_000],
  ["never beyond the cap", { earlier: 30, attempts: 99 }, 15_000],
  ["never less than the vendor requests", { retry_after_ms: 7_000 }, 7_000],
  ["but within limits", { retry_after_ms: 3_600_000 }, 120_000],
  ["not after the last attempt", { earlier: 4 }, null],
  ["a single attempt is not repeated", { attempts: 1 }, null],
])("wait: %s", (_, change, expected) => {
  const wait = waitBefore({ ...ended, ...change }, defaultPolicy);
  if (expected === null) expect(wait).toBeNull();
  else expect(wait).toBeCloseTo(expected, 0);
});

test.each(["ok", "length", "filtered-input", "bad-request", "auth", "quota", "aborted"] as const)(
  "%s is not retried",
  (outcome) => {
    expect(waitBefore({ ...ended, outcome }, defaultPolicy)).toBeNull();
  },
);

test.each(["rate-limited", "overloaded", "timeout", "network", "server", "malformed"] as const)(
  "%s is retried",
  (outcome) => {
    expect(waitBefore({ ...ended, outcome }, defaultPolicy)).toBeGreaterThan(0);
  },
);

/** A call of such attempts; only what a breaker reads. */
const callOf = (...codes: readonly (string | number)[]): CallRecord => {
  const attempts = codes.map((code): Partial<Attempt> =>
    typeof code === "number"
      ? { outcome: code === 200 ? "ok" : "server", status: code, code: null, message: null }
      : { outcome: "network", status: null, code, message: null },
  );
  return { outcome: attempts.at(-1)?.outcome, attempts } as unknown as CallRecord;
};

const refused = callOf("ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED");

test.each<[string, readonly CallRecord[], readonly boolean[]]>([
  ["nobody was ever met: the first call ends it", [refused, refused], [true, true]],
  ["a name that is unknown", [callOf("ENOTFOUND", "ENOTFOUND", "ENOTFOUND")], [true]],
  ["a server that was there", [callOf(200), refused, refused], [false, false, false]],
  ["one that answered with errors", [callOf(500, 500, 500), refused], [false, false]],
  [
    "a connection that broke off met somebody",
    [callOf("ECONNRESET", "ECONNRESET", "ECONNRESET")],
    [false],
  ],
  [
    "a single attempt may have come too early",
    [callOf("ECONNREFUSED"), callOf("ECONNREFUSED"), callOf("ECONNREFUSED")],
    [false, false, true],
  ],
])("stops: %s", (_, calls, stops) => {
  const breaker = createBreaker(25);
  expect(calls.map((call) => breaker.report(call) !== null)).toEqual(stops);
});
