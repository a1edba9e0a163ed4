import { z } from "zod";

import { type Outcome, outcomes } from "../outcome.ts";
import { Amount, byName, Count, list, Moment, record } from "../schema/readonly.ts";
import { changeable, NetworkEntry, ToolVersion } from "./header.ts";

export const ResumeLine = record({
  kind: z.literal("resume"),
  when: Moment,
  tool: ToolVersion,
  settings: record(changeable),
  /** Targets that this session reaches differently than the header says; null means directly. */
  network: byName(NetworkEntry.nullable()).exactOptional(),
});
export type ResumeLine = z.infer<typeof ResumeLine>;

/** How far the times of a session were off, sampled while its requests were under way. */
const TimingError = record({
  /** Requests of known duration that were timed among the real ones. */
  samples: Count,
  /** Quantiles of measured less known duration, to within one percent; null without samples. */
  p50_ms: z.number().nullable(),
  p99_ms: z.number().nullable(),
  max_ms: z.number().nullable(),
  /** What a time may be off: 2 % of the session's median TTFT, and never less than 5 ms. */
  allowed_ms: Amount,
  /** Samples off by more than is allowed; absent in files of earlier versions. */
  over: Count.exactOptional(),
  /** Why nothing was sampled, or no longer to the end. */
  failure: z.string().exactOptional(),
});
export type TimingError = z.infer<typeof TimingError>;

export const LoopHealth = record({
  /** Event-loop utilisation over the session, 0 to 1. */
  utilisation: z.number().min(0).max(1),
  /** p99 of event-loop delay above the timer's own resolution. */
  lag_p99_ms: Amount,
  /** Median from dispatch to the request's first byte on a reused connection; null if there was none. */
  send_lag_p50_ms: Amount.nullable(),
  /** Absent in files of earlier versions, and where no request was made. */
  timing_error: TimingError.exactOptional(),
  /** False also where too little was sampled to tell. */
  trusted: z.boolean(),
});
export type LoopHealth = z.infer<typeof LoopHealth>;

/** Why a target stopped before its part of the plan was done. */
const StoppedTarget = record({
  target: z.string(),
  /** How its last call ended, `budget`, or `unserved`: no worker of the queue asks it. */
  reason: z.enum([...outcomes, "budget", "unserved"] satisfies readonly (
    | Outcome
    | "budget"
    | "unserved"
  )[]),
  status: z.int().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** Planned answers that are missing. */
  unasked: Count,
});
export type StoppedTarget = z.infer<typeof StoppedTarget>;

const changeShape = {
  /** Since the lane was created in this session. */
  at_ms: Amount,
  concurrency: Amount,
  /** Requests per minute, stated or learned; null if unlimited. */
  rpm: Amount.nullable(),
  why: z.enum(["cut", "grown"]),
};

/** A change of a lane's limits. */
const LaneChange = record(changeShape);
export type LaneChange = z.infer<typeof LaneChange>;

/** Written when a lane's limit changes, so that its history outlives a session that is cut off. */
export const LimitLine = record({
  ...changeShape,
  kind: z.literal("limit"),
  when: Moment,
  lane: z.string(),
  /** The highest concurrency allowed. */
  cap: Amount,
});
export type LimitLine = z.infer<typeof LimitLine>;

/** How one lane's limits developed during a session. */
const LaneHistory = record({
  lane: z.string(),
  /** Concurrency at the start, and the highest allowed. */
  start: Amount,
  cap: Amount,
  requests: Count,
  /** Requests that the vendor rate-limited. */
  refused: Count,
  /** Total number of changes; `last` holds the most recent ones. */
  changes: Count,
  last: list(LaneChange),
});
export type LaneHistory = z.infer<typeof LaneHistory>;

/** A worker of a session on a queue. */
const WorkerEnd = record({
  worker: z.string(),
  region: z.string().nullable(),
  /** Answers of its own in this session. */
  answers: Count,
  /** Null where it went before it could tell. */
  loop: LoopHealth.nullable(),
});
export type WorkerEnd = z.infer<typeof WorkerEnd>;

export const EndLine = record({
  kind: z.literal("end"),
  when: Moment,
  status: z.enum(["complete", "interrupted", "budget", "failed"]),
  answers: Count,
  failed: Count,
  wall_ms: Amount,
  loop: LoopHealth,
  /** Absent in files of earlier versions. */
  stopped: list(StoppedTarget).exactOptional(),
  lanes: list(LaneHistory).exactOptional(),
  /** Absent where this process asked by itself. */
  workers: list(WorkerEnd).exactOptional(),
});
export type EndLine = z.infer<typeof EndLine>;
