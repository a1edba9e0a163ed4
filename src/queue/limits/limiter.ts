import { createHash } from "node:crypto";

import type { Redis } from "ioredis";

import type { Signal } from "../../engine/calls/adapt.ts";
import type { Policy } from "../../engine/calls/retry.ts";

import { limiterScript } from "./script.ts";

/** What the limiter says after each step. Milliseconds. */
export type LimiterState = {
  readonly granted: boolean;
  /** Until it is worth asking again; -1 where all slots are taken. */
  readonly wait_ms: number;
  /** Requests under way, of all processes. */
  readonly held: number;
  /** The server's clock. */
  readonly now: number;
  /** For how long the vendor has been refusing everything; 0 if it is not. */
  readonly refused_ms: number;
  /** Until anything is sent again after a refusal. */
  readonly hold_ms: number;
  /** Requests that may be under way at once. */
  readonly width: number;
  readonly requests: number;
  readonly refused: number;
  readonly changes: number;
  /** The last change was upwards. */
  readonly grown: boolean;
  readonly start: number;
  readonly cap: number;
};

export type LaneLimits = {
  readonly cap: number;
  /** Begin low and double until the first refusal. */
  readonly slow: boolean;
  /** Per minute; null if unlimited. */
  readonly rpm: number | null;
  readonly tpm: number | null;
};

export type LimiterReport = {
  readonly signal: Signal;
  /** The server's clock when the slot was taken. */
  readonly started: number;
  readonly retry_after_ms: number;
  /** Tokens beyond those that were taken. */
  readonly tokens: number;
};

/** The limits of one account, kept in Redis. */
export type Limiter = {
  readonly take: (lease: string, limits: LaneLimits, tokens: number) => Promise<LimiterState>;
  readonly report: (report: LimiterReport) => Promise<LimiterState>;
  readonly free: (lease: string) => Promise<LimiterState>;
  readonly renew: (leases: readonly string[]) => Promise<LimiterState>;
  readonly look: () => Promise<LimiterState>;
};

/** A lease ends by itself this long after its holder was last heard of. */
export const leaseMs = 30_000;
/** Our minutes and the vendor's do not coincide. */
const margin = 0.97;

/** The limiter of a lane; all processes that name the same lane on the same Redis share it. */
export function createLimiter(redis: Redis, lane: string, policy: Policy): Limiter {
  // The braces keep both keys on one node of a cluster.
  const keys = [`baimo:{lane:${lane}}:state`, `baimo:{lane:${lane}}:held`];
  const step = async (...args: readonly (string | number)[]): Promise<LimiterState> => {
    const figures = await runScript(redis, [keys.length, ...keys, ...args]);
    return stateOf(figures.map(Number));
  };
  const rate = (perMinute: number | null): number => (perMinute ?? 0) * margin;
  return {
    take: (lease, { cap, slow, rpm, tpm }, tokens) =>
      step("take", lease, leaseMs, cap, slow ? 1 : 0, rate(rpm), rate(tpm), tokens),
    report: ({ signal, started, retry_after_ms, tokens }) =>
      step(
        "report",
        signal,
        started,
        Math.min(retry_after_ms, policy.patience_ms),
        tokens,
        policy.backoff_ms,
        policy.backoff_cap_ms,
      ),
    free: (lease) => step("free", lease),
    renew: (leases) => step("renew", leaseMs, ...leases),
    look: () => step("look"),
  };
}

const scriptSha = createHash("sha1").update(limiterScript).digest("hex");

/** The script is sent only where Redis does not know it, as after a restart. */
async function runScript(redis: Redis, args: readonly (string | number)[]): Promise<string[]> {
  const [count = 0, ...rest] = args;
  try {
    return (await redis.evalsha(scriptSha, count, ...rest)) as string[];
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return (await redis.eval(limiterScript, count, ...rest)) as string[];
  }
}

function stateOf(figures: readonly number[]): LimiterState {
  const [granted = 0, wait_ms = 0, held = 0, now = 0, refused_ms = 0, hold_ms = 0, ...more] =
    figures;
  const [width = 1, requests = 0, refused = 0, changes = 0, grown = 0, start = 0, cap = 0] = more;
  return {
    granted: granted === 1,
    wait_ms,
    held,
    now,
    refused_ms,
    hold_ms,
    width,
    requests,
    refused,
    changes,
    grown: grown === 1,
    start,
    cap,
  };
}
