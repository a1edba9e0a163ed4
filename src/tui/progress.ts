import type { Outcome } from "../domain/outcome.ts";
import type { LiveEvent, RunEvent } from "../domain/run-file/event.ts";
import type { LimitLine } from "../domain/run-file/session.ts";
import type { View } from "../report/view/model.ts";

import { laneId } from "../engine/calls/lanes.ts";
import { doneOf } from "../report/view/totals.ts";

/** How long the rest will take, as far as that is known. */
export type Eta =
  | { readonly kind: "finished" }
  /** Some target has not answered lately, so there is nothing to estimate from. */
  | { readonly kind: "unknown"; readonly waiting: string }
  /** The server of a target is gone: nothing is asked of it until it is back or given up. */
  | { readonly kind: "gone"; readonly waiting: string }
  | { readonly kind: "known"; readonly ms: number; readonly slowest: string };

/** Why a target is waiting, in the vendor's words too, and until when on the progress clock. */
export type Wait = {
  readonly outcome: Outcome;
  readonly until_ms: number;
  readonly said: string;
  /** The server is loading its model; until then it is waited for. */
  readonly isLoading: boolean;
  /** When a server that answered before and is gone is given up; null where none is gone. */
  readonly given_up_ms: number | null;
};

/** The run's clock and speed. Time during which the user paused the run does not count. */
export type RunProgress = {
  readonly take: (event: RunEvent) => void;
  /** Samples the view; call it several times a second. */
  readonly sample: () => void;
  readonly hold: (held: boolean) => void;
  readonly elapsedMs: () => number;
  readonly eta: () => Eta;
  readonly state: () => RunState;
};

/** What the engine last reported about its targets and lanes. */
export type RunState = {
  /** Targets that are waiting before a retry. */
  readonly waits: ReadonlyMap<string, Wait>;
  /** Targets that get no further requests. */
  readonly stopped: ReadonlyMap<string, Stopped>;
  /** Limits as a continued run found them or that have changed during the run, by lane. */
  readonly limits: ReadonlyMap<string, ShownLimits>;
  /** For how long the oldest request that is under way has been, by target; absent where none is. */
  readonly oldest_ms: ReadonlyMap<string, number>;
};

/** A lane's limits now, the highest concurrency allowed, and why they changed last; null where they have not. */
export type ShownLimits = Pick<LimitLine, "concurrency" | "rpm" | "cap"> & {
  readonly why: LimitLine["why"] | null;
};

type Stopped = Extract<LiveEvent, { readonly kind: "stopped" }>;

/** A request under way, and when it was sent on the progress clock. */
type Flight = { readonly target: string; readonly since: number };

type Sample = { readonly at: number; readonly answers: number };

const everyMs = 1_000;
const windowMs = 60_000;
const minAnswers = 3;

