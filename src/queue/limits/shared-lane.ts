import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { LaneChange } from "../../domain/run-file/session.ts";
import type { Lane, OnChange } from "../../engine/calls/lanes.ts";
import type { Policy } from "../../engine/calls/retry.ts";
import type { Seen, Slot } from "../../engine/calls/slot.ts";
import type { Ticket } from "../../engine/calls/waiting.ts";
import type { Limiter, LimiterState } from "./limiter.ts";

import { createOutage } from "../../engine/calls/outage.ts";
import { unsent } from "../../engine/calls/slot.ts";
import { createWaiting } from "../../engine/calls/waiting.ts";
import { leaseMs } from "./limiter.ts";

/** How often a slot is asked for while other processes hold them all. */
const fullMs = 25;
const lookMs = 1_000;
const mostChanges = 200;

export type SharedLaneSetup = {
  readonly id: string;
  readonly entry: TargetEntry;
  /** Requests of this process at most. */
  readonly own: number;
  readonly limiter: Limiter;
  readonly policy: Policy;
  /** Where given, the limits are looked at every second, and each change is told with the lane's cap. */
  readonly onChange?: OnChange;
};

type Waiter = {
  readonly ticket: Ticket;
  readonly since: number;
  /** False if it was dropped meanwhile. */
  readonly enter: () => boolean;
  readonly run: (slot: Slot) => Promise<void>;
};

/**
 * A lane whose limits all processes on one Redis share: rates, requests under way, and what refusals have taught. Requests of
 * this process go by priority, then in order. Whether the server can be reached is each machine's own matter.
 */
