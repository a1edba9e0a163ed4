import PQueue from "p-queue";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { LaneChange, LaneHistory, LimitLine } from "../../domain/run-file/session.ts";

import { type Adaptive, createAdaptive, type Signal } from "./adapt.ts";
import { type Contact, createOutage, type Outage } from "./outage.ts";
import { createPacer, type Pacer } from "./pace.ts";
import { backoffMs, defaultPolicy, type Policy } from "./retry.ts";
import { createWaiting, type DropScope, type Ticket } from "./waiting.ts";

/** A request's slot in its lane, as it starts. */
export type Slot = {
  /** Milliseconds it waited in the queue. */
  readonly queued_ms: number;
  /** Requests of this lane in flight, including this one. */
  readonly in_flight: number;
  /** Tells the lane how the request ended, before the slot is released. */
  readonly report: (ended: Seen) => void;
};

export type Seen = {
  readonly signal: Signal;
  readonly retry_after_ms: number | null;
  /** Tokens used, or null if unknown. */
  readonly tokens: number | null;
  /** Without it, the server was there. */
  readonly contact?: Contact;
};

/** One rate-limit scope of a vendor, with its queue. */
export type Lane = {
  readonly id: string;
  /** The most requests that may ever be in flight. */
  readonly concurrency: number;
  /**
   * Runs `task` once a slot is free and the rate allows it; the slot is held until the task settles.
   * Resolves to null if the request was dropped while waiting.
   */
  readonly hold: <T>(task: (slot: Slot) => Promise<T>, ticket: Ticket) => Promise<T | null>;
  /**
   * Drops waiting requests, now and in future, of one target or of all: all of them, or, with "fresh", new questions and
   * second attempts, and the rest too while the lane has to wait for its vendor. Running ones continue.
   */
  readonly drop: (what: DropScope, target?: string) => void;
  /** Milliseconds for which the vendor has been refusing everything; 0 if it is not. */
  readonly refusedForMs: () => number;
  /** True while a server that had answered cannot be reached, or one that has not is loading. */
  readonly isOut: () => boolean;
  /** True while a server that has never answered says that it is loading. */
  readonly isLoading: () => boolean;
  /** For how long, in milliseconds; 0 if it can. */
  readonly outForMs: () => number;
  /** Milliseconds until the lane sends anything again after a refusal or in an outage; 0 if it does not wait. */
  readonly heldForMs: () => number;
  readonly history: () => LaneHistory;
  /** Clears its timers. */
  readonly close: () => void;
};

export type Lanes = {
  readonly of: (target: TargetEntry) => Lane;
  readonly all: () => readonly Lane[];
};

/** Called on each change, with the lane's cap. */
export type OnChange = (lane: string, change: LaneChange & { readonly cap: number }) => void;

/** The state in which an earlier session of the run left a lane. */
export type Known = Pick<LimitLine, "cap" | "concurrency" | "rpm" | "why">;

/**
 * One lane per account, or per account and model if the vendor limits by model. Targets of one lane share its
 * limits, which are read from its first target: they are the vendor's. A lane that is `known` resumes where it was,
 * unless its configured concurrency has changed since.
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
/** A first refusal may be an isolated one: the whole lane waits no longer than this for it. */
const firstHoldMs = 1_000;

type State = {
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
    outage: createOutage(policy),
    notBefore: 0,
    refusals: 0,
    firstRefusalAt: 0,
    lastRefusalAt: 0,
  };
  const { queue } = state;
  const changes: LaneChange[] = [];
  const counts = { requests: 0, refused: 0, changes: 0 };
  const waiting = createWaiting();
  const gate = createGate(state, waiting.stall);

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

  const onEnded = (startedAt: number, ticket: Ticket, ended: Seen): void => {
    const now = performance.now();
    if (ended.tokens !== null) state.pacer.correct(now, ended.tokens - ticket.tokens);
    if (ended.signal === "accepted") state.refusals = 0;
    if (ended.signal === "refused") {
      counts.refused += 1;
      state.pacer.refused(now, startedAt, state.refusals === 0);
      if (ticket.tokens > 0) state.pacer.correct(now, -ticket.tokens);
      holdBack(state, startedAt, ended.retry_after_ms, policy);
    }
    state.outage.report(ended.contact ?? "reached", startedAt, now);
    const change = adaptive.report(ended.signal, startedAt, now);
    gate.steer();
    const newRate = state.pacer.rpm();
    if (change !== null) note(change);
    else if (newRate !== rate) note(isLower(newRate, rate) ? "cut" : "grown");
  };

  const hold: Lane["hold"] = (task, ticket) =>
    new Promise((resolve, reject) => {
      const enqueuedAt = performance.now();
      const entry = waiting.enter(ticket, () => resolve(null));
      if (entry === null) return resolve(null);
      // No function that waits: the queue waits for what the task resolves to, and one of each slot would wait as well.
      const held = (): Promise<void> | undefined => {
        if (!entry.leave()) return undefined;
        const at = performance.now();
        counts.requests += 1;
        state.pacer.start(at, ticket.tokens);
        gate.steer();
        const slot = {
          queued_ms: at - enqueuedAt,
          in_flight: queue.pending,
          report: (ended: Seen) => onEnded(at, ticket, ended),
        };
        return task(slot).then(resolve, reject);
      };
      void queue.add(held, { priority: ticket.priority });
      gate.steer();
    });

  return {
    id,
    concurrency,
    hold,
    drop: (what, name) => {
      waiting.drop(what, name);
      gate.steer();
    },
    refusedForMs: () => (state.refusals === 0 ? 0 : performance.now() - state.firstRefusalAt),
    isOut: state.outage.isOut,
    isLoading: state.outage.isLoading,
    outForMs: () => state.outage.forMs(performance.now()),
    heldForMs: () => Math.max(0, heldUntil(state) - performance.now()),
    history: () => ({ lane: id, start, cap: concurrency, ...counts, last: [...changes] }),
    close: gate.close,
  };
}

const heldUntil = ({ notBefore, outage }: State): number => Math.max(notBefore, outage.notBefore());

/** Null means unlimited. */
const isLower = (rpm: number | null, than: number | null): boolean =>
  (rpm ?? Number.POSITIVE_INFINITY) < (than ?? Number.POSITIVE_INFINITY);

/**
 * After a refusal the whole lane waits: briefly at first, because the refusal may be an isolated one, then as long as
 * the vendor says or the back-off demands, after which one request tries. Refusals of requests that had started
 * before the last counted refusal belong to the same episode.
 */
function holdBack(
  state: State,
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
function createGate(state: State, onWait: () => void): { steer: () => void; close: () => void } {
  const { queue, pacer, adaptive } = state;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const steer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed) return;
    const now = performance.now();
    const wait = Math.max(pacer.waitMs(now), heldUntil(state) - now);
    // Two refusals in a row or an outage: the vendor accepts nothing for now, so a single request probes.
    const width = state.refusals > 1 || state.outage.isOut() ? 1 : adaptive.limit();
    if (wait > 0) {
      queue.pause();
      onWait();
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
