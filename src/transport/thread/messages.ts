import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { SenderSetup, Attempted, SendRequest } from "./sender.ts";

export type Prepared = {
  readonly protocols: readonly string[];
  readonly schemes: readonly string[];
};

/** What the transport thread is told. Messages of one turn travel together. */
export type ToThread =
  /** Comes first. */
  | { readonly kind: "open"; readonly sockets: Pick<SenderSetup, "connections" | "connect_ms"> }
  | {
      readonly kind: "endpoint";
      readonly at: number;
      readonly endpoint: Endpoint;
      readonly keys: Credentials;
    }
  /** What will be asked, so that it is loaded before. */
  | ({ readonly kind: "prepare" } & Prepared)
  | SendOrder
  /** Everything that was asked with the signal of this number ends. */
  | { readonly kind: "abort"; readonly signal: number }
  | { readonly kind: "health" }
  | { readonly kind: "close" };

/** An endpoint travels once and is a number afterwards; so does a signal. */
export type SendOrder = {
  readonly kind: "ask";
  readonly number: number;
  readonly endpoint: number;
  readonly signal: number;
  readonly question: Omit<SendRequest, "endpoint">;
};

/** What it says. A failure is a fault of our own. */
export type FromThread =
  | { readonly kind: "answered"; readonly number: number; readonly attempted: Attempted }
  | { readonly kind: "failed"; readonly number: number; readonly error: Error }
  | { readonly kind: "health"; readonly health: LoopHealth }
  | { readonly kind: "closed" };

/** Enough to be worth waking the other thread for, which then works while this one goes on. */
const batch = 8;

/**
 * Posts what is said in one turn of the event loop together, in batches: waking the other thread costs more than most
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
