import type { VendorError } from "../calling/exchange/draft.ts";
import type { CallRequest, AttemptContext, Protocol } from "../calling/protocol.ts";
import type { Reply } from "../domain/call.ts";
import type { Dropped } from "../domain/params.ts";
import type { UsageMap } from "../domain/usage.ts";

import { bareError, openaiError } from "../calling/errors/openai-error.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { createRepeatedEvents } from "../calling/exchange/repeated-event.ts";
import { attemptStream, type Exchanged } from "../calling/exchange/stream.ts";
import { plainTextOf, readChunk } from "../calling/openai-chunk.ts";
import { applyParams, merged } from "../calling/params.ts";
import { relaxedBody } from "../calling/relax.ts";
import { postJson } from "../calling/request.ts";
import { structuredBody } from "../calling/structured.ts";
import { openaiTalk } from "../calling/tool-talk.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { memberOf } from "../domain/json.ts";

/** Where the OpenAI dialect keeps its counts; a vendor's `usage` overrides it. */
const usage: UsageMap = {
  input: "prompt_tokens",
  cached_input: "prompt_tokens_details.cached_tokens",
  output: "completion_tokens",
  reasoning: "completion_tokens_details.reasoning_tokens",
};

/**
 * OpenAI chat completions, always streamed, as served by OpenAI and the many vendors that speak its dialect.
 * Sources: https://platform.openai.com/docs/api-reference/chat ; for vendors' differences, their files in providers/.
 */
export const protocol: Protocol = {
  id: "openai-chat",
  attempt: (call: CallRequest, context: AttemptContext): Promise<Reply> => {
    const { body, dropped } = askedBy(call);
    return attemptStream(call, context, codec, {
      ...requestOf(call, body, dropped),
      usage,
      relax: (error) => relaxed(call, error),
    });
  },
};

type Body = Readonly<Record<string, unknown>>;

function askedBy(call: CallRequest): {
  readonly body: Body;
  readonly dropped: readonly Dropped[];
} {
  const { values, extra, dropped } = applyParams(call.params, call.endpoint.request);
  return { body: merged(bodyOf(call, values), extra), dropped };
}

function bodyOf(call: CallRequest, params: Body): Body {
  return {
    model: call.model,
    messages: messagesOf(call),
    ...openaiTools(call),
    ...structuredBody(call, "openai-chat"),
    ...params,
    stream: true,
    ...(call.endpoint.request.stream_usage === false
      ? {}
      : { stream_options: { include_usage: true } }),
  };
}

const requestOf = (
  { endpoint, model }: CallRequest,
  body: Body,
  dropped: readonly Dropped[],
): Pick<Exchanged, "request" | "dropped"> => ({
  dropped,
  request: postJson(endpoint, urlOf(endpoint, model, "/chat/completions"), body),
});

function messagesOf({ messages, endpoint }: CallRequest): readonly Body[] {
  const { system: role = "system", empty_reply = "" } = endpoint.request;
  if (role !== "user") {
    return messages.flatMap((message) => {
      if (message.role === "system") return [{ role, content: message.text }];
      return openaiTalk(
        message,
        message.role === "assistant" ? message.text || empty_reply : message.text,
      );
    });
  }
  const system = messages.filter((each) => each.role === "system").map((each) => each.text);
  const others = messages.filter((each) => each.role !== "system");
  return others.flatMap((message, index) =>
    openaiTalk(message, index === 0 ? [...system, message.text].join("\n\n") : message.text),
  );
}

const needed: ReadonlySet<string> = new Set(["model", "messages", "stream"]);

/** Few requests are refused, so that their bodies are made again rather than kept while all others are under way. */
function relaxed(call: CallRequest, error: VendorError) {
  const { body, dropped } = askedBy(call);
  const { max_tokens, seed } = call.endpoint.request;
  const ours = {
    ...(typeof max_tokens === "string" && { [max_tokens]: "max_tokens" }),
    ...(typeof seed === "string" && { [seed]: "seed" }),
  };
  const relieved = relaxedBody(body, error, needed, ours);
  return relieved === null ? null : requestOf(call, relieved.body, [...dropped, relieved.drop]);
}

const codec: Codec = {
  stream: sseStream(
    (json, draft, { name }) => {
      const error = openaiError(json) ?? (name === "error" ? bareError(json) : null);
      if (error === null) readChunk(json, "delta", draft);
      else draft.error ??= error;
    },
    () =>
      createRepeatedEvents("content", (json) =>
        openaiError(json) === null ? plainTextOf(json) : null,
      ),
  ),
  body: (json, draft) => {
    if (!Array.isArray(memberOf(json, "choices"))) throw new Error("the answer has no choices");
    readChunk(json, "message", draft);
  },
  error: openaiError,
};
