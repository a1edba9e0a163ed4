import PQueue from "p-queue";
import type { LaneChange, LaneHistory, LimitLine } from "../../domain/run-file/session.ts";

import { type Adaptive, createAdaptive, type Signal } from "./adapt.ts";
import { backoffMs, defaultPolicy, type Policy } from "./retry.ts";
import { createPacer, type Pacer } from "./pace.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

/** Where a request stands in its lane when it starts. */
export type Slot = {
  /** Milliseconds that it waited here. */
  readonly queued_ms: number;
  /** Requests of this lane under way, itself included. */
  readonly in_flight: number;
  /** Tells the lane how the request ended, before its slot is given back. */
  readonly saw: (ended: Seen) => void;
};

export type Seen = {
  readonly signal: Signal;
  readonly retry_after_ms: number | null;
  /** Tokens that it took, or null where nobody knows. */
  readonly tokens: number | null;
};

/** Waiting requests of higher priority start first. */
export const priority = { fresh: 0, followUp: 1, retry: 2, judge: 3 } as const;

export type Ticket = {
  readonly priority: number;
  /** The target that asks. */
  readonly target: string;
  /** Tokens that the request is thought to take. */
  readonly tokens: number;
};

/** One limit scope of a vendor with its queue. */
export type Lane = {
  readonly id: string;
  /** The most that may ever be under way. */
  readonly concurrency: number;
  /**
   * Runs `task` when a slot is free and the rate allows; the slot is held until it settles.
   * Resolves to null where the request was dropped while it waited.
   */
  readonly hold: <T>(task: (slot: Slot) => Promise<T>, ticket: Ticket) => Promise<T | null>;
  /** Drops what waits, from now on too: only fresh requests, or all; of one target, or of every. What runs goes on. */
  readonly drop: (what: "fresh" | "all", target?: string) => void;
  /** Milliseconds for which the vendor has refused everything; 0 where it has not. */
  readonly refusedForMs: () => number;
  readonly history: () => LaneHistory;
  /** Ends its timers. */
  readonly close: () => void;
};

export type Lanes = {
  readonly of: (target: TargetEntry) => Lane;
  readonly all: () => readonly Lane[];
};

/** Gets each change as it happens, with the most that is allowed. */
export type OnChange = (lane: string, change: LaneChange & { readonly cap: number }) => void;

/** Where an earlier session of the run left a lane. */
export type Known = Pick<LimitLine, "cap" | "concurrency" | "rpm" | "why">;

/**
 * One lane for each account, or for each account and model where the vendor limits by model. Targets of one
 * lane share its limits. The lane's numbers are those of its first target, which names the vendor's;
 * one that is `known` goes on where it was, unless its concurrency has been stated anew since.
 */
export function createLanes(
  targets: readonly TargetEntry[],
  policy: Policy = defaultPolicy,
  onChange: OnChange = () => undefined,
  known: ReadonlyMap<string, Known> = new Map(),
): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (target: TargetEntry): Lane => {
    const id = laneId(target);
    const lane =
      lanes.get(id) ?? createLane({ id, target, policy, onChange, known: known.get(id) });
    lanes.set(id, lane);
    return lane;
  };
  targets.forEach(laneOf);
  return { of: laneOf, all: () => [...lanes.values()] };
}

export const laneId = ({ provider, model, limits }: TargetEntry): string =>
  limits.scope === "account" ? provider : `${provider}/${model}`;

const mostChanges = 200;
/** A first refusal may be a single one: the whole lane waits no longer than this for it. */
const firstHoldMs = 1_000;

type State = {
  readonly queue: PQueue;
  readonly pacer: Pacer;
  readonly adaptive: Adaptive;
  /** Nothing starts before this. */
  notBefore: number;
  /** Refusals, one an episode, since the vendor last accepted something. */
  storm: number;
  stormSince: number;
  stormAt: number;
};

type LaneSetup = {
  readonly id: string;
  readonly target: TargetEntry;
  readonly policy: Policy;
  readonly onChange: OnChange;
  readonly known: Known | undefined;
};

