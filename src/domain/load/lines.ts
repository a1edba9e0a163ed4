import { z } from "zod";

import { formats } from "../formats.ts";
import { Money } from "../money.ts";
import { outcomes } from "../outcome.ts";
import { ToolVersion } from "../run-file/header.ts";
import { Shard } from "../run-file/shard.ts";
import { Amount, Count, list, Moment, record } from "../schema/readonly.ts";
import { LoadSummary } from "./summary.ts";

/**
 * The lines of `load/1`: a `load` line says what was asked, each `request` line how one request went, each `step` line what
 * a step of the load was and whether its times can be believed, the `end` line what follows. Described in docs/load.md.
 */
const text = z.string();
const share = z.number().min(0).max(1);

/** What a request must keep to count as good; null: not asked. */
const Slo = record({
  /** First generated text, from the planned arrival. */
  ttft_ms: Amount.nullable(),
  /** Whole answer, from the planned arrival. */
  total_ms: Amount.nullable(),
  /** Unicode code points a second after the first chunk. */
  speed: Amount.nullable(),
});
export type Slo = z.infer<typeof Slo>;

const LoadProfile = record({
  /** `chat`, `rag`, `long`, `code`, a file or a suite. */
  name: text,
  /** Unicode code points asked for; null where the prompts are the user's own. */
  input_chars: Count.nullable(),
  output_chars: Count.nullable(),
  /** Of a session, and the pause of its user between an answer and the next question. */
  turns: z.int().positive(),
  think_ms: Amount,
  /** Prompts repeat and may come from a cache. */
  cached: z.boolean(),
});
export type LoadProfile = z.infer<typeof LoadProfile>;

const LoadPlan = record({
  /** Fixed rates (arrivals a second), fixed numbers of requests at once, or a search for the knee. */
  mode: z.enum(["rate", "concurrency", "search"]),
  arrivals: z.enum(["poisson", "constant"]),
  /** Empty in a search. */
  levels: list(Amount),
  /** Most requests of a search to one target. */
  requests: Count.nullable(),
  ramp_ms: Amount,
  warmup_ms: Amount,
  duration_ms: Amount,
  cooldown_ms: Amount,
  slo: Slo,
  /** Of the measured requests, at and below the knee. */
  good_share: share,
  profile: LoadProfile,
  seed: z.int(),
  order: z.enum(["by-turns", "at-once"]),
  /** The lanes' own limits held requests back. */
  respects_limits: z.boolean(),
  threads: z.int().positive(),
  /** Of the planned arrivals, or of those at once, every `of`-th is sent; `merge` puts the shards together. Absent: all are. */
  shard: Shard.optional(),
  /** What the machine that serves costs an hour; null where it is not known. */
  hourly: Money.nullable(),
});
export type LoadPlan = z.infer<typeof LoadPlan>;

const LoadTarget = record({
  ref: text,
  provider: text,
  model: text,
  base_url: text,
  simulated: z.boolean(),
});

const LoadLine = record({
  kind: z.literal("load"),
  schema: z.literal(formats.load),
  id: text,
  started_at: Moment,
  tool: ToolVersion,
  targets: list(LoadTarget),
  plan: LoadPlan,
});
export type LoadLine = z.infer<typeof LoadLine>;

/** One request. Times are milliseconds, those ending in `_at_ms` from the load's first moment. */
const RequestLine = record({
  kind: z.literal("request"),
  target: text,
  step: Count,
  phase: z.enum(["warmup", "measure", "cooldown"]),
  /** By the plan of arrivals; in a closed loop the moment in which its place became free. */
  planned_at_ms: z.number(),
  /** From there to the line before dispatch; null where nothing was sent. */
  send_lag_ms: Amount.nullable(),
  outcome: z.enum(outcomes),
  status: z.int().nullable(),
  /** The vendor's own code; null on success. */
  code: text.nullable(),
  /** These from the line before dispatch, as in a run file. */
  connect_ms: Amount.nullable(),
  first_token_ms: Amount.nullable(),
  first_answer_ms: Amount.nullable(),
  last_token_ms: Amount.nullable(),
  total_ms: Amount.nullable(),
  chunks: Count,
  max_gap_ms: Amount.nullable(),
  /** Code points of reasoning and answer, and of them in the first chunk. */
  chars: Count,
  first_chars: Count.nullable(),
  input_tokens: Count.nullable(),
  output_tokens: Count.nullable(),
  cost: Money.nullable(),
  /** This machine was late around its start or its first token. */
  lagged: z.boolean(),
  turn: z.int().positive(),
});
export type LoadRequest = z.infer<typeof RequestLine>;

const StepLine = record({
  kind: z.literal("step"),
  target: text,
  step: Count,
  loop: z.enum(["open", "closed"]),
  /** Arrivals a second, or requests at once. */
  level: Amount,
  /** Whose planned moments lie in between are measured. */
  measure_from_ms: z.number(),
  measure_until_ms: z.number(),
  /** Ended before its plan did: its figures are of what there is. */
  cut: z.boolean(),
  /** When it was: what was under way then had been waiting until then. Absent where it was not cut. */
  cut_at_ms: z.number().optional(),
  self_check: record({
    send_lag_p50_ms: Amount.nullable(),
    send_lag_p99_ms: Amount.nullable(),
    allowed_ms: Amount,
    lagged_share: share,
    trusted: z.boolean(),
  }),
});
export type LoadStep = z.infer<typeof StepLine>;

const LoadEnd = record({
  kind: z.literal("end"),
  when: Moment,
  status: z.enum(["complete", "interrupted", "budget", "errors"]),
  wall_ms: Amount,
  summary: LoadSummary,
});
export type LoadEnd = z.infer<typeof LoadEnd>;

export const loadSchemas = {
  load: LoadLine,
  request: RequestLine,
  step: StepLine,
  end: LoadEnd,
} as const;

export type LoadFileLine = LoadLine | LoadRequest | LoadStep | LoadEnd;