/** `now` is a monotonic clock in milliseconds. */
export function createRunProgress(view: View, now: () => number): RunProgress {
  const started = now();
  let heldSince: number | null = null;
  let heldMs = 0;
  const clock = (): number => (heldSince ?? now()) - started - heldMs;
  const samples = new Map<string, Sample[]>();
  const waits = new Map<string, Wait>();
  const stopped = new Map<string, Stopped>();
  const limits = new Map<string, ShownLimits>();
  const flights = new Map<string, Flight>();
  /** When servers that are gone are given up. */
  const gone = new Map<string, number>();

  const sample = (): void => {
    const at = clock();
    for (const target of view.targets) {
      const { ref } = target;
      const list = samples.get(ref) ?? [];
      const last = list.at(-1);
      if (last !== undefined && at - last.at < everyMs) continue;
      list.push({ at, answers: doneOf(target) });
      while (list.length > 2 && at - (list[0]?.at ?? at) > windowMs) list.shift();
      samples.set(ref, list);
    }
    for (const key of flights.keys()) if (!view.asking.has(key)) flights.delete(key);
    for (const [ref, { until_ms }] of waits) if (until_ms < at) waits.delete(ref);
  };

  return {
    sample,
    take: (event) => {
      if (event.kind === "asking" && !flights.has(event.key)) {
        flights.set(event.key, { target: event.target, since: clock() });
      }
      if (event.kind === "stopped") stopped.set(event.target, event);
      if (event.kind === "limit") limits.set(event.lane, event);
      if (event.kind === "lane") limits.set(event.lane, { ...event, why: null });
      if (event.kind === "answer") {
        waits.forEach(({ isLoading }, ref) => {
          if (isLoading && isOneLane(view, ref, event.target)) waits.delete(ref);
        });
        for (const ref of gone.keys())
          if (event.outcome !== "network" && isOneLane(view, ref, event.target)) gone.delete(ref);
      }
      if (event.kind !== "retrying") return;
      const { outcome, code, message, lane, loading_ms, gone_ms } = event;
      const given_up_ms = gone_ms === undefined ? null : clock() + gone_ms;
      if (given_up_ms !== null) gone.set(event.target, given_up_ms);
      const isLoading = loading_ms !== undefined;
      const lane_wait_ms = loading_ms ?? event.lane_wait_ms;
      const said = [code, message].filter((part) => part !== null && part !== "").join(" ");
      const note = (ref: string, wait_ms: number): void => {
        const until_ms = clock() + wait_ms;
        const known = waits.get(ref);
        // A server that loads is waited for until it answers, whatever the single calls do.
        if (known === undefined || known.until_ms <= until_ms || isLoading) {
          waits.set(ref, { outcome, until_ms, said, isLoading, given_up_ms });
        }
      };
      note(event.target, Math.max(event.wait_ms, lane_wait_ms));
      if (lane_wait_ms === 0) return;
      for (const { ref, entry } of view.targets) {
        if (entry !== null && laneId(entry) === lane) note(ref, lane_wait_ms);
      }
    },
    hold: (held) => {
      if (held) heldSince ??= now();
      else if (heldSince !== null) {
        heldMs += now() - heldSince;
        heldSince = null;
      }
    },
    elapsedMs: clock,
    eta: () => goneOf(view, gone, stopped, clock()) ?? etaOf(view, samples, stopped, clock()),
    state: () => ({ waits, stopped, limits, oldest_ms: oldestOf(view, flights, clock()) }),
  };
}

function isOneLane({ byRef }: View, ref: string, other: string): boolean {
  const [a, b] = [ref, other].map((each) => byRef.get(each)?.entry ?? null);
  return ref === other || (a != null && b != null && laneId(a) === laneId(b));
}

/** Keys come in the order in which they were sent, so the first of a target is its oldest. */
function oldestOf(
  view: View,
  flights: ReadonlyMap<string, Flight>,
  at: number,
): ReadonlyMap<string, number> {
  const oldest = new Map<string, number>();
  for (const [key, { target, since }] of flights) {
    if (view.asking.has(key) && !oldest.has(target)) oldest.set(target, at - since);
  }
  return oldest;
}

/** The first target whose server is gone and still looked for. */
function goneOf(
  view: View,
  gone: ReadonlyMap<string, number>,
  stopped: RunState["stopped"],
  at: number,
): Eta | null {
  const planned = view.run?.size.per_target ?? 0;
  for (const target of view.targets) {
    const { ref } = target;
    if (stopped.has(ref) || doneOf(target) >= planned) continue;
    if ((gone.get(ref) ?? 0) > at) return { kind: "gone", waiting: ref };
  }
  return null;
}

/** The slowest target decides. Where requests per minute are stated, no estimate assumes a faster rate. */
function etaOf(
  view: View,
  samples: ReadonlyMap<string, readonly Sample[]>,
  stopped: RunState["stopped"],
  at: number,
): Eta {
  const planned = view.run?.size.per_target ?? 0;
  let slowest: { ref: string; ms: number } | null = null;
  for (const target of view.targets) {
    const { ref, entry } = target;
    const done = doneOf(target);
    const left = planned - done;
    if (left <= 0 || stopped.has(ref)) continue;
    const list = samples.get(ref) ?? [];
    const first = list[0];
    const answered = done - (first?.answers ?? done);
    if (first === undefined || answered < Math.min(minAnswers, left)) {
      return { kind: "unknown", waiting: ref };
    }
    const observed = (left * (at - first.at)) / answered;
    const stated = ((left - concurrencyOf(entry)) * 60_000) / (entry?.limits.rpm ?? Infinity);
    const ms = Math.max(observed, stated);
    if (slowest === null || ms > slowest.ms) slowest = { ref, ms };
  }
  if (slowest === null) return { kind: "finished" };
  return { kind: "known", ms: slowest.ms, slowest: slowest.ref };
}

const concurrencyOf = (entry: View["targets"][number]["entry"]): number =>
  entry?.limits.concurrency ?? 1;
