import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { unsentTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const usage: UsageMap = { input: "prompt_tokens", output: "completion_tokens" };

const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "max_new_tokens",
  seed: false,
  stop: false,
};

/**
 * SenseTime's own API of 日日新. A delta is a text rather than an object, everything is inside `data`, and a `status` with
 * a code other than 0 is an error, HTTP 200 or not.
 * Source: https://platform.sensenova.cn/doc?path=/chat/ChatCompletions/ChatCompletions.md
 */
export const protocol: Protocol = {
  id: "sensenova",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const talk = messages.map(({ role, text }) => ({ role, content: text }));
    const body = merged({ model, messages: talk, ...values, stream: true }, extra);
    return attemptStream(call, context, codec, {
      request: postJson(endpoint, urlOf(endpoint, model, "/v1/llm/chat-completions"), body),
      dropped: [...dropped, ...unsentTools(call)],
      usage,
    });
  },
};

const codec: Codec = {
  stream: sseStream((json, draft) => {
    const error = errorOf(json);
    if (error === null) readData(json, draft);
    else draft.error ??= error;
  }),
  body: (json, draft) => {
    const choices = memberOf(memberOf(json, "data"), "choices");
    if (!Array.isArray(choices)) throw new Error("the answer has no choices");
    readData(json, draft);
  },
  error: errorOf,
};

/** Streams hold a `delta` and bodies a `message`, except where a gateway mixes them up. */
function readData(json: unknown, draft: ReplyDraft): void {
  const data = memberOf(json, "data");
  draft.id ??= textOf(memberOf(data, "id"));
  draft.usage = memberOf(data, "usage") ?? draft.usage;
  const [choice] = listOf(memberOf(data, "choices"));
  draft.reasoning(textOf(memberOf(choice, "reasoning_content")) ?? "");
  draft.text(textOf(memberOf(choice, "delta") ?? memberOf(choice, "message")) ?? "");
  draft.finish = finishOf(memberOf(choice, "finish_reason")) ?? draft.finish;
}

/** `{error: {code, message}}`, or `{status: {code, message}}` with a code other than 0. */
function errorOf(json: unknown): VendorError | null {
  const status = memberOf(json, "status");
  const failed = codeOf(memberOf(status, "code")) ?? "0";
  const error = memberOf(json, "error") ?? (failed === "0" ? undefined : status);
  if (typeof error !== "object" || error === null) return null;
  return {
    code: codeOf(memberOf(error, "code")),
    message: textOf(memberOf(error, "message")) ?? JSON.stringify(error),
    body: json,
  };
}
