import { z } from "zod";

import { Money } from "../money.ts";
import { Amount, byName, Count, list, record } from "../schema/readonly.ts";

const text = z.string();
const share = z.number().min(0).max(1);

/** A figure with its 95% interval; a bound is null where the sample is too small for it. */
const Bounded = record({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Bounded = z.infer<typeof Bounded>;

const Percentiles = record({
  p50: Bounded.nullable(),
  p90: Bounded.nullable(),
  p99: Bounded.nullable(),
});
export type LoadPercentiles = z.infer<typeof Percentiles>;

/** What the measured requests of one step say. */
const StepFigures = record({
  step: Count,
  loop: z.enum(["open", "closed"]),
  level: Amount,
  trusted: z.boolean(),
  cut: z.boolean(),
  /** Planned in the measured time; done are those with an answer. */
  arrivals: Count,
  done: Count,
  good: Count,
  /** Good of arrivals, errors included. */
  goodput: Bounded.nullable(),
  outcomes: byName(Count),
  rate_limited_share: share.nullable(),
  /** From the planned arrival; requests without an answer count as longer than all others. */
  ttft_ms: Percentiles,
  total_ms: Percentiles,
  /** From the moment of sending, as a closed loop would tell it. */
  ttft_sent_ms: Percentiles,
  /** Code points a second after the first chunk, of answers. */
  speed: Percentiles,
  chars_per_s: Amount.nullable(),
  tokens_per_s: Amount.nullable(),
  requests_per_s: Amount.nullable(),
  /** Mean number of requests under way in the measured time. */
  in_flight: Amount.nullable(),
  send_lag_p99_ms: Amount.nullable(),
});
export type StepFigures = z.infer<typeof StepFigures>;

/** The largest rate at which the asked share of requests keeps the SLO. */
const KneeFigures = record({
  /** `above`: every step kept the SLO, `below`: none did. Then `rate` is the level that was tried last. */
  state: z.enum(["found", "undetermined", "above", "below", "none"]),
  rate: Amount.nullable(),
  low: Amount.nullable(),
  high: Amount.nullable(),
  /** Requests under way at that rate: the rate times the mean time of an answer. */
  in_flight: Amount.nullable(),
  chars_per_s: Amount.nullable(),
  tokens_per_s: Amount.nullable(),
});
export type KneeFigures = z.infer<typeof KneeFigures>;

const TargetLoad = record({
  target: text,
  simulated: z.boolean(),
  steps: list(StepFigures),
  knee: KneeFigures,
  /** Of a machine with an hourly price at its knee, per million code points of output; null where either is unknown. */
  cost_per_million_chars: Money.nullable(),
  /** What the vendor charged in all, by currency. */
  paid: list(Money),
});
export type TargetLoad = z.infer<typeof TargetLoad>;

/** All that a load says, computed from its rows. */
export const LoadSummary = record({ targets: list(TargetLoad) });
export type LoadSummary = z.infer<typeof LoadSummary>;
