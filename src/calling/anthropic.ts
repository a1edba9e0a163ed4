import type { Dropped } from "../domain/params.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { UsageMap } from "../domain/usage.ts";
import type { ReplyDraft, VendorError } from "./exchange/draft.ts";
import type { CallRequest } from "./protocol.ts";

import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";
import { finishOf } from "./evidence/finish-words.ts";
import { type Codec, sseStream } from "./exchange/codec.ts";
import { applyParams, merged, type ParamNames } from "./params.ts";
import { structuredBody } from "./structured.ts";
import { anthropicTalk } from "./tool-talk.ts";
import { toolsAs } from "./tools.ts";

/** Shared by the protocols that carry Anthropic messages: the API itself, Bedrock and Vertex. */

/** `input_tokens` excludes what was read from or written to the cache. */
export const anthropicUsage: UsageMap = {
  input: ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"],
  cached_input: "cache_read_input_tokens",
  cache_write: "cache_creation_input_tokens",
  output: "output_tokens",
  reasoning: "output_tokens_details.thinking_tokens",
};

export const anthropicErrors: readonly ErrorRow[] = [
  { code: "*spend_limit_reached", outcome: "quota" },
  { code: "billing_error", outcome: "quota" },
  { message: "credit balance is too low", outcome: "quota" },
  { message: "prompt is too long", outcome: "context-overflow" },
  { code: "request_too_large", outcome: "context-overflow" },
  { code: "rate_limit_error", outcome: "rate-limited" },
  { code: "overloaded_error", outcome: "overloaded" },
  { code: "timeout_error", outcome: "timeout" },
  { code: "api_error", outcome: "server" },
  { code: "authentication_error", outcome: "auth" },
  { code: "permission_error", outcome: "permission" },
  { code: "not_found_error", outcome: "model-not-found" },
];

const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "max_tokens",
  seed: false,
  stop: "stop_sequences",
};

/** `max_tokens` is required; this is sent if none is configured. */
const defaultMaxTokens = 8192;

/** The request body, except the model, the version and the stream flag. */
export function anthropicBody(call: CallRequest): {
  readonly body: Readonly<Record<string, unknown>>;
  readonly dropped: readonly Dropped[];
} {
  const { messages, params, endpoint } = call;
  const asked = { ...params, max_tokens: params.max_tokens ?? defaultMaxTokens };
  const { values, extra, dropped } = applyParams(asked, endpoint.request, names);
  const system = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  const required: Dropped = {
    param: "max_tokens",
    asked: null,
    effective: values["max_tokens"],
    reason: "the vendor requires one",
  };
  return {
    body: merged(
      {
        ...(system.length === 0 ? {} : { system: system.join("\n\n") }),
        messages: messages.filter(({ role }) => role !== "system").map(anthropicTalk),
        ...toolsAs(call, ({ parameters, ...each }) => ({ ...each, input_schema: parameters })),
        ...values,
        ...structuredBody(call, "anthropic"),
      },
      extra,
    ),
    dropped:
      params.max_tokens === undefined
        ? [...dropped.filter(({ param }) => param !== "max_tokens"), required]
        : dropped,
  };
}

/**
 * Reads Anthropic's named events; the name is in the data as well.
 * Source: https://docs.anthropic.com/en/api/messages-streaming
 */
export function readAnthropicEvent(json: unknown, draft: ReplyDraft): void {
  const index = numberOf(memberOf(json, "index"));
  switch (memberOf(json, "type")) {
    case "message_start":
      readHead(memberOf(json, "message"), draft);
      readContent(memberOf(json, "message"), draft);
      return;
    case "message":
      // A gateway that wraps a complete answer in one event.
      readMessage(json, draft);
      draft.done = true;
      return;
    case "content_block_start":
      readBlock(memberOf(json, "content_block"), index, draft);
      return;
    case "content_block_delta":
      readDelta(memberOf(json, "delta"), index, draft);
      return;
    case "message_delta":
      draft.finish = finishOf(memberOf(memberOf(json, "delta"), "stop_reason")) ?? draft.finish;
      addUsage(memberOf(json, "usage"), draft);
      return;
    case "message_stop":
      draft.done = true;
      return;
    case "error":
      draft.error ??= anthropicError(json);
      return;
    default:
      // ping, content_block_stop, signatures and future events: ignored.
      return;
  }
}

export const anthropicCodec: Codec = {
  stream: sseStream(readAnthropicEvent),
  body: readMessage,
  error: anthropicError,
};

function readMessage(json: unknown, draft: ReplyDraft): void {
  const content = memberOf(json, "content");
  if (!Array.isArray(content)) throw new Error("the answer has no content");
  readHead(json, draft);
  readContent(json, draft);
  draft.finish = finishOf(memberOf(json, "stop_reason"));
}

/** The blocks of a complete message; the first event of a stream has none. */
const readContent = (message: unknown, draft: ReplyDraft): void =>
  listOf(memberOf(message, "content")).forEach((block, index) => readBlock(block, index, draft));

function readHead(message: unknown, draft: ReplyDraft): void {
  draft.model = textOf(memberOf(message, "model"));
  draft.id = textOf(memberOf(message, "id"));
  addUsage(memberOf(message, "usage"), draft);
}

/** Counts are cumulative; null means unchanged. */
function addUsage(counts: unknown, draft: ReplyDraft): void {
  if (typeof counts !== "object" || counts === null) return;
  const known = Object.entries(counts).filter(([, count]) => count !== null);
  draft.usage = { ...(draft.usage as object | undefined), ...Object.fromEntries(known) };
}

function readBlock(block: unknown, index: number, draft: ReplyDraft): void {
  draft.text(textOf(memberOf(block, "text")) ?? "");
  draft.reasoning(textOf(memberOf(block, "thinking")) ?? "");
  if (memberOf(block, "type") !== "tool_use") return;
  const input = memberOf(block, "input");
  const isWhole = typeof input === "object" && input !== null && Object.keys(input).length > 0;
  draft.tool(index, {
    id: textOf(memberOf(block, "id")),
    name: textOf(memberOf(block, "name")) ?? "",
    arguments: isWhole ? JSON.stringify(input) : "",
  });
}

function readDelta(delta: unknown, index: number, draft: ReplyDraft): void {
  draft.text(textOf(memberOf(delta, "text")) ?? "");
  draft.reasoning(textOf(memberOf(delta, "thinking")) ?? "");
  const json = textOf(memberOf(delta, "partial_json"));
  if (json !== null) draft.tool(index, { arguments: json });
}

/** `{type: "error", error: {type, message, details: {error_code}}}`. */
export function anthropicError(json: unknown): VendorError | null {
  const error = memberOf(json, "error");
  if (typeof error !== "object" || error === null) return null;
  const inner = codeOf(memberOf(memberOf(error, "details"), "error_code"));
  return {
    code: inner ?? codeOf(memberOf(error, "type")),
    message: textOf(memberOf(error, "message")) ?? JSON.stringify(error),
    body: json,
  };
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
