import type { Outcome } from "../../domain/outcome.ts";

import { isRetryable } from "../../domain/outcome.ts";

/** How long the engine waits and when it gives up. Milliseconds. */
export type Policy = {
  /** Wait before the second attempt; doubles with each further one. */
  readonly backoff_ms: number;
  readonly backoff_cap_ms: number;
  /** The longest vendor-requested wait that is honoured. */
  readonly patience_ms: number;
  /** A lane that has been refused everything for this long stops its targets. */
  readonly storm_ms: number;
  /** This many calls in a row that failed for good stop their target. */
  readonly strikes: number;
};

export const defaultPolicy: Policy = {
  backoff_ms: 500,
  backoff_cap_ms: 30_000,
  patience_ms: 120_000,
  storm_ms: 300_000,
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
