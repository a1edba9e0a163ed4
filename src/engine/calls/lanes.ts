import PQueue from "p-queue";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { LaneChange, LaneHistory, LimitLine } from "../../domain/run-file/session.ts";
import type { Sender } from "../../transport/thread/sender.ts";

import { createAdaptive } from "./adapt.ts";
import { createFlights, standbyFor } from "./flights.ts";
import { createGate, heldUntil, holdBack, isCalm, type LaneState, widthOf } from "./gate.ts";
import { createOutage } from "./outage.ts";
import { createPacer } from "./pace.ts";
import { defaultPolicy, type Policy } from "./retry.ts";
import { type Seen, type Slot, unsent } from "./slot.ts";
import { createWaiting, type DropScope, type Ticket } from "./waiting.ts";

/** One rate-limit scope of a vendor, with its queue. */
export type Lane = {
  readonly id: string;
  /** The most requests that may ever be in flight. */
  readonly concurrency: number;
  /** The most requests that may have a slot beside them: they stand by, or their answers are being written. */
  readonly standby: number;
  /**
   * Runs `task` once a slot is free and the rate allows it; the slot is held until the task settles.
   * Resolves to null if the request was dropped while waiting. A task that resolves to `unsent` is run again.
   */
  readonly hold: <T>(
    task: (slot: Slot) => Promise<T | typeof unsent>,
    ticket: Ticket,
  ) => Promise<T | null>;
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
 * unless its configured concurrency has changed since. At a `sender` with lanes a few requests stand by.
 */
export function createLanes(
  targets: readonly TargetEntry[],
  policy: Policy = defaultPolicy,
  onChange: OnChange = () => undefined,
  known: ReadonlyMap<string, Known> = new Map(),
  sender: Pick<Sender, "lane"> = {},
): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (target: TargetEntry): Lane => {
    const id = laneId(target);
    const lane =
      lanes.get(id) ?? createLane({ id, target, policy, onChange, known: known.get(id), sender });
    lanes.set(id, lane);
    return lane;
  };
  targets.forEach(laneOf);
  return { of: laneOf, all: () => [...lanes.values()] };
}

export const laneId = ({ provider, model, limits }: TargetEntry): string =>
  limits.scope === "account" ? provider : `${provider}/${model}`;

const mostChanges = 200;
/** Of a priority, so that what came back is the first of its own. */
const ahead = 0.5;
type LaneSetup = {
  readonly id: string;
  readonly target: TargetEntry;
  readonly policy: Policy;
  readonly onChange: OnChange;
  readonly known: Known | undefined;
  readonly sender: Pick<Sender, "lane">;
};

function createLane({ id, target, policy, onChange, known, sender }: LaneSetup): Lane {
  const { limits, baseline } = target;
  const { concurrency, rpm, tpm } = limits;
  const born = performance.now();
  const left = known?.cap === concurrency ? known : undefined;
  const adaptive = createAdaptive(concurrency, limits.assumed === true && !baseline, left);
  const start = adaptive.limit();
  const state: LaneState = {
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
  let isEnding = false;
  const flights = createFlights({
    sender: sender.lane?.() ?? null,
    width: () => widthOf(state),
    isFree: () => !isEnding && tpm === null && isCalm(state),
    onStart: (at, ticket) => {
      counts.requests += 1;
      state.pacer.start(at, ticket.tokens);
    },
    onEnded: (startedAt, ticket, ended) => onEnded(startedAt, ticket, ended),
    steer: () => gate.steer(),
  });
  const gate = createGate(state, flights, waiting.stall);

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
      const enter = (rank: number): void => {
        const entry = waiting.enter(ticket, () => resolve(null));
        if (entry === null) return resolve(null);
        // No function that waits: the queue waits for what the task resolves to, and one of each slot would wait as well.
        const held = (): Promise<void> | undefined => {
          if (!entry.leave()) return undefined;
          const flight = flights.board(ticket, enqueuedAt);
          gate.steer();
          return task(flight.slot).then(
            (result) => {
              flights.leave(flight);
              if (result === unsent) enter(ticket.priority + ahead);
              else resolve(result);
            },
            (error: unknown) => {
              flights.leave(flight);
              reject(error);
            },
          );
        };
        void queue.add(held, { priority: rank });
        gate.steer();
      };
      enter(ticket.priority);
    });

  return {
    id,
    concurrency,
    standby: sender.lane === undefined ? 0 : standbyFor(concurrency),
    hold,
    drop: (what, name) => {
      isEnding ||= name === undefined;
      waiting.drop(what, name);
      flights.recall();
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

/** Null means unlimited. */
const isLower = (rpm: number | null, than: number | null): boolean =>
  (rpm ?? Number.POSITIVE_INFINITY) < (than ?? Number.POSITIVE_INFINITY);
