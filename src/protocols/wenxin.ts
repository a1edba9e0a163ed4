import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { talkOf } from "../calling/talk.ts";
import { unsentTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, memberOf, textOf } from "../domain/json.ts";

const path = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/{model}";

const blocked = "need_clear_history";
const usage: UsageMap = { input: "prompt_tokens", output: "completion_tokens" };

const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "max_output_tokens",
  seed: false,
  stop: "stop",
};

/**
 * Baidu's first chat API (千帆 V1). The system prompt is a member of the body and the turns must alternate; errors come
 * with HTTP 200, in a stream as a bare JSON line.
 * Source: https://cloud.baidu.com/doc/WENXINWORKSHOP/s/clntwmv7t
 */
export const protocol: Protocol = {
  id: "wenxin",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const { system, turns } = talkOf(messages);
    const talk = turns.map(({ role, text }) => ({ role, content: text }));
    const rule = system === null ? {} : { system };
    const body = merged({ messages: talk, ...rule, ...values, stream: true }, extra);
    return attemptStream(call, context, codec, {
      request: postJson(endpoint, urlOf(endpoint, model, path), body),
      dropped: [...dropped, ...unsentTools(call)],
      usage,
      errors: [{ code: blocked, outcome: "filtered-input" }],
    });
  },
};

const codec: Codec = {
  stream: sseStream((json, draft) => {
    const error = errorOf(json);
    if (error !== null) draft.error ??= error;
    else readResult(json, draft, memberOf(json, "is_end") === true);
  }),
  body: (json, draft) => {
    if (typeof memberOf(json, "result") !== "string") throw new Error("the answer has no result");
    readResult(json, draft, true);
  },
  error: errorOf,
};

function readResult(json: unknown, draft: ReplyDraft, isLast: boolean): void {
  draft.id ??= textOf(memberOf(json, "id"));
  draft.usage = memberOf(json, "usage") ?? draft.usage;
  const text = textOf(memberOf(json, "result")) ?? "";
  // The filter objects to the user's message, and its text takes the place of the answer.
  if (memberOf(json, "need_clear_history") === true) {
    draft.error ??= { code: blocked, message: text, body: json };
    return;
  }
  draft.text(text);
  if (!isLast) return;
  const cut = memberOf(json, "is_truncated") === true ? "length" : null;
  draft.finish ??= finishOf(cut ?? memberOf(json, "finish_reason"));
  draft.done = true;
}

/** `{error_code, error_msg}`. */
function errorOf(json: unknown): VendorError | null {
  const code = codeOf(memberOf(json, "error_code"));
  if (code === null) return null;
  const message = textOf(memberOf(json, "error_msg")) ?? JSON.stringify(json);
  return { code, message, body: json };
}
