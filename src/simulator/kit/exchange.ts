import type { ChatMessage, ToolCall } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";

/** A decoded request: what all wire formats have in common. */
export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  /** Whether a stream ends with a usage frame. */
  readonly include_usage: boolean;
  /** Each event repeats the whole text so far. */
  readonly cumulative?: boolean;
  /** Limit on all output tokens, reasoning included; null for none. */
  readonly max_tokens: number | null;
  readonly stop: readonly string[];
  /** Null where the request leaves it to the model. */
  readonly thinking: boolean | null;
  /** It thinks even if it is a model that does not. */
  readonly must_think?: boolean;
  /** Answers to the same request; 1 if absent. */
  readonly n?: number;
  /** The vendor named in the path (`/via/<vendor>/…`), or null. */
  readonly vendor?: string | null;
  /** Names of the tools that the model may call; absent where the format of the request has none. */
  readonly tools?: readonly string[];
};

/** A model's answer to one request, before any wire format. */
export type Answer = {
  readonly reasoning: string;
  readonly text: string;
  /** Absent if it calls none. */
  readonly calls?: readonly ToolCall[];
  readonly finish: "stop" | "length" | "filter";
  readonly usage: AnswerUsage;
};

type AnswerUsage = {
  readonly input: number;
  readonly cached_input: number;
  /** All output tokens, reasoning included. */
  readonly output: number;
  readonly reasoning: number;
};

/** Why the server refuses a request; a protocol turns it into the vendor's error format. */
export type Trouble = {
  readonly outcome: Outcome;
  readonly message: string;
  /** Overrides the protocol's status for this outcome. */
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
};

/** A piece of generated text and when the server sends it, in vendor milliseconds after the request. */
export type Delta = {
  readonly part: "reasoning" | "text";
  readonly text: string;
  readonly at_ms: number;
};

/** When the server sends the parts of a response, in vendor milliseconds after the request. */
export type Paced = {
  readonly headers_ms: number;
  readonly deltas: readonly Delta[];
  readonly end_ms: number;
};
