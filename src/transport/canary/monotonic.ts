import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

import { clockOffset } from "./wire.ts";

/** The machine's monotonic clock, which all threads and processes share, in milliseconds. */
export type Monotonic = {
  readonly now: () => number;
  /** Resolves at a moment, or in the next turn of the event loop if it is over. */
  readonly until: (at: number) => Promise<void>;
};

/** Timers fire up to a millisecond late; the rest is waited for turn by turn. */
const timerMs = 1.5;

export function createMonotonic(): Monotonic {
  const offset = clockOffset();
  const now = (): number => performance.now() + offset;
  return {
    now,
    until: async (at) => {
      const rest = at - now();
      if (rest > timerMs) await sleep(rest - timerMs);
      while (now() < at) await nextTurn();
    },
  };
}
