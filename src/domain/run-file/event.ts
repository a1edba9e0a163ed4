import type { Outcome } from "../outcome.ts";
import type { RunFileLine } from "./lines.ts";
import type { StoppedTarget } from "./session.ts";

/** Events of a live run, for showing progress; never written to a file. */
export type LiveEvent =
  /** A request of an answer is sent; it is under way until a line or an event names the key again. */
  | { readonly kind: "asking"; readonly key: string; readonly target: string }
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
    }
  | { readonly kind: "stopping"; readonly reason: "interrupt" | "budget" | "failed" }
  | ({ readonly kind: "stopped" } & Omit<StoppedTarget, "unasked">);

/** The single event stream: a live run and a run file feed the same readers. */
export type RunEvent = RunFileLine | LiveEvent;
