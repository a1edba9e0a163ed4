import type { Reply } from "../domain/call.ts";
import type { UsageMap } from "../domain/usage.ts";
import type { WireRequest } from "../wire/http.ts";
import { type Draft, finishOf, type VendorError } from "./kit/draft.ts";
import { applyParams } from "./kit/params.ts";
import type { Ask, AskContext, Protocol } from "./protocol.ts";
import { attemptStream, type Codec } from "./kit/stream.ts";

/** Where the OpenAI dialect keeps its counts; a vendor's `usage` goes over it. */
const usage: UsageMap = {
  input: "prompt_tokens",
  cached_input: "prompt_tokens_details.cached_tokens",
  output: "completion_tokens",
  reasoning: "completion_tokens_details.reasoning_tokens",
};

/**
 * OpenAI chat completions, always streamed, as OpenAI and the many vendors that speak its dialect serve it.
 * Sources: https://platform.openai.com/docs/api-reference/chat ; for what vendors do differently, their files
 * in providers/.
 */
export const protocol: Protocol = {
  id: "openai-chat",
  attempt: (ask: Ask, context: AskContext): Promise<Reply> => {
    const { body, dropped } = applyParams(ask.params, ask.endpoint.request);
    const request = buildRequest(ask, body);
    return attemptStream(ask, context, codec, { request, dropped, usage });
  },
};

function buildRequest(ask: Ask, params: Readonly<Record<string, unknown>>): WireRequest {
  const { base_url, path, query, headers, request } = ask.endpoint;
  const url = new URL(base_url.replace(/\/+$/, "") + (path ?? "/chat/completions"));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const body = {
    model: ask.model,
    messages: messagesOf(ask),
    ...params,
    stream: true,
    ...(request.stream_usage === false ? {} : { stream_options: { include_usage: true } }),
  };
  return {
    method: "POST",
    url: url.href,
    headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    body: JSON.stringify(body),
  };
}

function messagesOf({ messages, endpoint }: Ask): readonly { role: string; content: string }[] {
  const role = endpoint.request.system ?? "system";
  if (role !== "user") {
    return messages.map((message) => ({
      role: message.role === "system" ? role : message.role,
      content: message.text,
    }));
  }
  const system = messages.filter((each) => each.role === "system").map((each) => each.text);
  const others = messages.filter((each) => each.role !== "system");
  return others.map((message, index) => ({
    role: message.role,
    content: index === 0 ? [...system, message.text].join("\n\n") : message.text,
  }));
}

const codec: Codec = {
  event: (data, name, draft) => {
    const text = data.trim();
    if (text === "") return;
    if (text === "[DONE]") {
      draft.done = true;
      return;
    }
    const json: unknown = JSON.parse(text);
    const error = errorOf(json) ?? (name === "error" ? bareError(json) : null);
    if (error === null) readChunk(json, "delta", draft);
    else draft.error ??= error;
  },
  body: (json, draft) => {
    if (!Array.isArray(memberOf(json, "choices"))) throw new Error("the answer has no choices");
    readChunk(json, "message", draft);
  },
  error: errorOf,
};

/** Reads only what is used; vendors add members and leave others out. */
function readChunk(json: unknown, part: "delta" | "message", draft: Draft): void {
  draft.model ??= textOf(memberOf(json, "model"));
  draft.fingerprint ??= textOf(memberOf(json, "system_fingerprint"));
  draft.id ??= textOf(memberOf(json, "id"));
  const counts = memberOf(json, "usage");
  if (typeof counts === "object" && counts !== null) draft.usage = counts;
  const choices = memberOf(json, "choices");
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (choice === undefined) return;
  const message = memberOf(choice, part);
  draft.reasoning(
    textOf(memberOf(message, "reasoning_content")) ?? textOf(memberOf(message, "reasoning")) ?? "",
  );
  draft.text(contentOf(memberOf(message, "content")));
  const refusal = textOf(memberOf(message, "refusal"));
  if (refusal !== null) draft.text(refusal);
  draft.finish = finishOf(memberOf(choice, "finish_reason")) ?? draft.finish;
  if (refusal !== null && refusal !== "") draft.finish = { reason: "refusal", raw: "refusal" };
}

/** Content is text, or a list of parts of which the text ones count. */
function contentOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => textOf(memberOf(part, "text")) ?? "").join("");
}

/** `{error: {code, type, message}}`, `{error: "…"}`, or `{code, message}` without choices. */
function errorOf(json: unknown): VendorError | null {
  const error = memberOf(json, "error");
  if (typeof error === "string") return { code: codeOf(json), message: error, body: json };
  if (typeof error === "object" && error !== null) {
    const message = textOf(memberOf(error, "message")) ?? JSON.stringify(error);
    return { code: codeOf(error) ?? codeOf(json), message, body: json };
  }
  return memberOf(json, "choices") === undefined && memberOf(json, "message") !== undefined
    ? bareError(json)
    : null;
}

const bareError = (json: unknown): VendorError => ({
  code: codeOf(json),
  message: textOf(memberOf(json, "message")) ?? JSON.stringify(json),
  body: json,
});

function codeOf(json: unknown): string | null {
  const code = memberOf(json, "code") ?? memberOf(json, "type");
  return typeof code === "string" || typeof code === "number" ? String(code) : null;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
