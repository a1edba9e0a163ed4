import type { Attempt, CallRecord } from "../../domain/call.ts";
import type { StoppedTarget } from "../../domain/run-file/session.ts";

import { isFailed, stopsTarget } from "../../domain/outcome.ts";

/** Why a target gets no more requests. */
export type Stop = Omit<StoppedTarget, "target" | "unasked">;

/** Watches how the calls of one target end. */
export type Breaker = {
  /** Takes the end of a call; returns why the target must stop now, or null. */
  readonly report: (record: CallRecord) => Stop | null;
};

/**
 * A wrong key, an empty account, a missing permission or model stops a target at once, because the next call would fail
 * the same way; anything else only after `strikes` calls in a row that failed for good.
 */
export function createBreaker(strikes: number): Breaker {
  let failed = 0;
  return {
    report: ({ outcome, attempts }) => {
      failed = isFailed(outcome) ? failed + 1 : 0;
      const last = attempts.at(-1);
      if (last === undefined) return null;
      return stopsTarget(outcome) || failed >= strikes ? stopFor(last) : null;
    },
  };
}

export const stopFor = ({ outcome, status, code, message }: Attempt): Stop => ({
  reason: outcome,
  status,
  code,
  message,
});