function createLane({ id, target, policy, onChange, known }: LaneSetup): Lane {
  const { limits, baseline } = target;
  const { concurrency, rpm, tpm } = limits;
  const born = performance.now();
  const left = known?.cap === concurrency ? known : undefined;
  const adaptive = createAdaptive(concurrency, limits.assumed === true && !baseline, left);
  const start = adaptive.limit();
  const state: State = {
    queue: new PQueue({ concurrency: start }),
    pacer: createPacer({ rpm, tpm, found: known?.rpm ?? null, now: born }),
    adaptive,
    notBefore: 0,
    storm: 0,
    stormSince: 0,
    stormAt: 0,
  };
  const { queue } = state;
  const changes: LaneChange[] = [];
  const counts = { requests: 0, refused: 0, changes: 0 };
  const door = createDoor(state);
  const waiting = createWaiting();

  let rate = state.pacer.rpm();
  const note = (why: LaneChange["why"]): void => {
    const at_ms = Math.round(performance.now() - born);
    rate = state.pacer.rpm();
    const change = { at_ms, concurrency: adaptive.limit(), rpm: rate, why };
    counts.changes += 1;
    if (changes.length === mostChanges) changes.shift();
    changes.push(change);
    onChange(id, { ...change, cap: concurrency });
  };

  const saw = (startedAt: number, ticket: Ticket, ended: Seen): void => {
    const now = performance.now();
    if (ended.tokens !== null) state.pacer.correct(now, ended.tokens - ticket.tokens);
    if (ended.signal === "accepted") state.storm = 0;
    if (ended.signal === "refused") {
      counts.refused += 1;
      state.pacer.refused(now, startedAt, state.storm === 0);
      if (ticket.tokens > 0) state.pacer.correct(now, -ticket.tokens);
      holdBack(state, startedAt, ended.retry_after_ms, policy);
    }
    const change = adaptive.saw(ended.signal, startedAt, now);
    door.steer();
    const now_rpm = state.pacer.rpm();
    if (change !== null) note(change);
    else if (now_rpm !== rate) note(isLower(now_rpm, rate) ? "cut" : "grown");
  };

  const hold: Lane["hold"] = (task, ticket) =>
    new Promise((resolve, reject) => {
      const asked = performance.now();
      const place = waiting.enter(ticket, () => resolve(null));
      if (place === null) return resolve(null);
      const held = async (): Promise<void> => {
        if (!place.leave()) return;
        const at = performance.now();
        counts.requests += 1;
        state.pacer.start(at, ticket.tokens);
        door.steer();
        const slot = {
          queued_ms: at - asked,
          in_flight: queue.pending,
          saw: (ended: Seen) => saw(at, ticket, ended),
        };
        await task(slot).then(resolve, reject);
      };
      void queue.add(held, { priority: ticket.priority });
      door.steer();
    });

  return {
    id,
    concurrency,
    hold,
    drop: waiting.drop,
    refusedForMs: () => (state.storm === 0 ? 0 : performance.now() - state.stormSince),
    history: () => ({ lane: id, start, cap: concurrency, ...counts, last: [...changes] }),
    close: door.close,
  };
}

/** Nothing bounds a rate that is null. */
const isLower = (rpm: number | null, than: number | null): boolean =>
  (rpm ?? Number.POSITIVE_INFINITY) < (than ?? Number.POSITIVE_INFINITY);

/**
 * After a refusal the lane waits as a whole: at first shortly, because the refusal may be a single one, then as long as
 * the vendor says or the back-off makes it, and lets one request try. Refusals of requests that had
 * started before the last one was counted belong to it.
 */
function holdBack(
  state: State,
  startedAt: number,
  retry_after_ms: number | null,
  policy: Policy,
): void {
  const now = performance.now();
  if (state.storm === 0) state.stormSince = now;
  else if (startedAt < state.stormAt) return;
  state.storm += 1;
  state.stormAt = now;
  const hint = Math.min(retry_after_ms ?? 0, policy.patience_ms);
  const wait =
    state.storm === 1
      ? Math.min(hint, firstHoldMs)
      : Math.max(hint, backoffMs(state.storm - 2, policy));
  state.notBefore = Math.max(state.notBefore, now + wait);
}

/** Opens and closes the queue by rate, hold and concurrency. */
function createDoor(state: State): { steer: () => void; close: () => void } {
  const { queue, pacer, adaptive } = state;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const steer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed) return;
    const now = performance.now();
    const wait = Math.max(pacer.waitMs(now), state.notBefore - now);
    // Two refusals one after the other: the vendor takes nothing now, so one request tries.
    const width = state.storm > 1 ? 1 : adaptive.limit();
    if (wait > 0) {
      queue.pause();
      if (queue.size > 0) timer = setTimeout(steer, Math.ceil(wait));
    }
    if (queue.concurrency !== width) queue.concurrency = width;
    if (wait <= 0 && queue.isPaused) queue.start();
  };
  return {
    steer,
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Those who wait, and who need not come any more. */
function createWaiting() {
  const waiting = new Set<{ readonly ticket: Ticket; readonly onDrop: () => void }>();
  const dropped: { readonly what: "fresh" | "all"; readonly target: string | undefined }[] = [];
  const isDropped = (ticket: Ticket): boolean =>
    dropped.some(
      ({ what, target }) =>
        (what === "all" || ticket.priority === priority.fresh) &&
        (target === undefined || target === ticket.target),
    );
  return {
    /** Null where the ticket has been dropped already. `leave` is false where it has been dropped since. */
    enter: (ticket: Ticket, onDrop: () => void): { readonly leave: () => boolean } | null => {
      if (isDropped(ticket)) return null;
      const place = { ticket, onDrop };
      waiting.add(place);
      return { leave: () => waiting.delete(place) };
    },
    drop: (what: "fresh" | "all", target?: string): void => {
      dropped.push({ what, target });
      for (const place of waiting) {
        if (!isDropped(place.ticket)) continue;
        waiting.delete(place);
        place.onDrop();
      }
    },
  };
}
