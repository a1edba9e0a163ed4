import type { ChatMessage } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";

/** A request as a protocol decoded it: what every wire format says in its own words. */
export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  /** A stream ends with a usage frame only where it was asked for. */
  readonly include_usage: boolean;
  /** Each event is to repeat the whole text so far. */
  readonly cumulative?: boolean;
  /** Bound of all output tokens, reasoning included; null for none. */
  readonly max_tokens: number | null;
  readonly stop: readonly string[];
  /** Null where the request leaves it to the model. */
  readonly thinking: boolean | null;
  /** The vendor whose corner of the simulator was asked (`/via/<vendor>/…`), or null. */
  readonly vendor?: string | null;
};

/** What a model says to one request, before any wire format. */
export type Answer = {
  readonly reasoning: string;
  readonly text: string;
  readonly finish: "stop" | "length" | "filter";
  readonly usage: AnswerUsage;
};

type AnswerUsage = {
  readonly input: number;
  readonly cached_input: number;
  /** All output, reasoning included. */
  readonly output: number;
  readonly reasoning: number;
};

/** A refusal of the server, to be put in the vendor's own words by a protocol. */
export type Trouble = {
  readonly outcome: Outcome;
  readonly message: string;
  /** Instead of the protocol's own for this outcome. */
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
};

/** A piece of generated text and when it leaves the server, in vendor milliseconds after the request. */
export type Delta = {
  readonly part: "reasoning" | "text";
  readonly text: string;
  readonly at_ms: number;
};

/** When the parts of a response leave the server, in vendor milliseconds after the request. */
export type Paced = {
  readonly headers_ms: number;
  readonly deltas: readonly Delta[];
  readonly end_ms: number;
};