export function createSharedLane(setup: SharedLaneSetup): Lane {
  const { id, entry, limiter, policy } = setup;
  const { concurrency, rpm, tpm, assumed } = entry.limits;
  const limits = { cap: concurrency, slow: assumed === true, rpm, tpm };
  const waiting = createWaiting();
  const outage = createOutage(policy);
  const queue: Waiter[] = [];
  const held = new Set<string>();
  const born = performance.now();
  const changes: LaneChange[] = [];
  let first: LimiterState | null = null;
  let state: LimiterState | null = null;
  let seenAt = 0;
  let stirring = false;
  let closed = false;

  const saw = (next: LimiterState): void => {
    first ??= next;
    if (next.changes > (state ?? next).changes) {
      const at_ms = Math.round(performance.now() - born);
      const why = next.grown ? ("grown" as const) : ("cut" as const);
      const change = { at_ms, concurrency: next.width, rpm, why };
      if (changes.length === mostChanges) changes.shift();
      changes.push(change);
      setup.onChange?.(id, { ...change, cap: concurrency });
    }
    state = next;
    seenAt = performance.now();
  };
  const renewal = setInterval(() => {
    if (held.size > 0) limiter.renew([...held]).then(saw, () => undefined);
  }, leaseMs / 3);
  const look = (): void => void limiter.look().then(saw, () => undefined);
  const looking = setup.onChange === undefined ? null : setInterval(look, lookMs);
  if (looking !== null) look();
  renewal.unref();
  looking?.unref();

  /** Starts what may start, as much at once as this process may have under way. */
  const stir = async (): Promise<void> => {
    if (stirring) return;
    stirring = true;
    try {
      while (queue.length > 0) {
        if (closed) return;
        const width = outage.isOut() ? 1 : Math.min(setup.own, concurrency);
        const free = Math.min(width - held.size, queue.length);
        if (free <= 0) return;
        const calm = outage.notBefore() - performance.now();
        if (calm > 0) {
          waiting.stall();
          await pause(calm);
          continue;
        }
        const wait_ms = await startSome(queue.slice(0, free));
        if (wait_ms === 0) continue;
        if ((state?.hold_ms ?? 0) > 0) waiting.stall();
        await pause(wait_ms < 0 ? fullMs : wait_ms);
      }
    } finally {
      stirring = false;
    }
  };

  /** Asks for a slot for each of some requests, and gives what it gets to the first in line. 0, or how long to wait. */
  const startSome = async (some: readonly Waiter[]): Promise<number> => {
    const asked = await Promise.all(
      some.map(async ({ ticket }) => {
        const lease = randomUUID();
        return { lease, at: await limiter.take(lease, limits, ticket.tokens) };
      }),
    );
    let wait_ms = 0;
    for (const { lease, at } of asked) {
      saw(at);
      if (!at.granted) {
        wait_ms = at.wait_ms;
        continue;
      }
      const waiter = takeNext(queue);
      if (waiter === null) {
        await limiter.free(lease);
        continue;
      }
      held.add(lease);
      void start(lease, waiter, at);
    }
    return wait_ms;
  };

  const start = async (lease: string, waiter: Waiter, at: LimiterState): Promise<void> => {
    const startedAt = performance.now();
    const reports: Promise<void>[] = [];
    const report = (seen: Seen): void => {
      outage.report(seen.contact ?? "reached", startedAt, performance.now());
      const tokens = seen.tokens === null ? 0 : seen.tokens - waiter.ticket.tokens;
      // What was refused has used nothing.
      const used = seen.signal === "refused" ? -waiter.ticket.tokens : tokens;
      if (seen.signal === "refused" && state !== null && state.refused_ms === 0)
        saw({ ...state, refused_ms: 1 });
      const after = seen.retry_after_ms ?? 0;
      const sent = { signal: seen.signal, started: at.now, retry_after_ms: after, tokens: used };
      reports.push(limiter.report(sent).then(saw));
    };
    try {
      await waiter.run({ queued_ms: startedAt - waiter.since, in_flight: held.size, report });
      await Promise.all(reports);
    } finally {
      held.delete(lease);
      const freed = limiter.free(lease).then(saw, () => undefined);
      // Sent behind it on the same connection, so that the slot is there.
      void stir().catch(() => undefined);
      await freed;
    }
  };

  const age = (ms: number | undefined): number =>
    ms === undefined || ms === 0 ? 0 : ms + performance.now() - seenAt;
  return {
    id,
    concurrency,
    standby: 0,
    hold: (task, ticket) =>
      new Promise((resolve, reject) => {
        const entered = waiting.enter(ticket, () => {
          const at = queue.findIndex((each) => each.ticket === ticket);
          if (at >= 0) queue.splice(at, 1);
          resolve(null);
        });
        if (entered === null) return resolve(null);
        queue.push({
          ticket,
          since: performance.now(),
          enter: entered.leave,
          run: (slot) =>
            task(slot).then((result) => resolve(result === unsent ? null : result), reject),
        });
        stir().catch(reject);
      }),
    drop: (what, name) => waiting.drop(what, name),
    refusedForMs: () => age(state?.refused_ms),
    isOut: outage.isOut,
    isLoading: outage.isLoading,
    outForMs: () => outage.forMs(performance.now()),
    heldForMs: () =>
      Math.max(
        0,
        outage.notBefore() - performance.now(),
        (state?.hold_ms ?? 0) - (performance.now() - seenAt),
      ),
    history: () => ({
      lane: id,
      start: first === null || first.cap === 0 ? concurrency : first.width,
      cap: concurrency,
      requests: (state?.requests ?? 0) - (first?.requests ?? 0),
      refused: (state?.refused ?? 0) - (first?.refused ?? 0),
      changes: (state?.changes ?? 0) - (first?.changes ?? 0),
      last: [...changes],
    }),
    close: () => {
      closed = true;
      clearInterval(renewal);
      if (looking !== null) clearInterval(looking);
    },
  };
}

const pause = async (ms: number): Promise<void> => {
  await sleep(Math.min(1_000, Math.ceil(ms)));
};

/** The waiting request that goes first. */
const nextIn = (queue: readonly Waiter[]): Waiter | undefined =>
  queue.reduce<Waiter | undefined>(
    (best, each) =>
      best === undefined || each.ticket.priority > best.ticket.priority ? each : best,
    undefined,
  );

/** Takes it out; null where all were dropped meanwhile. */
function takeNext(queue: Waiter[]): Waiter | null {
  for (let next = nextIn(queue); next !== undefined; next = nextIn(queue)) {
    queue.splice(queue.indexOf(next), 1);
    if (next.enter()) return next;
  }
  return null;
}
