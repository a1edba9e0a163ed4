import { z } from "zod";

import type { ChatMessage, ToolCall } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, ChatRequest, Paced, Trouble } from "./exchange.ts";
import type { FrameKind, Meta } from "./protocol.ts";

import { memberOf, textOf } from "../../domain/json.ts";
import { Content, contentText } from "./parts.ts";
import { blocksOf, callOf, givenOf, resultsTalk, withCalls } from "./tool-talk.ts";

/** Anthropic messages, whatever the endpoint. */

const AnthropicBody = z.looseObject({
  max_tokens: z.int().positive(),
  messages: z
    .array(z.looseObject({ role: z.enum(["user", "assistant", "system"]), content: Content }))
    .min(1),
  system: Content.optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.looseObject({}) })).optional(),
  thinking: z
    .looseObject({
      type: z.enum(["enabled", "disabled", "adaptive"]),
      budget_tokens: z.int().min(1024).optional(),
    })
    .optional(),
});
/** With the model in the body; without it where the path names the model. */
export const AnthropicRequest = AnthropicBody.extend({ model: z.string().min(1) });
export const AnthropicVersioned = AnthropicBody.extend({ anthropic_version: z.string().min(1) });

export function anthropicAsk(
  body: z.infer<typeof AnthropicBody>,
  model: string,
  stream: boolean,
): ChatRequest | string {
  const { thinking } = body;
  if ((thinking?.budget_tokens ?? 0) >= body.max_tokens) {
    return "`max_tokens` must be greater than `thinking.budget_tokens`.";
  }
  const system = contentText(body.system);
  return {
    model,
    messages: [
      ...(system === "" ? [] : [{ role: "system" as const, text: system }]),
      ...body.messages.flatMap(({ role, content }) => messagesOf(role, content)),
    ],
    tools: (body.tools ?? []).map(({ name }) => name),
    stream,
    include_usage: true,
    max_tokens: body.max_tokens,
    stop: body.stop_sequences ?? [],
    thinking: thinking === undefined ? null : thinking.type !== "disabled",
  };
}

/** Results stand in a user's message, before whatever it says. */
function messagesOf(role: ChatMessage["role"], content: unknown): readonly ChatMessage[] {
  const calls = blocksOf(content, "tool_use").map((block) =>
    callOf(memberOf(block, "id"), memberOf(block, "name"), memberOf(block, "input")),
  );
  const results = blocksOf(content, "tool_result").map((block) => ({
    id: textOf(memberOf(block, "tool_use_id")),
    name: "",
    content: textOf(memberOf(block, "content")) ?? "",
  }));
  const text =
    typeof content === "string"
      ? content
      : blocksOf(content, "text")
          .map((block) => textOf(memberOf(block, "text")) ?? "")
          .join("");
  const said = results.length > 0 && text === "" ? [] : [withCalls({ role, text }, calls)];
  return [...resultsTalk(results), ...said];
}

const stopOf = ({ finish, calls }: Answer): string =>
  calls === undefined ? stops[finish] : "tool_use";

const callBlock = (call: ToolCall, input: unknown) => ({
  type: "tool_use",
  id: call.id,
  name: call.name,
  input,
});

const stops = { stop: "end_turn", length: "max_tokens", filter: "refusal" } as const;

const usageOf = ({ usage }: Answer) => ({
  input_tokens: usage.input - usage.cached_input,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: usage.cached_input,
  output_tokens: usage.output,
  output_tokens_details: { thinking_tokens: usage.reasoning },
});

export const anthropicMessage = (chat: ChatRequest, answer: Answer, meta: Meta) => ({
  id: `msg_${meta.request_id}`,
  type: "message",
  role: "assistant",
  model: chat.model,
  content: [
    ...(answer.reasoning === ""
      ? []
      : [{ type: "thinking", thinking: answer.reasoning, signature: "c2lt" }]),
    ...(answer.calls !== undefined && answer.text === ""
      ? []
      : [{ type: "text", text: answer.text }]),
    ...(answer.calls ?? []).map((call) => callBlock(call, givenOf(call))),
  ],
  stop_reason: stopOf(answer),
  stop_sequence: null,
  usage: usageOf(answer),
});

