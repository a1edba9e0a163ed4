import type { Outcome } from "../outcome.ts";
import type { NetworkEntry, RunLine, Settings } from "./header.ts";

export type ResumeLine = {
  readonly kind: "resume";
  readonly when: string;
  readonly tool: RunLine["tool"];
  readonly settings: Pick<
    Settings,
    | "concurrency"
    | "attempts"
    | "deadlines_ms"
    | "max_cost"
    | "max_tokens_total"
    | "max_cost_per_target"
    | "max_tokens_per_target"
  >;
  /** Targets that this session reaches differently than the header says; null means directly. */
  readonly network?: Readonly<Record<string, NetworkEntry | null>>;
};

/** How far the times of a session were off, sampled while its requests were under way. */
export type TimingError = {
  /** Requests of known duration that were timed among the real ones. */
  readonly samples: number;
  /** Quantiles of measured less known duration, to within one percent; null without samples. */
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  readonly max_ms: number | null;
  /** What p99 may be for the times to be trusted: 2 % of the session's median TTFT, and never less than 5 ms. */
  readonly allowed_ms: number;
  /** Why nothing was sampled, or no longer to the end. */
  readonly failure?: string;
};

export type LoopHealth = {
  /** Event-loop utilisation over the session, 0 to 1. */
  readonly utilisation: number;
  /** p99 of event-loop delay above the timer's own resolution. */
  readonly lag_p99_ms: number;
  /** Median from dispatch to the request's first byte on a reused connection; null if there was none. */
  readonly send_lag_p50_ms: number | null;
  /** Absent in files of earlier versions, and where no request was made. */
  readonly timing_error?: TimingError;
  /** False also where too little was sampled to tell. */
  readonly trusted: boolean;
};

/** Why a target stopped before its part of the plan was done. */
export type StoppedTarget = {
  readonly target: string;
  /** How its last call ended, or `budget`. */
  readonly reason: Outcome | "budget";
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  /** Planned answers that are missing. */
  readonly unasked: number;
};

/** A change of a lane's limits. */
export type LaneChange = {
  /** Since the lane was created in this session. */
  readonly at_ms: number;
  readonly concurrency: number;
  /** Requests per minute, stated or learned; null if unlimited. */
  readonly rpm: number | null;
  readonly why: "cut" | "grown";
};

/** Written when a lane's limit changes, so that its history outlives a session that is cut off. */
export type LimitLine = LaneChange & {
  readonly kind: "limit";
  readonly when: string;
  readonly lane: string;
  /** The highest concurrency allowed. */
  readonly cap: number;
};

/** How one lane's limits developed during a session. */
export type LaneHistory = {
  readonly lane: string;
  /** Concurrency at the start, and the highest allowed. */
  readonly start: number;
  readonly cap: number;
  readonly requests: number;
  /** Requests that the vendor rate-limited. */
  readonly refused: number;
  /** Total number of changes; `last` holds the most recent ones. */
  readonly changes: number;
  readonly last: readonly LaneChange[];
};

export type EndLine = {
  readonly kind: "end";
  readonly when: string;
  readonly status: "complete" | "interrupted" | "budget" | "failed";
  readonly answers: number;
  readonly failed: number;
  readonly wall_ms: number;
  readonly loop: LoopHealth;
  /** Absent in files of earlier versions. */
  readonly stopped?: readonly StoppedTarget[];
  readonly lanes?: readonly LaneHistory[];
};
