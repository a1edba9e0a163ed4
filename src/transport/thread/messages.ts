import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { LoopReadings } from "./health.ts";
import type { LaneCounts } from "./lane-counts.ts";
import type { SenderSetup, Attempted, SendRequest } from "./sender.ts";

export type Prepared = {
  readonly protocols: readonly string[];
  readonly schemes: readonly string[];
};

/** Messages to a transport thread. Those of one turn of the event loop are posted together. */
export type ToThread =
  /** Must come first. */
  | { readonly kind: "open"; readonly sockets: Pick<SenderSetup, "connections" | "connect_ms"> }
  | {
      readonly kind: "endpoint";
      readonly at: number;
      readonly endpoint: Endpoint;
      readonly keys: Credentials;
    }
  /** Protocols and schemes that will be needed, to be loaded in advance. */
  | ({ readonly kind: "prepare" } & Prepared)
  /** A lane, before its first request. */
  | { readonly kind: "lane"; readonly lane: number; readonly counts: LaneCounts }
  | SendOrder
  /** Starts a request that stands by. */
  | { readonly kind: "start"; readonly lane: number; readonly number: number }
  /** What stands by in a lane comes back. */
  | { readonly kind: "recall"; readonly lane: number }
  /** Ends all requests sent with the signal of this number. */
  | { readonly kind: "abort"; readonly signal: number }
  /** Asks for its readings. */
  | { readonly kind: "read" }
  | { readonly kind: "close" };

/** An endpoint is posted once and referred to by number afterwards; so is a signal. */
export type SendOrder = {
  readonly kind: "send";
  readonly number: number;
  readonly endpoint: number;
  readonly signal: number;
  /** Absent: of no lane. */
  readonly lane?: number;
  /** It stands by; the failures of its lane that its caller knows of. Absent: it is sent at once. */
  readonly standby?: number;
  readonly request: Omit<SendRequest, "endpoint">;
};

/** Messages from a transport thread. `failed` means a bug of our own. */
export type FromThread =
  /** `started` is the request that took its place. */
  | {
      readonly kind: "answered";
      readonly number: number;
      readonly attempted: Attempted;
      readonly started?: number;
    }
  /** A request that stood by was told to start, and has. */
  | { readonly kind: "started"; readonly number: number }
  /** A request that stood by comes back. */
  | { readonly kind: "unsent"; readonly number: number }
  | { readonly kind: "failed"; readonly number: number; readonly error: Error }
  | { readonly kind: "readings"; readonly readings: LoopReadings }
  | { readonly kind: "closed" };

/** Enough to be worth waking the other thread, which then works while this one continues. */
const batch = 32;

/**
 * Posts the messages of one turn of the event loop together, in batches: waking the other thread costs more than most
 * messages.
 */
export function createOutbox<Message>(
  post: (messages: readonly Message[]) => void,
): (message: Message) => void {
  let messages: Message[] = [];
  let scheduled = false;
  const flush = (): void => {
    if (messages.length === 0) return;
    const all = messages;
    messages = [];
    post(all);
  };
  const flushLater = (): void => {
    scheduled = false;
    flush();
  };
  return (message) => {
    messages.push(message);
    if (messages.length >= batch) flush();
    else if (!scheduled) {
      scheduled = true;
      setImmediate(flushLater);
    }
  };
}
