import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { TargetView, View } from "../view/model.ts";

import { percentile } from "../../stats/percentile.ts";
import { trustOf } from "../run/session-trust.ts";
import { flag } from "../view/shapes.ts";

/** A session that answered for a target and whose times were not trusted. */
export type UntrustedSession = {
  readonly run: string;
  /** Null where no end line tells: the session was cut off, or is still under way. */
  readonly loop: LoopHealth | null;
};

/** What a target's times are worth. */
export type Timings = {
  /** Calls with a time. */
  readonly calls: number;
  /** Of those, the calls of answers during which this machine was too busy. */
  readonly lagged: number;
  /** Calls that opened a connection: name, TCP and TLS are part of their times. */
  readonly connected: number;
  /** Median time to open one. */
  readonly connect_p50_ms: number | null;
  /** Median number of requests of its lane that were under way when a call was sent; null where nobody counted. */
  readonly in_flight_p50: number | null;
  /** Answers that came in a batch of the vendor's, without times. */
  readonly batched: number;
  /** Empty where the sessions that answered can be trusted together. */
  readonly untrusted: readonly UntrustedSession[];
};

/** Counts the calls of the given rows, or of all. */
export function timingsOf(view: View, target: TargetView, rows?: Iterable<number>): Timings {
  const { at, length } = target.rows;
  const opened: number[] = [];
  const flying: number[] = [];
  const counts = { calls: 0, lagged: 0, batched: 0 };
  for (const row of rows ?? Array.from({ length }, (_, index) => index)) {
    if (((at.flags[row] ?? 0) & flag.batched) !== 0) counts.batched++;
    const from = at.calls_from[row] ?? 0;
    for (let call = from; call < from + (at.calls[row] ?? 0); call++) {
      if (!isTimed(target, call)) continue;
      counts.calls++;
      if (isLagged(target, row)) counts.lagged++;
      const together = target.calls.at.in_flight[call] ?? 0;
      if (together > 0) flying.push(together);
      if (isConnected(target, call)) opened.push(target.calls.at.connect_ms[call] ?? 0);
    }
  }
  return {
    ...counts,
    connected: opened.length,
    connect_p50_ms: medianOf(opened),
    in_flight_p50: medianOf(flying),
    untrusted: counts.calls === 0 ? [] : untrustedSessions(view, target),
  };
}

/** Calls that were timed, and those of them during which this machine was too busy. */
export type LaggedCalls = Pick<Timings, "calls" | "lagged">;

/** Counts a target's calls in one run of the view. */
export function laggedCalls(target: TargetView, run: number): LaggedCalls {
  const { at, length } = target.rows;
  const counts = { calls: 0, lagged: 0 };
  for (let row = 0; row < length; row++) {
    if (at.run[row] !== run) continue;
    const from = at.calls_from[row] ?? 0;
    for (let call = from; call < from + (at.calls[row] ?? 0); call++) {
      if (!isTimed(target, call)) continue;
      counts.calls++;
      if (isLagged(target, row)) counts.lagged++;
    }
  }
  return counts;
}

const isTimed = ({ calls: { at } }: TargetView, call: number): boolean =>
  Number.isFinite(at.total_ms[call] ?? Number.NaN);

const medianOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : percentile(Float64Array.from(values).toSorted(), 0.5);

/** True if this machine was too busy during the row's answer. */
export const isLagged = ({ rows: { at } }: TargetView, row: number): boolean =>
  ((at.flags[row] ?? 0) & flag.lagged) !== 0;

/** True if the call opened a connection of its own. */
export const isConnected = ({ calls: { at } }: TargetView, call: number): boolean =>
  !Number.isNaN(at.connect_ms[call] ?? Number.NaN);

function untrustedSessions(
  { runs, sessions }: View,
  { index }: TargetView,
): readonly UntrustedSession[] {
  const own = runs.flatMap(({ id }, run) =>
    (sessions[run] ?? []).map(({ loop, answers }) => ({
      run: id,
      loop,
      answers: answers.get(index) ?? 0,
    })),
  );
  return trustOf(own.filter(({ answers }) => answers > 0)).against.map(({ run, loop }) => ({
    run,
    loop,
  }));
}
