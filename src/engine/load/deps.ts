import type { LoadFileLine } from "../../domain/load/lines.ts";
import type { Monotonic } from "../../transport/canary/monotonic.ts";
import type { Deadlines } from "../../transport/http.ts";
import type { Sender } from "../../transport/thread/sender.ts";
import type { Lanes } from "../calls/lanes.ts";
import type { Budget } from "../run/budget.ts";

/** The effects of a load. */
export type LoadDeps = {
  /** The thread that sends the next request: several take turns. */
  readonly senderOf: () => Pick<Sender, "attempt">;
  readonly deadlines: Deadlines;
  readonly clock: Monotonic;
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Removes secrets from a vendor's own texts. */
  readonly redact: (text: string) => string;
  /** Null: nothing holds requests back. */
  readonly lanes: Lanes | null;
  readonly budget: Budget;
  /** Keeps a line, and shows it. Must not wait. */
  readonly take: (line: LoadFileLine) => void;
};
