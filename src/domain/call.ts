import type { Money } from "./money.ts";
import type { Outcome } from "./outcome.ts";
import type { Dropped } from "./params.ts";
import type { Usage, UsageDoubt } from "./usage.ts";

/** One message of a conversation as a vendor receives it. */
export type ChatMessage = {
  readonly role: "system" | "user" | "assistant";
  readonly text: string;
  /** Calls that an assistant's message made. */
  readonly calls?: readonly ToolCall[];
  /** What those calls gave: a user's message of their own, without text. */
  readonly results?: readonly ToolResult[];
};

/** All that a message says to a model, for counting. */
export const saidIn = ({ text, calls = [], results = [] }: ChatMessage): string =>
  [
    text,
    ...calls.map((call) => call.name + call.arguments),
    ...results.map(({ content }) => content),
  ].join("");

const finishReasons = ["stop", "length", "filter", "refusal", "tool", "error", "other"] as const;
export type FinishReason = (typeof finishReasons)[number];
export type Finish = { readonly reason: FinishReason; readonly raw: string | null };

/** A tool call by the model. `arguments` is the vendor's text, which need not be valid JSON. */
export type ToolCall = {
  readonly id: string | null;
  readonly name: string;
  readonly arguments: string;
};

/** What a call gave. `content` is what the model reads, usually JSON. */
export type ToolResult = {
  /** Of the call, as the vendor named it. */
  readonly id: string | null;
  readonly name: string;
  readonly content: string;
};

/**
 * Times of one attempt in milliseconds from the line before dispatch, on the monotonic clock.
 * Null if the event did not happen or could not be observed. Definitions: docs/metrics.md.
 */
export type Timing = {
  /** Wall clock, ISO 8601 UTC. */
  readonly started_at: string;
  /** Wait in our own lane before `started_at`; not part of the other times. */
  readonly queued_ms: number;
  /** DNS, TCP and TLS of a new socket; null on a reused one. */
  readonly connect_ms: number | null;
  readonly headers_ms: number | null;
  /** First generated text of length > 0, whitespace included, reasoning or answer. */
  readonly first_token_ms: number | null;
  /** First answer text, not counting reasoning and the blanks between it and the answer. */
  readonly first_answer_ms: number | null;
  readonly last_token_ms: number | null;
  /** The end of the reply by its own account, else of the response. */
  readonly total_ms: number;
  /** Chunks with generated text. */
  readonly chunks: number;
  /** Longest wait between two of them. */
  readonly max_gap_ms: number | null;
  /** Unicode code points in the first chunk, which decode speed leaves out. */
  readonly first_chars: number | null;
  /** Attempts of this lane in flight when this one started, including itself. */
  readonly in_flight: number;
};

/** What a protocol made of one attempt. */
export type Reply = {
  readonly outcome: Outcome;
  readonly text: string;
  readonly reasoning: string;
  readonly finish: Finish | null;
  /** Absent if the model called none. */
  readonly tool_calls?: readonly ToolCall[];
  readonly usage: Usage;
  /** How the vendor's counts contradict themselves, the reply or the request; absent if they may be true. */
  readonly usage_doubt?: UsageDoubt;
  readonly model_returned: string | null;
  readonly fingerprint: string | null;
  readonly request_id: string | null;
  readonly dropped: readonly Dropped[];
  readonly status: number | null;
  /** The vendor's own code and message, or the socket's; null on success. */
  readonly code: string | null;
  readonly message: string | null;
  readonly retry_after_ms: number | null;
  /** The answer came from a simulator. */
  readonly simulated: boolean;
  /** Null if no request was made (baselines). */
  readonly timing: Timing | null;
};

/** One attempt as recorded in the run file. */
export type Attempt = {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  /** Wait before the next attempt. */
  readonly wait_ms: number | null;
  readonly timing: Timing | null;
  /** Tokens came, or the vendor counted some, which may have been billed even if the attempt failed. */
  readonly streamed: boolean;
};

/** The last attempt of a call, with all attempts and the cost. */
export type CallRecord = Omit<Reply, "status" | "retry_after_ms" | "code" | "message"> & {
  readonly cost: Money | null;
  /** What an environment answered to its tool calls, in their order. */
  readonly results?: readonly ToolResult[];
  /** Our own estimate of the input tokens, for budgets; only where the vendor's count is missing or doubted. */
  readonly input_estimate?: number;
  /** True if a failed attempt streamed something that may have been billed too. */
  readonly cost_incomplete: boolean;
  readonly attempts: readonly Attempt[];
};
