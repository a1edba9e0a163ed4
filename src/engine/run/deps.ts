import type { Sender } from "../../transport/thread/sender.ts";
import type { Policy } from "../calls/retry.ts";

/** The engine's effects, injected so that tests can replace them. */
export type Deps = {
  readonly sender: Pick<Sender, "attempt" | "health" | "lane">;
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Removes secrets, and whatever looks like one, from a vendor's own texts. */
  readonly redact: (text: string) => string;
  /** Removes only the known secrets, for texts that must otherwise stay unchanged: the model's output. */
  readonly hide?: (text: string) => string;
  /** In [0, 1); only for jitter, never for anything measured. */
  readonly random: () => number;
  /** Overrides of the default policy. */
  readonly policy?: Partial<Policy>;
};
