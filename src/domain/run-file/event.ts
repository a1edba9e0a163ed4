import type { Outcome } from "../outcome.ts";
import type { RunFileLine } from "./lines.ts";
import type { StoppedTarget } from "./session.ts";

/** What only a live run knows, for readers that show progress; never written. */
export type LiveEvent =
  | { readonly kind: "asking"; readonly key: string; readonly target: string }
  | {
      readonly kind: "retrying";
      readonly key: string;
      readonly target: string;
      readonly outcome: Outcome;
      readonly code: string | null;
      readonly message: string | null;
      readonly wait_ms: number;
    }
  | { readonly kind: "stopping"; readonly reason: "interrupt" | "budget" | "failed" }
  | ({ readonly kind: "stopped" } & Omit<StoppedTarget, "unasked">);

/** The one stream: a live run and a run file feed the same readers. */
export type RunEvent = RunFileLine | LiveEvent;
