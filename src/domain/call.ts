import { z } from "zod";

import { Passage } from "./app/passage.ts";
import { Money } from "./money.ts";
import { outcomes } from "./outcome.ts";
import { Dropped, Thinking } from "./params.ts";
import { Usage, usageDoubts } from "./run-file/usage-counts.ts";
import { Amount, byName, Count, list, Moment, record } from "./schema/readonly.ts";

/** A tool call by the model. `arguments` is the vendor's text, which need not be valid JSON. */
const ToolCall = record({
  id: z.string().nullable(),
  name: z.string(),
  arguments: z.string(),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** What a call gave. */
const ToolResult = record({
  /** Of the call, as the vendor named it. */
  id: z.string().nullable(),
  name: z.string(),
  /** What the model reads, usually JSON. */
  content: z.string(),
});
export type ToolResult = z.infer<typeof ToolResult>;

/** One message of a conversation as a vendor receives it. */
export const ChatMessage = record({
  role: z.enum(["system", "user", "assistant"]),
  text: z.string(),
  /** Calls that an assistant's message made. */
  calls: list(ToolCall).exactOptional(),
  /** What those calls gave: a user's message of their own, without text. */
  results: list(ToolResult).exactOptional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

const finishReasons = ["stop", "length", "filter", "refusal", "tool", "error", "other"] as const;
export type FinishReason = (typeof finishReasons)[number];
const Finish = record({ reason: z.enum(finishReasons), raw: z.string().nullable() });
export type Finish = z.infer<typeof Finish>;

/**
 * Times of one attempt in milliseconds from the line before dispatch, on the monotonic clock.
 * Null if the event did not happen or could not be observed. Definitions: docs/metrics.md.
 */
const Timing = record({
  /** Wall clock, ISO 8601 UTC. */
  started_at: Moment,
  /** Wait in our own lane before `started_at`; not part of the other times. */
  queued_ms: Amount,
  /** DNS, TCP and TLS of a new socket; null on a reused one. */
  connect_ms: Amount.nullable(),
  headers_ms: Amount.nullable(),
  /** First generated text of length > 0, whitespace included, reasoning or answer. */
  first_token_ms: Amount.nullable(),
  /** First answer text, not counting reasoning and the blanks between it and the answer. */
  first_answer_ms: Amount.nullable(),
  last_token_ms: Amount.nullable(),
  /** The end of the reply by its own account, else of the response. */
  total_ms: Amount,
  /** Chunks with generated text. */
  chunks: Count,
  /** Longest wait between two of them. */
  max_gap_ms: Amount.nullable(),
  /** Unicode code points in the first chunk, which decode speed leaves out. */
  first_chars: Count.nullable(),
  /** Attempts of this lane in flight when this one started, including itself. */
  in_flight: Count,
});
export type Timing = z.infer<typeof Timing>;

/** One attempt as recorded in the run file. */
export const Attempt = record({
  outcome: z.enum(outcomes),
  status: z.int().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** Wait before the next attempt. */
  wait_ms: Amount.nullable(),
  /** Absent for the last attempt of a call, whose times are the call's own; files of earlier versions repeat them. */
  timing: Timing.nullable().exactOptional(),
  /** Tokens came, or the vendor counted some, which may have been billed even if the attempt failed. */
  streamed: z.boolean(),
});
export type Attempt = z.infer<typeof Attempt>;

/** Codes of a connection that did not come about, through a proxy or without: https://nodejs.org/api/errors.html */
const unmet =
  /^(?:proxy-)?(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** True if nothing of an attempt reached the vendor: no connection came about. */
export const isUnmet = ({ status, code }: Pick<Attempt, "status" | "code">): boolean =>
  status === null && unmet.test(code ?? "");

/** What a request asked of thinking: a level or a budget, and the body members that said so; null if none could. */
const ThinkingAsked = record({
  asked: Thinking,
  sent: byName(z.json()).nullable(),
});
export type ThinkingAsked = z.infer<typeof ThinkingAsked>;

const tokenShape = { token: z.string(), logprob: z.number() };

/** The first token of an answer with its natural log probability, and the likeliest tokens in its place. */
const FirstToken = record({ ...tokenShape, top: list(record(tokenShape)) });
export type FirstToken = z.infer<typeof FirstToken>;

export const callShape = {
  outcome: z.enum(outcomes),
  text: z.string(),
  reasoning: z.string(),
  finish: Finish.nullable(),
  /** Absent if the model called none. */
  tool_calls: list(ToolCall).exactOptional(),
  /** What an application retrieved, in its order; absent where it sent nothing of it. */
  passages: list(Passage).exactOptional(),
  usage: Usage,
  /** How the vendor's counts contradict themselves, the reply or the request; absent if they may be true. */
  usage_doubt: z.enum(usageDoubts).exactOptional(),
  model_returned: z.string().nullable(),
  /** Another model answered, and this is the one whose price was taken; absent where none is known or the asked one answered. */
  priced_as: z.string().exactOptional(),
  /** What was asked about thinking and what was sent for it; absent where nothing was asked. */
  thinking: ThinkingAsked.exactOptional(),
  /** Absent where it was not asked for or did not come. */
  first_token: FirstToken.exactOptional(),
  fingerprint: z.string().nullable(),
  request_id: z.string().nullable(),
  dropped: list(Dropped),
  /** The answer came from a simulator. */
  simulated: z.boolean(),
  /** Null if no request was made (baselines). */
  timing: Timing.nullable(),
  cost: Money.nullable(),
  /** Our own estimate of the input tokens, for budgets; only where the vendor's count is missing or doubted. */
  input_estimate: Amount.exactOptional(),
  /** True if a failed attempt streamed something that may have been billed too. */
  cost_incomplete: z.boolean(),
  attempts: list(Attempt),
};

/** The last attempt of a call, with all attempts and the cost. */
export const CallRecord = record({
  ...callShape,
  /**
   * What an environment carried out where the vendor sent no calls of its own: those that the text writes, or the text
   * itself, said to a scripted user.
   */
  played: list(ToolCall).exactOptional(),
  /** What an environment answered to the calls, in their order; absent where nothing answers. */
  results: list(ToolResult).exactOptional(),
  /** The vendor's id of the batch in which the answer came: it has no times and cost the batch's price. */
  batch: z.string().exactOptional(),
  /** A person or another tool asked: it has no times, and what it cost is not known. */
  elsewhere: z.literal(true).exactOptional(),
});
export type CallRecord = z.infer<typeof CallRecord>;

/** True if a vendor was asked, by itself, in a batch or by somebody else; baselines ask none. */
export const wasAsked = ({
  timing,
  batch,
  elsewhere,
}: Pick<CallRecord, "timing" | "batch" | "elsewhere">): boolean =>
  timing !== null || batch !== undefined || elsewhere === true;

/** All that a reply did: the vendor's calls, or what an environment took for calls. */
export const callsMade = ({
  tool_calls,
  played,
}: Pick<CallRecord, "tool_calls" | "played">): readonly ToolCall[] => tool_calls ?? played ?? [];

/** What a protocol made of one attempt. */
export type Reply = Omit<
  CallRecord,
  | "cost"
  | "input_estimate"
  | "cost_incomplete"
  | "attempts"
  | "played"
  | "results"
  | "batch"
  | "elsewhere"
  | "priced_as"
  | "thinking"
> & {
  readonly status: number | null;
  /** The vendor's own code and message, or the socket's; null on success. */
  readonly code: string | null;
  readonly message: string | null;
  readonly retry_after_ms: number | null;
};
