import type { ReplyDraft, VendorError } from "../../../../src/calling/exchange/draft.ts";
import type { Protocol } from "../../../../src/calling/protocol.ts";
import type { UsageMap } from "../../../../src/domain/usage.ts";

import { finishOf } from "../../../../src/calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../../../../src/calling/exchange/codec.ts";
import { attemptStream } from "../../../../src/calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../../../../src/calling/params.ts";
import { postJson } from "../../../../src/calling/request.ts";
import { unsentTools } from "../../../../src/calling/tools.ts";
import { urlOf } from "../../../../src/calling/url.ts";
import { codeOf, memberOf, textOf } from "../../../../src/domain/json.ts";

/** Where the vendor counts; what a provider's file says under `usage` comes before it. */
const usage: UsageMap = { input: "counts.in", output: "counts.out", reasoning: "counts.thought" };

/** What the vendor calls each param; `false` where it has none, which is then recorded as dropped. */
const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "limit",
  seed: false,
  stop: false,
};

/**
 * My protocol: events `{"thought": "…"}` and `{"text": "…"}`, at the end `{"finish": "stop", "counts": {…}}` and `[DONE]`.
 * Source: https://docs.example.com/api, read on 2026-01-31
 */
export const protocol: Protocol = {
  id: "my-protocol",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const talk = messages.map(({ role, text }) => ({ role, text }));
    const body = merged({ model, messages: talk, ...values, stream: true }, extra);
    return attemptStream(call, context, codec, {
      request: postJson(endpoint, urlOf(endpoint, model, "/my-protocol/talk"), body),
      dropped: [...dropped, ...unsentTools(call)],
      usage,
    });
  },
};

const codec: Codec = {
  stream: sseStream((json, draft) => {
    const error = errorOf(json);
    if (error === null) readEvent(json, draft);
    else draft.error ??= error;
  }),
  body: (json, draft) => {
    if (textOf(memberOf(json, "text")) === null) throw new Error("the answer has no text");
    readEvent(json, draft);
  },
  error: errorOf,
};

function readEvent(json: unknown, draft: ReplyDraft): void {
  draft.model ??= textOf(memberOf(json, "model"));
  draft.reasoning(textOf(memberOf(json, "thought")) ?? "");
  draft.text(textOf(memberOf(json, "text")) ?? "");
  draft.finish = finishOf(memberOf(json, "finish")) ?? draft.finish;
  if (memberOf(json, "counts") !== undefined) draft.usage = json;
}

/** `{"error": {"code": "busy", "message": "…"}}`, as a body or as an event. */
function errorOf(json: unknown): VendorError | null {
  const error = memberOf(json, "error");
  if (typeof error !== "object" || error === null) return null;
  const message = textOf(memberOf(error, "message")) ?? JSON.stringify(error);
  return { code: codeOf(memberOf(error, "code")), message, body: json };
}
