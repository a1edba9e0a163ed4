import type { Outcome } from "../outcome.ts";
import type { Text } from "../text.ts";
import type { RunFileLine } from "./lines.ts";
import type { StoppedTarget } from "./session.ts";

/** Events of a live run, for showing progress; never written to a file. */
/** A worker of the queue, as its last sign says. */
export type WorkerSeen = {
  readonly worker: string;
  readonly region: string | null;
  /** Targets that it asks. */
  readonly serves: readonly string[];
  readonly in_flight: number;
  /** Of its own in this session. */
  readonly answers: number;
  /** Answers in the last minute. */
  readonly per_minute: number;
  /** How busy its event loop is, 0 to 1, and p99 of its delay. */
  readonly utilisation: number;
  readonly lag_p99_ms: number;
};

export type LiveEvent =
  /** A request of an answer is sent; it is under way until a line or an event names the key again. */
  | { readonly kind: "asking"; readonly key: string; readonly target: string }
  /** The request has ended, and what came is being kept. */
  | { readonly kind: "replied"; readonly key: string; readonly target: string }
  | {
      readonly kind: "retrying";
      readonly key: string;
      readonly target: string;
      readonly outcome: Outcome;
      readonly code: string | null;
      readonly message: string | null;
      /** Until the call is made again. */
      readonly wait_ms: number;
      readonly lane: string;
      /** Until anything of its lane is sent; 0 if the lane does not wait. */
      readonly lane_wait_ms: number;
      /** The server is loading its model: for so long it is waited for at most. */
      readonly loading_ms?: number;
      /** The server answered before and is gone: for so long it is waited for at most, then its targets stop. */
      readonly gone_ms?: number;
    }
  /** How a lane begins a session that goes on with a run: its limits may be other than those in the run's header. */
  | {
      readonly kind: "lane";
      readonly lane: string;
      readonly concurrency: number;
      /** The highest concurrency allowed. */
      readonly cap: number;
      readonly rpm: number | null;
    }
  | { readonly kind: "stopping"; readonly reason: "interrupt" | "budget" | "failed" }
  /** The workers of the queue that are alive, every second. */
  | { readonly kind: "workers"; readonly workers: readonly WorkerSeen[] }
  /** No living worker asks this target; why those that are there do not. */
  | { readonly kind: "unserved"; readonly target: string; readonly why: readonly Text[] }
  /** What happens to the queue or its workers. */
  | { readonly kind: "queue"; readonly text: Text }
  | ({ readonly kind: "stopped" } & Omit<StoppedTarget, "unasked">);

/** The single event stream: a live run and a run file feed the same readers. */
export type RunEvent = RunFileLine | LiveEvent;
