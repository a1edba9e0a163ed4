import { expect, test } from "vitest";

import { defaultPolicy, type EndedAttempt, waitBefore } from "./retry.ts";

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
