import type { Attempt } from "../../domain/call.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine, StepLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lanes, OnChange } from "../calls/lanes.ts";
import type { Policy } from "../calls/retry.ts";
import type { Job } from "./answer.ts";

/** What an answer that is asked for elsewhere is told of its run. */
export type RemoteAsk = {
  /** The steps that earlier sessions have taken. */
  readonly earlier: readonly StepLine[];
  /** Aborts requests in flight. */
  readonly signal: AbortSignal;
  /** Aborted when the target stops: nothing new starts, nothing is retried. */
  readonly stopping: AbortSignal;
  /** The vendor has refused everything for too long. */
  readonly onStorm: (attempt: Attempt) => void;
  /** Writes the answer; only then is it acknowledged. */
  readonly keep: (line: AnswerLine) => Promise<void>;
};

/** Workers in other processes, which ask in place of this one. */
export type Remote = {
  /** Jobs that are given out at once for a target, so that no worker waits for one. */
  readonly ahead: (target: TargetEntry) => number;
  /** Resolves to the answer once it is kept, or to null if the run stopped before. */
  readonly answer: (job: Job, ask: RemoteAsk) => Promise<AnswerLine | null>;
  /** Lanes whose limits all processes share. */
  readonly lanes: (targets: readonly TargetEntry[], policy: Policy, onChange: OnChange) => Lanes;
  /** Aborted, with a UserError as reason, when the queue is gone for good. */
  readonly lost: AbortSignal;
  /** Targets that nobody has served for too long get no more jobs. */
  readonly onUnserved: (stop: (target: string) => void) => void;
  /** Ends the workers' part, and tells how each of them was doing. */
  readonly end: () => Promise<Pick<EndLine, "loop" | "workers">>;
};
