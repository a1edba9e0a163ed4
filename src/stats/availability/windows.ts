import type { Outcome } from "../../domain/outcome.ts";
import type { Interval } from "../interval.ts";

import { shareEstimate } from "../interval.ts";

/** Five minutes: the window of the vendors' agreements that were seen (Aliyun, AI services, 2023). */
export const windowMs = 300_000;

/**
 * `sla`: what vendors' agreements count. Only an answer of the server's own failure (HTTP 5xx) is a failure; requests that were
 * refused (4xx, 429 among them) or that got no answer at all are not looked at.
 * `user`: what somebody feels who waits. Failures are 5xx, 429, overload, a timeout, a broken connection, a broken and an
 * empty reply; only what the caller did wrong (key, balance, malformed or too long a request) or stopped is not looked at.
 */
export const availabilityRules = ["sla", "user"] as const;
export type AvailabilityRule = (typeof availabilityRules)[number];

/** How one HTTP request ended; each attempt of a call is one. */
export type RequestEnd = {
  /** Wall clock, ms since 1970. */
  readonly at_ms: number;
  readonly outcome: Outcome;
  /** HTTP status; null where none came. */
  readonly status: number | null;
  /** Answered in good order, with nothing in it. */
  readonly empty: boolean;
};

/** Requests of one window that a rule looks at, and those that failed. */
export type WindowCount = { readonly requests: number; readonly failed: number };

export type Availability = {
  /** Mean over the windows of 1 - failed / requests; null without windows. */
  readonly value: number | null;
  /** 95%, Wilson at as many independent windows as these are worth: failures come in clusters, so a request is no sample. */
  readonly interval: Interval | null;
  /** Windows with requests. Those without say nothing. */
  readonly windows: number;
  readonly requests: number;
  readonly failed: number;
  /** Requests that the rule does not look at. */
  readonly left_out: number;
};

/** Requests by rule and by number of the window since 1970. */
export type WindowCounts = {
  readonly byRule: Readonly<
    Record<AvailabilityRule, Map<number, { requests: number; failed: number }>>
  >;
  readonly leftOut: Record<AvailabilityRule, number>;
};

/** No requests yet; to be filled by `countRequest`, in any order. */
export const createWindowCounts = (): WindowCounts => ({
  byRule: { sla: new Map(), user: new Map() },
  leftOut: { sla: 0, user: 0 },
});

/** Adds a request to its window under both rules. */
export function countRequest(counts: WindowCounts, end: RequestEnd): void {
  const window = Math.floor(end.at_ms / windowMs);
  for (const rule of availabilityRules) {
    const fate = fateOf(rule, end);
    if (fate === "left-out") {
      counts.leftOut[rule] += 1;
      continue;
    }
    const count = counts.byRule[rule].get(window) ?? { requests: 0, failed: 0 };
    counts.byRule[rule].set(window, count);
    count.requests += 1;
    if (fate === "failed") count.failed += 1;
  }
}

/** What a rule makes of a request. */
export function fateOf(
  rule: AvailabilityRule,
  { outcome, status, empty }: RequestEnd,
): "answered" | "failed" | "left-out" {
  if (outcome === "aborted") return "left-out";
  if (rule === "sla") {
    if (status === null || (status >= 400 && status < 500)) return "left-out";
    return status >= 500 ? "failed" : "answered";
  }
  if (ownFault.has(outcome)) return "left-out";
  return empty || failures.has(outcome) ? "failed" : "answered";
}

const ownFault: ReadonlySet<Outcome> = new Set([
  "bad-request",
  "auth",
  "permission",
  "model-not-found",
  "quota",
  "context-overflow",
]);
const failures: ReadonlySet<Outcome> = new Set([
  "rate-limited",
  "overloaded",
  "timeout",
  "network",
  "server",
  "malformed",
]);

/**
 * Availability over the counted windows: the mean of the windows' 1 - failed / requests, as the agreements word it (服务可用率 =
 * 1 - Σ 每 5 分钟错误率 / 5 分钟的个数).
 */
export function availabilityOf(counts: WindowCounts, rule: AvailabilityRule): Availability {
  const windows: readonly WindowCount[] = [...counts.byRule[rule].values()];
  const sum = (of: (each: WindowCount) => number): number =>
    windows.reduce((total, each) => total + of(each), 0);
  const known = {
    windows: windows.length,
    requests: sum(({ requests }) => requests),
    failed: sum(({ failed }) => failed),
    left_out: counts.leftOut[rule],
  };
  if (windows.length === 0) return { value: null, interval: null, ...known };
  const shares = windows.map(({ requests, failed }) => 1 - failed / requests);
  const { value, interval } = shareEstimate(
    shares,
    shares.map((_, at) => at),
  );
  return { value, interval, ...known };
}
