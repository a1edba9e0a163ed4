import type { Sender } from "../../transport/thread/sender.ts";
import type { Policy } from "../calls/retry.ts";

/** Effects that the engine is given, so that tests can give others. */
export type Deps = {
  readonly sender: Pick<Sender, "attempt" | "health">;
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Takes secrets, and what looks like one, out of what a vendor said about itself. */
  readonly redact: (text: string) => string;
  /** Takes only the known secrets out, for texts that must otherwise stay as they are: the model's words. */
  readonly hide?: (text: string) => string;
  /** In [0, 1); only for jitter, never for anything that is measured. */
  readonly random: () => number;
  /** Over the default waits and patience. */
  readonly policy?: Partial<Policy>;
};
