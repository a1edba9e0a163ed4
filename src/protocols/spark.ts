import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { CallRequest, Protocol } from "../calling/protocol.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, linesStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { talkOf } from "../calling/talk.ts";
import { unsentTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";
import { type UsageMap, valueAt } from "../domain/usage.ts";

const usage: UsageMap = {
  input: "prompt_tokens",
  output: "completion_tokens",
  reasoning: "completion_tokens_details.reasoning_tokens",
};

const names: ParamNames = {
  temperature: "temperature",
  top_p: false,
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "max_tokens",
  seed: false,
  stop: false,
};
const lastStatus = 2;

/**
 * 讯飞星火 over a WebSocket: one request per connection, one JSON object per frame, the last with status 2 and the usage.
 * It gives no finish reasons. The model's id is the `domain`, and its version is in the path.
 * Source: https://www.xfyun.cn/doc/spark/Web.html
 */
export const protocol: Protocol = {
  id: "spark",
  attempt: (call, context) => {
    const { model, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const url = urlOf(endpoint, model, "/v4.0/chat").replace(/^http/, "ws");
    // Tools such as search are configured elsewhere in this API, where exactly is undocumented.
    const { header = {}, tools: _, ...chat } = extra;
    const body = {
      header,
      parameter: { chat: merged({ domain: model, ...values }, chat) },
      payload: { message: { text: messagesOf(call) } },
    };
    return attemptStream(call, context, codec, {
      request: { method: "GET", url, headers: endpoint.headers, body: JSON.stringify(body) },
      dropped: [...dropped, ...unsentTools(call)],
      usage,
    });
  },
};

/** Some models take no system prompt: it is put before the first question. */
function messagesOf({
  messages,
  endpoint,
}: CallRequest): readonly { role: string; content: string }[] {
  const { system, turns } = talkOf(messages);
  const isUser = endpoint.request.system === "user";
  const rule = system === null || isUser ? [] : [{ role: "system", content: system }];
  const talk = turns.map(({ role, text }, at) => ({
    role,
    content: isUser && at === 0 && system !== null ? `${system}\n\n${text}` : text,
  }));
  return [...rule, ...talk];
}

const codec: Codec = {
  json_lines: true,
  stream: linesStream((json, draft) => {
    draft.usage = valueAt(json, "payload.usage.text") ?? draft.usage;
    const error = errorOf(json);
    if (error === null) readFrame(json, draft);
    else draft.error ??= error;
    // Nothing follows an error.
    draft.done ||= error !== null;
  }),
  body: () => {
    throw new Error("the handshake was answered with no WebSocket");
  },
  error: errorOf,
};

function readFrame(json: unknown, draft: ReplyDraft): void {
  const header = memberOf(json, "header");
  const payload = memberOf(json, "payload");
  const choices = memberOf(payload, "choices");
  draft.id ??= textOf(memberOf(header, "sid"));
  for (const part of listOf(memberOf(choices, "text"))) {
    draft.reasoning(textOf(memberOf(part, "reasoning_content")) ?? "");
    draft.text(textOf(memberOf(part, "content")) ?? "");
    readCall(memberOf(part, "function_call"), draft);
  }
  if (memberOf(header, "status") !== lastStatus) return;
  draft.finish ??= finishOf(memberOf(choices, "finish_reason"));
  draft.done = true;
}

function readCall(call: unknown, draft: ReplyDraft): void {
  if (typeof call !== "object" || call === null) return;
  draft.tool(0, {
    id: null,
    name: textOf(memberOf(call, "name")) ?? "",
    arguments: textOf(memberOf(call, "arguments")) ?? "",
  });
}

/** `{header: {code, message}}` with a code other than 0, or the `{message}` of a refused handshake. */
function errorOf(json: unknown): VendorError | null {
  const header = memberOf(json, "header");
  const holder = header ?? json;
  const code = codeOf(memberOf(holder, "code"));
  if (header !== undefined && (code === null || code === "0")) return null;
  const message = textOf(memberOf(holder, "message")) ?? JSON.stringify(json);
  return { code, message, body: json };
}
