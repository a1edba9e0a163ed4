import type PQueue from "p-queue";

import type { Adaptive } from "./adapt.ts";
import type { Flights } from "./flights.ts";
import type { Outage } from "./outage.ts";
import type { Pacer } from "./pace.ts";

import { backoffMs, type Policy } from "./retry.ts";

/** A first refusal may be an isolated one: the whole lane waits no longer than this for it. */
const firstHoldMs = 1_000;

/** What decides when the next request of a lane starts. */
export type LaneState = {
  readonly queue: PQueue;
  readonly pacer: Pacer;
  readonly adaptive: Adaptive;
  readonly outage: Outage;
  /** Nothing starts before this. */
  notBefore: number;
  /** Refusals, one per episode, since the vendor last accepted something. */
  refusals: number;
  firstRefusalAt: number;
  lastRefusalAt: number;
};

/** Nothing starts before this. */
export const heldUntil = ({ notBefore, outage }: LaneState): number =>
  Math.max(notBefore, outage.notBefore());

/** Two refusals in a row or an outage: the vendor accepts nothing for now, so a single request probes. */
export const widthOf = ({ refusals, outage, adaptive }: LaneState): number =>
  refusals > 1 || outage.isOut() ? 1 : adaptive.limit();

/** Nothing that the vendor said or did restrains the lane, and no rate spaces its requests. */
export const isCalm = (state: LaneState): boolean =>
  state.refusals === 0 &&
  state.pacer.rpm() === null &&
  !state.outage.isOut() &&
  heldUntil(state) <= performance.now();

/**
 * After a refusal the whole lane waits: briefly at first, because the refusal may be an isolated one, then as long as
 * the vendor says or the back-off demands, after which one request tries. Refusals of requests that had started
 * before the last counted refusal belong to the same episode.
 */
export function holdBack(
  state: LaneState,
  startedAt: number,
  retry_after_ms: number | null,
  policy: Policy,
): void {
  const now = performance.now();
  if (state.refusals === 0) state.firstRefusalAt = now;
  else if (startedAt < state.lastRefusalAt) return;
  state.refusals += 1;
  state.lastRefusalAt = now;
  const hint = Math.min(retry_after_ms ?? 0, policy.patience_ms);
  const wait =
    state.refusals === 1
      ? Math.min(hint, firstHoldMs)
      : Math.max(hint, backoffMs(state.refusals - 2, policy));
  state.notBefore = Math.max(state.notBefore, now + wait);
}

/** Starts and pauses the queue according to rate, hold and concurrency; `onWait` is called where nothing may start. */
export function createGate(
  state: LaneState,
  flights: Flights,
  onWait: () => void,
): { steer: () => void; close: () => void } {
  const { queue, pacer } = state;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const steer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed) return;
    const now = performance.now();
    const wait = Math.max(pacer.waitMs(now), heldUntil(state) - now);
    const width = widthOf(state) + flights.standby();
    if (wait > 0) {
      queue.pause();
      onWait();
      if (queue.size > 0) timer = setTimeout(steer, Math.ceil(wait));
    }
    if (queue.concurrency !== width) queue.concurrency = width;
    if (wait <= 0 && queue.isPaused) queue.start();
    flights.tend();
  };
  return {
    steer,
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
