import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { openaiTalk } from "../calling/tool-talk.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const path = "/api/v1/services/aigc/text-generation/generation";

const usage: UsageMap = {
  input: "input_tokens",
  cached_input: "prompt_tokens_details.cached_tokens",
  cache_write: "prompt_tokens_details.cache_creation_input_tokens",
  output: "output_tokens",
  reasoning: "output_tokens_details.reasoning_tokens",
};

/**
 * Alibaba Cloud's own API of Model Studio (百炼). Without `incremental_output` each event repeats the whole text, so it
 * is always requested; thinking models accept nothing else. The stream ends with a finish reason, without an end mark.
 * Source: https://help.aliyun.com/zh/model-studio/dashscope-api-reference/
 */
export const protocol: Protocol = {
  id: "dashscope",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request);
    const parameters = merged(
      { result_format: "message", incremental_output: true, ...openaiTools(call), ...values },
      extra,
    );
    const input = { messages: messages.flatMap((each) => openaiTalk(each)) };
    const request = postJson(endpoint, urlOf(endpoint, model, path), { model, input, parameters });
    return attemptStream(call, context, codec, {
      request: { ...request, headers: { ...request.headers, "x-dashscope-sse": "enable" } },
      dropped,
      usage,
    });
  },
};

const codec: Codec = {
  stream: sseStream((json, draft, { name, note }) => {
    const status = Number(/^HTTP_STATUS\/(\d+)/.exec(note)?.[1] ?? 200);
    const error = errorOf(json) ?? (name === "error" || status >= 400 ? bare(json) : null);
    if (error === null) readOutput(json, draft);
    else draft.error ??= { ...error, status: status >= 400 ? status : null };
  }),
  body: (json, draft) => {
    if (typeof memberOf(json, "output") !== "object") throw new Error("the answer has no output");
    readOutput(json, draft);
  },
  error: errorOf,
};

function readOutput(json: unknown, draft: ReplyDraft): void {
  draft.id ??= textOf(memberOf(json, "request_id"));
  draft.usage = memberOf(json, "usage") ?? draft.usage;
  const output = memberOf(json, "output");
  const [choice] = listOf(memberOf(output, "choices"));
  const message = memberOf(choice, "message") ?? memberOf(choice, "delta");
  draft.reasoning(textOf(memberOf(message, "reasoning_content")) ?? "");
  draft.text(textIn(memberOf(message, "content") ?? memberOf(output, "text")));
  listOf(memberOf(message, "tool_calls")).forEach((call, at) => {
    const index = memberOf(call, "index");
    const called = memberOf(call, "function");
    draft.tool(typeof index === "number" ? index : at, {
      id: textOf(memberOf(call, "id")),
      name: textOf(memberOf(called, "name")) ?? "",
      arguments: textOf(memberOf(called, "arguments")) ?? "",
    });
  });
  const finish = memberOf(choice, "finish_reason") ?? memberOf(output, "finish_reason");
  draft.finish = finishOf(finish) ?? draft.finish;
}

/** A text, or the content parts of a multimodal model. */
const textIn = (content: unknown): string =>
  textOf(content) ??
  listOf(content)
    .map((part) => textOf(memberOf(part, "text")) ?? "")
    .join("");

/** `{code, message, request_id}`, whatever the status; an answer has no code or an empty one. */
function errorOf(json: unknown): VendorError | null {
  const code = codeOf(memberOf(json, "code"));
  return code === null || code === "" ? null : bare(json);
}

const bare = (json: unknown): VendorError => ({
  code: codeOf(memberOf(json, "code")),
  message: textOf(memberOf(json, "message")) ?? JSON.stringify(json),
  body: json,
});
