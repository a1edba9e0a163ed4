import { monitorEventLoopDelay, performance, type RecordableHistogram } from "node:perf_hooks";

import type { Timing } from "../../domain/call.ts";
import type { LoopHealth, TimingError } from "../../domain/run-file/session.ts";
import type { Canary } from "../canary/canary.ts";

import { fewestTimingSamples } from "../../domain/run-file/timing-samples.ts";
import { binomialCdf } from "../../stats/distributions.ts";
import { createDurations, figuresOf } from "../canary/readings.ts";
import { medianLag } from "../lag-meter.ts";

/** Watches how far this process's times can be trusted. */
export type HealthWatch = {
  /** Call as soon as an attempt has ended. True if its TTFT is off by more than is allowed, as far as can be told. */
  readonly wasLate: (timing: Timing | null) => Promise<boolean>;
  /** What was seen until now; `sendLags` as `Http` gives them. */
  readonly stop: (sendLags: Float64Array) => LoopReadings;
};

/** What the health of one event loop is told from, as plain data and histograms that threads can give to each other. */
export type LoopReadings = {
  readonly utilisation: number;
  readonly lag_p99_ms: number;
  readonly sendLags: Float64Array;
  readonly attempts: number;
  /** Times of first tokens. */
  readonly firstTokens: RecordableHistogram;
  /** Null: there was none. */
  readonly canary: { readonly errors: RecordableHistogram; readonly failure: string | null } | null;
};

const resolutionMs = 10;
/** What a time may be off: a share of itself, but what is below these milliseconds matters to nobody. */
const allowed = { share: 0.02, ms: 5 };
/**
 * So large a share of the times may be off by more than is allowed, and what chance adds to it at this level. A run of some
 * seconds has a hundred samples, of which a virtual machine that is held up twice spoils 2 %: that shows nothing yet.
 */
const tolerated = { share: 0.01, level: 0.05 };
/** Lines of one request of the canary, which a late request spoils together. */
const together = 2;
/** What is late by less than this long after the first token has been read by then. */
const settledMs = 100;

type Watched = Pick<Canary, "delayAround" | "errors" | "failure">;

/** Starts watching. The delay histogram's own resolution is subtracted from what it reports. */
export function watchHealth(canary: Watched | null): HealthWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const start = performance.eventLoopUtilization();
  const firstTokens = createDurations();
  const nextTurn = createNextTurn();
  let attempts = 0;
  return {
    wasLate: async (timing) => {
      attempts += 1;
      if (timing === null || canary === null) return false;
      const { first_token_ms, total_ms } = timing;
      const began = performance.now() - total_ms;
      const first = first_token_ms ?? total_ms;
      if (first_token_ms !== null) firstTokens.add(first_token_ms);
      // After a stall everything that arrived meanwhile is read in one turn, the canary's bytes perhaps last.
      if (total_ms - first < settledMs) await nextTurn();
      const late = Math.max(canary.delayAround(began), canary.delayAround(began + first));
      return late > allowedFor(first);
    },
    stop: (sendLags) => {
      histogram.disable();
      const p99 = histogram.percentile(99) / 1e6 - resolutionMs;
      const lag_p99_ms = Number.isFinite(p99) ? Math.max(0, p99) : 0;
      const { utilization: utilisation } = performance.eventLoopUtilization(start);
      return {
        utilisation,
        lag_p99_ms,
        sendLags,
        attempts,
        firstTokens: firstTokens.histogram,
        canary: canary && { errors: canary.errors.histogram, failure: canary.failure() },
      };
    },
  };
}

/** The health of the loops that took the times of a session: of how busy they were the worst, of errors those of all together. */
export function healthOf(loops: readonly LoopReadings[]): LoopHealth {
  const busy = {
    utilisation: Math.max(...loops.map(({ utilisation }) => utilisation)),
    lag_p99_ms: Math.max(...loops.map(({ lag_p99_ms }) => lag_p99_ms)),
    send_lag_p50_ms: medianLag(loops.map(({ sendLags }) => sendLags)),
  };
  const asking = loops.filter(({ attempts }) => attempts > 0);
  if (asking.length === 0) return { ...busy, trusted: true };
  const timing_error = timingError(asking);
  return { ...busy, timing_error, trusted: isTrusted(timing_error) };
}

const allowedFor = (ms: number | null): number => Math.max(allowed.ms, allowed.share * (ms ?? 0));

function timingError(loops: readonly LoopReadings[]): TimingError {
  const firstTokens = createDurations(loops.map((loop) => loop.firstTokens));
  const allowed_ms = allowedFor(firstTokens.quantile(0.5));
  const canaries = loops.map(({ canary }) => canary ?? silent());
  const errors = createDurations(canaries.map((canary) => canary.errors));
  const failure = canaries.map((canary) => canary.failure).find((each) => each !== null);
  return {
    ...figuresOf(errors),
    allowed_ms,
    over: errors.above(allowed_ms),
    ...(failure === undefined ? null : { failure }),
  };
}

const silent = () => ({ errors: createDurations().histogram, failure: "no canary was started" });

const isTrusted = ({ samples, over = 0, failure }: TimingError): boolean =>
  failure === undefined && samples >= fewestTimingSamples && !areTooMany(over, samples);

/** Whether so many spoilt samples are more than chance brings where 1 % of the times are off. */
export function areTooMany(over: number, samples: number): boolean {
  const late = Math.floor(over / together);
  const requests = Math.floor(samples / together);
  return late > 0 && 1 - binomialCdf(late - 1, requests, tolerated.share) <= tolerated.level;
}

/** Of the event loop. All that ask before it comes wait for the same. */
function createNextTurn(): () => Promise<void> {
  let coming: Promise<void> | null = null;
  const begin = (resolve: () => void): void => {
    setImmediate(() => {
      coming = null;
      resolve();
    });
  };
  return () => (coming ??= new Promise(begin));
}
