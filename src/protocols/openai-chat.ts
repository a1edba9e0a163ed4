import type { Dropped } from "../domain/params.ts";
import type { RequestQuirks } from "../domain/provider.ts";
import type { Reply } from "../domain/call.ts";
import type { UsageMap } from "../domain/usage.ts";
import { type Codec, sseStream } from "./kit/codec.ts";
import { type Draft, finishOf, type VendorError } from "./kit/draft.ts";
import { codeOf, listOf, memberOf, textOf } from "./kit/json.ts";
import { applyParams } from "./kit/params.ts";
import { attemptStream, type Exchanged } from "./kit/stream.ts";
import { urlOf } from "./kit/url.ts";
import type { Ask, AskContext, Protocol } from "./protocol.ts";

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
    return attemptStream(ask, context, codec, {
      ...requestOf(ask, bodyOf(ask, body), dropped),
      usage,
      relax: (error) => relaxed(ask, bodyOf(ask, body), dropped, error),
    });
  },
};

type Body = Readonly<Record<string, unknown>>;

function bodyOf(ask: Ask, params: Body): Body {
  return {
    model: ask.model,
    messages: messagesOf(ask),
    ...params,
    stream: true,
    ...(ask.endpoint.request.stream_usage === false
      ? {}
      : { stream_options: { include_usage: true } }),
  };
}

const requestOf = (
  { endpoint, model }: Ask,
  body: Body,
  dropped: readonly Dropped[],
): Pick<Exchanged, "request" | "dropped"> => ({
  dropped,
  request: {
    method: "POST",
    url: urlOf(endpoint, model, "/chat/completions"),
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      ...endpoint.headers,
    },
    body: JSON.stringify(body),
  },
});

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

const needed: ReadonlySet<string> = new Set(["model", "messages", "stream"]);

/** Models come and go faster than quirk tables: a parameter that the vendor names as unsupported is left out. */
function relaxed(ask: Ask, body: Body, dropped: readonly Dropped[], error: VendorError) {
  const name = error.param?.split(/[.[]/)[0] ?? "";
  if (error.code !== "unsupported_parameter" && error.code !== "unsupported_value") return null;
  if (needed.has(name) || !Object.hasOwn(body, name)) return null;
  const { [name]: asked, ...rest } = body;
  const reason = `refused by the vendor: ${error.code}`;
  const drop = { param: paramOf(name, ask.endpoint.request), asked, effective: null, reason };
  return requestOf(ask, rest, [...dropped, drop]);
}

/** Our name of a param that is sent under a vendor's own. */
function paramOf(sent: string, { max_tokens, seed }: RequestQuirks): string {
  if (sent === max_tokens) return "max_tokens";
  return sent === seed ? "seed" : sent;
}

const codec: Codec = {
  stream: sseStream((data, name, draft) => {
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
  }),
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
  // Groq tells the usage of a stream in a member of its own.
  const counts = memberOf(json, "usage") ?? memberOf(memberOf(json, "x_groq"), "usage");
  if (typeof counts === "object" && counts !== null) draft.usage = counts;
  const [choice] = listOf(memberOf(json, "choices"));
  if (choice === undefined) return;
  const message = memberOf(choice, part);
  const content = memberOf(message, "content");
  draft.reasoning(
    textOf(memberOf(message, "reasoning_content")) ?? textOf(memberOf(message, "reasoning")) ?? "",
  );
  draft.reasoning(listOf(content).map(thoughtOf).join(""));
  draft.text(textOf(content) ?? listOf(content).map(saidOf).join(""));
  const refusal = textOf(memberOf(message, "refusal"));
  if (refusal !== null) draft.text(refusal);
  listOf(memberOf(message, "tool_calls")).forEach((call, at) => readToolCall(call, at, draft));
  const finish = finishOf(memberOf(choice, "finish_reason"));
  // A refusal ends with finish_reason stop, like an answer.
  const refuses = draft.finish?.reason === "refusal" || (refusal ?? "") !== "";
  if (refuses && (finish === null || finish.reason === "stop")) {
    draft.finish = { reason: "refusal", raw: "refusal" };
  } else {
    draft.finish = finish ?? draft.finish;
  }
}

/** Content may be a list of parts, of which the text ones are the answer. */
const saidOf = (part: unknown): string => textOf(memberOf(part, "text")) ?? "";

/** Mistral: `{type: "thinking", thinking: [{type: "text", text}]}`. */
function thoughtOf(part: unknown): string {
  const thinking = memberOf(part, "thinking");
  return textOf(thinking) ?? listOf(thinking).map(saidOf).join("");
}

function readToolCall(call: unknown, position: number, draft: Draft): void {
  const index = memberOf(call, "index");
  const asked = memberOf(call, "function");
  const given = memberOf(asked, "arguments");
  draft.tool(typeof index === "number" ? index : position, {
    id: textOf(memberOf(call, "id")),
    name: textOf(memberOf(asked, "name")) ?? "",
    arguments: textOf(given) ?? (given === undefined ? "" : JSON.stringify(given)),
  });
}

/** `{error: {code, type, message}}`, `{error: "…"}`, or `{code, message}` without choices. */
function errorOf(json: unknown): VendorError | null {
  const error = memberOf(json, "error");
  if (typeof error === "string") return { code: codeIn(json), message: error, body: json };
  if (typeof error === "object" && error !== null) {
    const message = textOf(memberOf(error, "message")) ?? JSON.stringify(error);
    const param = textOf(memberOf(error, "param"));
    return { code: codeIn(error) ?? codeIn(json), message, param, body: json };
  }
  return memberOf(json, "choices") === undefined && memberOf(json, "message") !== undefined
    ? bareError(json)
    : null;
}

const bareError = (json: unknown): VendorError => ({
  code: codeIn(json),
  message: textOf(memberOf(json, "message")) ?? JSON.stringify(json),
  param: textOf(memberOf(json, "param")),
  body: json,
});

const codeIn = (json: unknown): string | null =>
  codeOf(memberOf(json, "code") ?? memberOf(json, "type"));
