import type { Outcome } from "../../domain/outcome.ts";
import type { StoppedTarget } from "../../domain/run-file/session.ts";

import { redirectCode } from "../../calling/errors/redirect.ts";
import { type Attempt, type CallRecord, isUnmet } from "../../domain/call.ts";
import { isRetryable, isFailed, stopsTarget } from "../../domain/outcome.ts";

/** How long the engine waits and when it gives up. Milliseconds. */
export type Policy = {
  /** Wait before the second attempt; doubles with each further one. */
  readonly backoff_ms: number;
  readonly backoff_cap_ms: number;
  /** The longest vendor-requested wait that is honoured. */
  readonly patience_ms: number;
  /** A lane that has been refused everything for this long stops its targets. */
  readonly storm_ms: number;
  /** A server of one's own that says from the start that it is loading has so long for it. */
  readonly loading_ms: number;
  /** This many calls in a row that failed for good stop their target. */
  readonly strikes: number;
};

export const defaultPolicy: Policy = {
  backoff_ms: 500,
  backoff_cap_ms: 30_000,
  patience_ms: 120_000,
  storm_ms: 300_000,
  loading_ms: 120_000,
  strikes: 25,
};

export type EndedAttempt = {
  readonly outcome: Outcome;
  readonly retry_after_ms: number | null;
  /** Earlier attempts that counted. */
  readonly earlier: number;
  /** Attempts that a call is allowed. */
  readonly attempts: number;
  /** In [0, 1). */
  readonly random: number;
};

/**
 * Milliseconds to wait before the next attempt, or null if there is to be none: exponential back-off with its upper
 * half randomised, and never less than the vendor asks for, up to `patience_ms`.
 */
export function waitBefore(ended: EndedAttempt, policy: Policy): number | null {
  const { outcome, retry_after_ms, earlier, attempts, random } = ended;
  if (!isRetryable(outcome) || earlier + 1 >= attempts) return null;
  const backoff = backoffMs(earlier, policy) * (0.5 + random / 2);
  return Math.max(backoff, Math.min(retry_after_ms ?? 0, policy.patience_ms));
}

export const backoffMs = (step: number, { backoff_ms, backoff_cap_ms }: Policy): number =>
  Math.min(backoff_cap_ms, backoff_ms * 2 ** step);

/** Why a target gets no more requests. */
export type Stop = Omit<StoppedTarget, "target" | "unasked">;

/** Watches how the calls of one target end. */
export type Breaker = {
  /** Takes the end of a call; returns why the target must stop now, or null. */
  readonly report: (record: CallRecord) => Stop | null;
};

/**
 * A wrong key, an empty account, a missing permission or model stops a target at once, because the next call would fail
 * the same way; so does an address at which nobody has ever been met, once a call has used up its attempts. Anything else
 * stops it only after `strikes` calls in a row that failed for good.
 */
export function createBreaker(strikes: number): Breaker {
  let failed = 0;
  let wasMet = false;
  let tries = 0;
  return {
    report: ({ outcome, attempts }) => {
      failed = isFailed(outcome) ? failed + 1 : 0;
      wasMet ||= attempts.some(isMet);
      tries += attempts.length;
      const last = attempts.at(-1);
      if (last === undefined) return null;
      const isNobody = isFailed(outcome) && !wasMet && tries >= fewestTries;
      return isNobody || endsTarget(last) || failed >= strikes ? stopFor(last) : null;
    },
  };
}

/** A single attempt may have come too early or met a hiccup of the network. */
const fewestTries = 3;

/** Somebody was there, whatever came of it. */
const isMet = (attempt: Attempt): boolean => !isUnmet(attempt);

/** A redirect, too, comes again for every call until somebody changes the address. */
const endsTarget = ({ outcome, code }: Attempt): boolean =>
  stopsTarget(outcome) || (outcome === "bad-request" && code === redirectCode);

const stopFor = ({ outcome, status, code, message }: Attempt): Stop => ({
  reason: outcome,
  status,
  code,
  message,
});
