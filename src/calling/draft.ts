import type { Finish, FinishReason, Timing, ToolCall } from "../domain/call.ts";

import { codePoints } from "../text/length.ts";
import { createChannel } from "./channel.ts";

/** The reply received so far. One per attempt; filled by a protocol's codec, read when the stream has ended. */
export type ReplyDraft = {
  /** Generated answer text; empty text does not count as a token. */
  readonly text: (piece: string) => void;
  readonly reasoning: (piece: string) => void;
  /** A piece of the tool call at `index`; arguments are concatenated, the first id and name are kept. */
  readonly tool: (index: number, piece: Partial<ToolCall>) => void;
  usage: unknown;
  finish: Finish | null;
  model: string | null;
  fingerprint: string | null;
  id: string | null;
  /** An error reported in the body, whatever the status. */
  error: VendorError | null;
  /** The stream's own end mark was seen. */
  done: boolean;
};

export type VendorError = {
  readonly code: string | null;
  readonly message: string;
  readonly body: unknown;
  /** The request parameter the error is about. */
  readonly param?: string | null;
  /** The wait requested by the body; a header takes precedence. */
  readonly retry_after_ms?: number | null;
  /** An HTTP status given in the body, if the response's own is meaningless. */
  readonly status?: number | null;
};

type Marks = Pick<
  Timing,
  "first_token_ms" | "first_answer_ms" | "last_token_ms" | "chunks" | "max_gap_ms" | "first_chars"
>;

/** A draft with its stopwatch: `at` sets the arrival time of the pieces that follow. */
export type TimedDraft = {
  readonly draft: ReplyDraft;
  readonly at: (ms: number) => void;
  /** True if text or reasoning has arrived since the last call. */
  readonly progressed: () => boolean;
  readonly read: () => {
    readonly text: string;
    readonly reasoning: string;
    readonly tool_calls: readonly ToolCall[];
    readonly marks: Marks;
  };
};

/**
 * Collects pieces without joining them and takes times as defined in docs/metrics.md. Pieces that
 * arrive in one read of the socket share its time and count as one chunk.
 */
export function createDraft(): TimedDraft {
  const answer = createChannel();
  const thought = createChannel();
  const tools = new Map<number, ToolCall>();
  let now = 0;
  let fresh = false;
  let first: number | null = null;
  let firstAnswer: number | null = null;
  let last: number | null = null;
  let chunks = 0;
  let maxGap: number | null = null;
  let firstChars = 0;

  const mark = (piece: string): void => {
    fresh = true;
    if (last !== now) {
      if (last !== null) maxGap = Math.max(maxGap ?? 0, now - last);
      last = now;
      chunks += 1;
      first ??= now;
    }
    if (now === first) firstChars += codePoints(piece);
  };

  const draft: ReplyDraft = {
    text: (piece) => {
      if (piece === "") return;
      mark(piece);
      firstAnswer ??= now;
      answer.add(piece);
    },
    reasoning: (piece) => {
      if (piece === "") return;
      mark(piece);
      thought.add(piece);
    },
    tool: (index, piece) => {
      const was = tools.get(index) ?? { id: null, name: "", arguments: "" };
      tools.set(index, {
        id: was.id ?? piece.id ?? null,
        name: was.name === "" ? (piece.name ?? "") : was.name,
        arguments: was.arguments + (piece.arguments ?? ""),
      });
    },
    usage: undefined,
    finish: null,
    model: null,
    fingerprint: null,
    id: null,
    error: null,
    done: false,
  };

  return {
    draft,
    at: (ms) => {
      now = ms;
    },
    progressed: () => {
      const was = fresh;
      fresh = false;
      return was;
    },
    read: () => ({
      text: answer.text(),
      reasoning: thought.text(),
      tool_calls: [...tools.entries()].toSorted(([a], [b]) => a - b).map(([, call]) => call),
      marks: {
        first_token_ms: first,
        first_answer_ms: firstAnswer,
        last_token_ms: last,
        chunks,
        max_gap_ms: maxGap,
        first_chars: first === null ? null : firstChars,
      },
    }),
  };
}

const rawReasons: Readonly<Record<FinishReason, string>> = {
  stop: "stop eos end_turn stop_sequence complete completed normal",
  length:
    "length max_tokens max_output_tokens model_length model_context_window_exceeded error_limit time_limit " +
    "context",
  filter:
    "content_filter content_filtered guardrail_intervened sensitive safety recitation blocklist " +
    "prohibited_content spii language error_toxic model_armor",
  refusal: "refusal",
  tool: "tool_calls function_call tool_use tool_call",
  // An answer that the vendor cut off for reasons of its own does not count as an answer.
  error:
    "error timeout malformed_response malformed_model_output malformed_tool_use " +
    "malformed_function_call abort cancelled failed pause_turn continuation steered queued",
  other: "",
};
const reasons = new Map(
  (Object.keys(rawReasons) as FinishReason[]).flatMap((reason) =>
    rawReasons[reason].split(" ").map((raw) => [raw, reason] as const),
  ),
);

/** Normalises a vendor's finish reason; null, "" and the text "null" mean not finished. */
export function finishOf(raw: unknown): Finish | null {
  if (typeof raw !== "string" || raw === "" || raw === "null") return null;
  return { reason: reasons.get(raw.toLowerCase()) ?? "other", raw };
}