export type AnthropicEvent = {
  readonly kind: FrameKind;
  readonly at_ms: number;
  readonly data: { readonly type: string };
};

/** The events of a stream, each with the time at which it is sent. */
export function anthropicEvents(
  chat: ChatRequest,
  answer: Answer,
  { headers_ms, deltas, end_ms }: Paced,
  meta: Meta,
): readonly AnthropicEvent[] {
  const message = anthropicMessage(chat, answer, meta);
  const usage = usageOf(answer);
  const events: AnthropicEvent[] = [];
  const add = (kind: FrameKind, at_ms: number, data: { type: string }) =>
    events.push({ kind, at_ms, data });
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    usage: { ...usage, output_tokens: 1 },
  };
  const opened = { type: "message_start", message: start };
  add("role", headers_ms, opened);
  add("comment", headers_ms, { type: "ping" });
  let part: string | null = null;
  let index = -1;
  const close = (at_ms: number) => {
    const stop = { type: "content_block_stop", index };
    if (part !== null) add("comment", at_ms, stop);
  };
  for (const delta of deltas) {
    const isText = delta.part === "text";
    if (part !== delta.part) {
      close(delta.at_ms);
      part = delta.part;
      index += 1;
      const block = isText
        ? { type: "text", text: "" }
        : { type: "thinking", thinking: "", signature: "" };
      const begin = { type: "content_block_start", index, content_block: block };
      add("role", delta.at_ms, begin);
    }
    const content = isText
      ? { type: "text_delta", text: delta.text }
      : { type: "thinking_delta", thinking: delta.text };
    const piece = { type: "content_block_delta", index, delta: content };
    add(delta.part, delta.at_ms, piece);
  }
  close(end_ms);
  for (const call of answer.calls ?? []) {
    index += 1;
    const middle = Math.ceil(call.arguments.length / 2);
    const begin = { type: "content_block_start", index, content_block: callBlock(call, {}) };
    add("text", end_ms, begin);
    for (const partial_json of [call.arguments.slice(0, middle), call.arguments.slice(middle)]) {
      const delta = { type: "input_json_delta", partial_json };
      const piece = { type: "content_block_delta", index, delta };
      add("text", end_ms, piece);
    }
    const stop = { type: "content_block_stop", index };
    add("comment", end_ms, stop);
  }
  const finish = {
    type: "message_delta",
    delta: { stop_reason: stopOf(answer), stop_sequence: null },
    usage,
  };
  add("finish", end_ms, finish);
  add("done", end_ms, { type: "message_stop" });
  return events;
}

const errors: Partial<Record<Outcome, readonly [status: number, type: string]>> = {
  auth: [401, "authentication_error"],
  permission: [403, "permission_error"],
  "model-not-found": [404, "not_found_error"],
  "bad-request": [400, "invalid_request_error"],
  "context-overflow": [400, "invalid_request_error"],
  "filtered-input": [400, "invalid_request_error"],
  "rate-limited": [429, "rate_limit_error"],
  quota: [402, "billing_error"],
  overloaded: [529, "overloaded_error"],
  timeout: [504, "timeout_error"],
};

export function anthropicTrouble(trouble: Trouble, meta: Meta) {
  const [status, type] = errors[trouble.outcome] ?? [500, "api_error"];
  const message =
    trouble.outcome === "context-overflow"
      ? `prompt is too long: ${trouble.message}`
      : trouble.outcome === "filtered-input"
        ? `Input blocked by content filtering policy. ${trouble.message}`
        : trouble.message;
  const error = { type: trouble.code ?? type, message };
  return {
    status: trouble.status ?? status,
    body: { type: "error", error, request_id: meta.request_id },
  };
}
