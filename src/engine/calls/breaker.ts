import type { Attempt, CallRecord } from "../../domain/call.ts";
import type { StoppedTarget } from "../../domain/run-file/session.ts";

import { isFailed, stopsTarget } from "../../domain/outcome.ts";

/** Why a target is to be asked no further. */
export type Stop = Omit<StoppedTarget, "target" | "unasked">;

/** Watches how the calls of one target end. */
export type Breaker = {
  /** What stops the target now, or null. */
  readonly saw: (record: CallRecord) => Stop | null;
};

/**
 * A wrong key, an empty account, a missing permission or model stops a target at once, because the next call would end
 * the same; anything else only after so many calls in a row that failed for good.
 */
export function createBreaker(strikes: number): Breaker {
  let failed = 0;
  return {
    saw: ({ outcome, attempts }) => {
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
