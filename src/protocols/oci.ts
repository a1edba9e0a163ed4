import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { toolsAs } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const usage: UsageMap = {
  input: "promptTokens",
  cached_input: "promptTokensDetails.cachedTokens",
  output: "completionTokens",
  reasoning: "completionTokensDetails.reasoningTokens",
};

const errors: readonly ErrorRow[] = [
  { code: "TooManyRequests", outcome: "rate-limited" },
  { code: "QuotaExceeded", outcome: "quota" },
  { code: "LimitExceeded", outcome: "quota" },
  { code: "NotAuthenticated", outcome: "auth" },
  { code: "NotAuthorizedOrNotFound", outcome: "model-not-found" },
  { message: "maximum context length", outcome: "context-overflow" },
  { code: "InvalidParameter", outcome: "bad-request" },
  { code: "InternalServerError", outcome: "server" },
];

const names: ParamNames = {
  temperature: "temperature",
  top_p: "topP",
  presence_penalty: "presencePenalty",
  frequency_penalty: "frequencyPenalty",
  max_tokens: "maxTokens",
  seed: "seed",
  stop: "stop",
};

/**
 * Oracle OCI Generative AI, its own chat in the generic format. The vendor's file adds the compartment to the body;
 * in the same way it can override `servingMode` for a dedicated endpoint.
 * Source: https://docs.oracle.com/iaas/api/#/en/generative-ai-inference/20231130/ChatResult/Chat
 */
export const protocol: Protocol = {
  id: "oci",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const chatRequest = {
      apiFormat: "GENERIC",
      messages: messages.map(({ role, text }) => ({
        role: role.toUpperCase(),
        content: [{ type: "TEXT", text }],
      })),
      ...toolsAs(call, (each) => ({ type: "FUNCTION", ...each })),
      ...values,
      isStream: true,
      streamOptions: { isIncludeUsage: true },
    };
    const servingMode = { servingType: "ON_DEMAND", modelId: model };
    return attemptStream(call, context, codec, {
      request: postJson(
        endpoint,
        urlOf(endpoint, model, "/20231130/actions/chat"),
        merged({ servingMode, chatRequest }, extra),
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
    draft.usage = memberOf(json, "usage") ?? draft.usage;
    readChoice(json, draft);
  }),
  body: (json, draft) => {
    const response = memberOf(json, "chatResponse");
    const [choice] = listOf(memberOf(response, "choices"));
    if (choice === undefined) throw new Error("the answer has no choices");
    draft.model = textOf(memberOf(json, "modelId"));
    draft.usage = memberOf(response, "usage");
    readChoice(choice, draft);
  },
  error: errorOf,
};

function readChoice(choice: unknown, draft: ReplyDraft): void {
  const message = memberOf(choice, "message") ?? memberOf(choice, "delta");
  draft.reasoning(textOf(memberOf(message, "reasoningContent")) ?? "");
  for (const part of listOf(memberOf(message, "content"))) {
    draft.text(textOf(memberOf(part, "text")) ?? "");
  }
  listOf(memberOf(message, "toolCalls")).forEach((call, index) => {
    draft.tool(index, {
      id: textOf(memberOf(call, "id")),
      name: textOf(memberOf(call, "name")) ?? "",
      arguments: textOf(memberOf(call, "arguments")) ?? "",
    });
  });
  draft.finish = finishOf(memberOf(choice, "finishReason")) ?? draft.finish;
}

function errorOf(json: unknown): VendorError | null {
  const code = codeOf(memberOf(json, "code"));
  const message = textOf(memberOf(json, "message"));
  return code === null || message === null ? null : { code, message, body: json };
}
