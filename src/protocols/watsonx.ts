import type { VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { UsageMap } from "../domain/usage.ts";

import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { readChunk } from "../calling/openai-chunk.ts";
import { applyParams, merged } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { openaiTalk } from "../calling/tool-talk.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const usage: UsageMap = { input: "prompt_tokens", output: "completion_tokens" };

const errors: readonly ErrorRow[] = [
  { code: "model_not_supported", outcome: "model-not-found" },
  { code: "token_quota_reached", outcome: "quota" },
  { code: "authentication_token_expired", outcome: "auth" },
  { code: "consumption_limit_reached", outcome: "rate-limited" },
  { message: "exceeds the context length", outcome: "context-overflow" },
  { message: "maximum sequence length", outcome: "context-overflow" },
];

/**
 * IBM watsonx.ai text chat: OpenAI's chunks in its own envelope. The vendor's file adds the project or space to the
 * body.
 * Source: https://cloud.ibm.com/apidocs/watsonx-ai#text-chat-stream
 */
export const protocol: Protocol = {
  id: "watsonx",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request);
    const talk = messages.flatMap((each) => openaiTalk(each));
    return attemptStream(call, context, codec, {
      request: postJson(
        endpoint,
        urlOf(endpoint, model, "/ml/v1/text/chat_stream"),
        merged({ model_id: model, messages: talk, ...openaiTools(call), ...values }, extra),
      ),
      dropped,
      usage,
      errors,
    });
  },
};

const codec: Codec = {
  stream: sseStream((json, draft) => {
    const error = errorOf(json);
    if (error !== null) draft.error ??= error;
    draft.model ??= textOf(memberOf(json, "model_id"));
    readChunk(json, "delta", draft);
  }),
  body: (json, draft) => {
    if (!Array.isArray(memberOf(json, "choices"))) throw new Error("the answer has no choices");
    draft.model ??= textOf(memberOf(json, "model_id"));
    readChunk(json, "message", draft);
  },
  error: errorOf,
};

/** `{errors: [{code, message, more_info}], trace, status_code}`. */
function errorOf(json: unknown): VendorError | null {
  const [error] = listOf(memberOf(json, "errors"));
  if (error === undefined) return null;
  return {
    code: codeOf(memberOf(error, "code")),
    message: textOf(memberOf(error, "message")) ?? JSON.stringify(error),
    body: json,
  };
}
