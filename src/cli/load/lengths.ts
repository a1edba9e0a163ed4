import type { LoadInput } from "../../engine/load/load.ts";
import type { LoadOptions } from "./options.ts";

import { kneePrecision } from "../../report/load/summary.ts";

/** Lengths of a search, as `SearchPlan` explains them. */
const searching = { probe_s: 30, notices: 0.2, growing_notices: 0.5, growth: 2 };
/** What `--quick` makes of them: a search of each target that takes no step beyond `most_ms`. */
export const quick = {
  requests: 4_000,
  most_ms: 50_000,
  cooldown_ms: 3_000,
  search: { probe_s: 4, notices: 0.5, growing_notices: 1, growth: 3 },
};

/** How long a load with these options goes on, and what it looks for. */
export function lengthOf(
  options: LoadOptions,
): Pick<LoadInput, "levels" | "length" | "ramp_ms" | "cooldown_ms"> {
  const { rate, concurrency, duration, warmup, ramp: ramp_ms, cooldown } = options;
  const length = { by: "time", warmup_ms: warmup, measure_ms: duration } as const;
  const common = { length, ramp_ms, cooldown_ms: options.quick ? quick.cooldown_ms : cooldown };
  if (rate !== null) return { ...common, levels: { mode: "rate", values: rate } };
  if (concurrency !== null)
    return { ...common, levels: { mode: "concurrency", values: concurrency } };
  return {
    ...common,
    levels: {
      mode: "search",
      requests: requestsOf(options),
      most: options.maxRate ?? Number.MAX_SAFE_INTEGER,
      start: options.startRate,
      precision: kneePrecision,
      ...(options.quick ? quick.search : searching),
      most_ms: options.maxTime ?? (options.quick ? quick.most_ms : 1_800_000),
    },
  };
}

/** Most requests to each target in a search. */
export const requestsOf = ({ requests, quick: isQuick }: LoadOptions): number =>
  requests ?? (isQuick ? quick.requests : 20_000);
