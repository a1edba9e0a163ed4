import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { openaiTalk } from "../calling/tool-talk.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

/** Everything the model read and wrote; `billed_units` would leave out what Cohere adds itself. */
const usage: UsageMap = {
  input: "tokens.input_tokens",
  cached_input: "cached_tokens",
  output: "tokens.output_tokens",
};

const names: ParamNames = {
  temperature: "temperature",
  top_p: "p",
  presence_penalty: "presence_penalty",
  frequency_penalty: "frequency_penalty",
  max_tokens: "max_tokens",
  seed: "seed",
  stop: "stop_sequences",
};

/** Cohere chat, version 2. Source: https://docs.cohere.com/reference/chat-stream */
export const protocol: Protocol = {
  id: "cohere",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const talk = messages.flatMap((each) => openaiTalk(each));
    const body = merged(
      { model, messages: talk, ...openaiTools(call), ...values, stream: true },
      extra,
    );
    return attemptStream(call, context, codec, {
      request: postJson(endpoint, urlOf(endpoint, model, "/v2/chat"), body),
      dropped,
      usage,
      errors: [
        { status: 498, outcome: "auth" },
        { message: "too many tokens", outcome: "context-overflow" },
      ],
    });
  },
};

const codec: Codec = {
  stream: sseStream(readEvent),
  body: (json, draft) => {
    if (typeof memberOf(json, "message") !== "object") throw new Error("the answer has no message");
    readBody(json, draft);
  },
  error: (json) => (typeof memberOf(json, "message") === "string" ? errorOf(json) : null),
};

function readBody(json: unknown, draft: ReplyDraft): void {
  const message = memberOf(json, "message");
  draft.id = textOf(memberOf(json, "id"));
  listOf(memberOf(message, "content")).forEach((part) => readPart(part, draft));
  listOf(memberOf(message, "tool_calls")).forEach((call, at) => readCall(call, at, draft));
  draft.usage = memberOf(json, "usage");
  draft.finish = finishOf(memberOf(json, "finish_reason"));
}

function readEvent(json: unknown, draft: ReplyDraft): void {
  const type = textOf(memberOf(json, "type"));
  if (type === null) {
    if (typeof memberOf(json, "message") === "string") draft.error ??= errorOf(json);
    // A gateway that wraps a complete answer in one event.
    else if (typeof memberOf(json, "message") === "object") readBody(json, draft);
    return;
  }
  const delta = memberOf(json, "delta");
  const message = memberOf(delta, "message");
  const at = memberOf(json, "index");
  const index = typeof at === "number" ? at : 0;
  draft.id ??= textOf(memberOf(json, "id"));
  if (type === "content-start" || type === "content-delta") {
    readPart(memberOf(message, "content"), draft);
  } else if (type === "tool-call-start" || type === "tool-call-delta") {
    readCall(memberOf(message, "tool_calls"), index, draft);
  } else if (type === "message-end") {
    draft.finish = finishOf(memberOf(delta, "finish_reason"));
    draft.usage = memberOf(delta, "usage") ?? draft.usage;
    const error = textOf(memberOf(delta, "error"));
    if (error !== null)
      draft.error ??= { code: draft.finish?.raw ?? null, message: error, body: json };
    draft.done = true;
  }
}

function readPart(part: unknown, draft: ReplyDraft): void {
  draft.text(textOf(memberOf(part, "text")) ?? "");
  draft.reasoning(textOf(memberOf(part, "thinking")) ?? "");
}

function readCall(call: unknown, index: number, draft: ReplyDraft): void {
  const called = memberOf(call, "function");
  draft.tool(index, {
    id: textOf(memberOf(call, "id")),
    name: textOf(memberOf(called, "name")) ?? "",
    arguments: textOf(memberOf(called, "arguments")) ?? "",
  });
}

const errorOf = (json: unknown): VendorError => ({
  code: codeOf(memberOf(json, "code")),
  message: textOf(memberOf(json, "message")) ?? "",
  body: json,
});
