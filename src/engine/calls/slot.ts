import type { Attempted, SendRequest } from "../../transport/thread/sender.ts";
import type { Signal } from "./adapt.ts";
import type { Contact } from "./outage.ts";

/** A request's slot in its lane, as it starts. */
export type Slot = {
  /** Milliseconds it waited in the queue. */
  readonly queued_ms: number;
  /** Requests of this lane in flight, including this one. */
  readonly in_flight: number;
  /** Tells the lane how the request ended, before the slot is released. */
  readonly report: (ended: Seen) => void;
  /** Sends it, where the lane has a sender of its own. */
  readonly send?: SendInSlot | undefined;
};

/** What a task resolves to whose request came back unsent: it waits again, before all that have the same priority. */
export const unsent: unique symbol = Symbol("unsent");

export type Seen = {
  readonly signal: Signal;
  readonly retry_after_ms: number | null;
  /** Tokens used, or null if unknown. */
  readonly tokens: number | null;
  /** Without it, the server was there. */
  readonly contact?: Contact;
  /** As the sender says: see `Attempted`. */
  readonly failures?: number | undefined;
};

/** Sends a request in its slot. `onSend` is called once it is really sent; null: it came back unsent. */
export type SendInSlot = (
  request: SendRequest,
  signal: AbortSignal,
  onSend: () => void,
) => Promise<Attempted | null>;
