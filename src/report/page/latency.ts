import type { Distribution } from "../score/distribution.ts";

import { percentile } from "../../stats/percentile.ts";
import { distribution } from "../score/distribution.ts";

/** One call that has a time, or that timed out for good. */
export type TimedCall = {
  /** +Infinity for a final timeout, null where the event did not happen. */
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  readonly in_flight: number;
  /** Hour of the day in the run's time zone, 0 to 23. */
  readonly hour: number;
  readonly cached: boolean;
  readonly thinking: boolean;
  /** Where the worker that asked stood; null where nobody said. */
  readonly region: string | null;
};

/** A part of a target's calls. */
export type LatencyGroup = {
  readonly by: "in_flight" | "hour" | "cache" | "thinking" | "region";
  readonly name: string;
  readonly first_token_ms: Distribution | null;
  readonly total_ms: Distribution | null;
};

/** How a target's times are spread. */
export type TargetLatency = {
  readonly target: string;
  /** Times in ms at 0 %, 1 % … 100 % of the calls: the empirical distribution. Infinite from where calls timed out. */
  readonly curves: {
    readonly first_token_ms: readonly number[];
    readonly total_ms: readonly number[];
  };
  readonly groups: readonly LatencyGroup[];
};

const steps = 100;

/** The spread of a target's times, whole and in parts. A part in which all calls lie says nothing and is left out. */
export function latencyOf(target: string, calls: readonly TimedCall[]): TargetLatency {
  return {
    target,
    curves: {
      first_token_ms: curveOf(timesOf(calls, "first_token_ms")),
      total_ms: curveOf(timesOf(calls, "total_ms")),
    },
    groups: [
      ...groupsOf("in_flight", calls, ({ in_flight }) => band(in_flight)),
      ...groupsOf("hour", calls, ({ hour }) => String(hour).padStart(2, "0")),
      ...groupsOf("cache", calls, ({ cached }) => (cached ? "cached" : "cold")),
      ...groupsOf("thinking", calls, ({ thinking }) => (thinking ? "thinking" : "direct")),
      ...groupsOf("region", calls, ({ region }) => region ?? "—"),
    ],
  };
}

/** 1, 2, 3–4, 5–8 …: so that bands hold enough calls. */
function band(inFlight: number): string {
  if (inFlight <= 2) return String(inFlight);
  const high = 2 ** Math.ceil(Math.log2(inFlight));
  return `${high / 2 + 1}–${high}`;
}

function groupsOf(
  by: LatencyGroup["by"],
  calls: readonly TimedCall[],
  nameOf: (call: TimedCall) => string,
): readonly LatencyGroup[] {
  const parts = [...Map.groupBy(calls, nameOf)];
  if (parts.length < 2) return [];
  return parts
    .toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([name, own]) => ({
      by,
      name,
      first_token_ms: distribution(timesOf(own, "first_token_ms")),
      total_ms: distribution(timesOf(own, "total_ms")),
    }));
}

const timesOf = (
  calls: readonly TimedCall[],
  name: "first_token_ms" | "total_ms",
): readonly number[] => calls.flatMap((call) => call[name] ?? []);

function curveOf(times: readonly number[]): readonly number[] {
  if (times.length === 0) return [];
  const sorted = Float64Array.from(times).toSorted();
  return Array.from({ length: steps + 1 }, (_, at) => percentile(sorted, at / steps));
}
