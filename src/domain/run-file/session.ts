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
  /** Targets that this session reaches in another way than the header says; null is directly. */
  readonly network?: Readonly<Record<string, NetworkEntry | null>>;
};

export type LoopHealth = {
  /** Event-loop utilisation over the session, 0 to 1. */
  readonly utilisation: number;
  /** p99 of event-loop delay above the timer's own resolution. */
  readonly lag_p99_ms: number;
  /** Median from dispatch to the request's first byte on a reused connection; null where none was. */
  readonly send_lag_p50_ms: number | null;
  readonly trusted: boolean;
};

/** Why a target was asked no further before its part of the plan was done. */
export type StoppedTarget = {
  readonly target: string;
  /** How its last call ended, or `budget`. */
  readonly reason: Outcome | "budget";
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  /** Answers of the plan that it does not have. */
  readonly unasked: number;
};

/** A change of what a lane lets through. */
export type LaneChange = {
  /** From the lane's first moment in this session. */
  readonly at_ms: number;
  readonly concurrency: number;
  /** Requests a minute, stated or learned; null where nothing bounds them. */
  readonly rpm: number | null;
  readonly why: "cut" | "grown";
};

/** Written when a lane's limit changes, so that its history outlives a session that is cut off. */
export type LimitLine = LaneChange & {
  readonly kind: "limit";
  readonly when: string;
  readonly lane: string;
  /** The most that was allowed. */
  readonly cap: number;
};

/** How one lane's limit went in a session. */
export type LaneHistory = {
  readonly lane: string;
  /** Concurrency at the start, and the most that was allowed. */
  readonly start: number;
  readonly cap: number;
  readonly requests: number;
  /** Refused by the vendor as too many. */
  readonly refused: number;
  /** How many changes there were; `last` holds the newest of them. */
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
