import type { ReplyDraft } from "../calling/exchange/draft.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, linesStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { ollamaTalk } from "../calling/tool-talk.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { listOf, memberOf, textOf } from "../domain/json.ts";

/** Counts of 0 are omitted on the wire, so a missing count is unknown. */
const usage: UsageMap = { input: "prompt_eval_count", output: "eval_count" };

const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: "presence_penalty",
  frequency_penalty: "frequency_penalty",
  max_tokens: "num_predict",
  seed: "seed",
  stop: "stop",
};

/**
 * Ollama's own chat, one JSON object per line. With `truncate: false`, a prompt longer than `num_ctx` is an error
 * instead of being silently cut.
 * Source: https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const protocol: Protocol = {
  id: "ollama",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const talk = messages.flatMap(ollamaTalk);
    const body = merged(
      {
        model,
        messages: talk,
        stream: true,
        truncate: false,
        ...openaiTools(call),
        options: values,
      },
      extra,
    );
    return attemptStream(call, context, codec, {
      request: postJson(
        endpoint,
        urlOf(endpoint, model, "/api/chat"),
        body,
        "application/x-ndjson",
      ),
      dropped,
      usage,
      errors: [
        { message: "not found", outcome: "model-not-found" },
        { message: "context length", outcome: "context-overflow" },
        { message: "context window", outcome: "context-overflow" },
      ],
    });
  },
};

const codec: Codec = {
  json_lines: true,
  stream: linesStream((json, draft) => {
    draft.error ??= errorOf(json);
    readLine(json, draft);
  }),
  body: readLine,
  error: errorOf,
};

/** Calls so far. Each comes whole, and those of one reply may come in a line each. */
const callsSeen = new WeakMap<ReplyDraft, number>();

function readLine(json: unknown, draft: ReplyDraft): void {
  draft.model ??= textOf(memberOf(json, "model"));
  const message = memberOf(json, "message") ?? memberOf(json, "delta");
  draft.reasoning(textOf(memberOf(message, "thinking")) ?? "");
  // `response` is what the older generate API calls it.
  draft.text(textOf(memberOf(message, "content") ?? memberOf(json, "response")) ?? "");
  listOf(memberOf(message, "tool_calls")).forEach((call) => {
    const called = memberOf(call, "function");
    const index = callsSeen.get(draft) ?? 0;
    callsSeen.set(draft, index + 1);
    draft.tool(index, {
      id: textOf(memberOf(call, "id")),
      name: textOf(memberOf(called, "name")) ?? "",
      arguments: JSON.stringify(memberOf(called, "arguments") ?? {}),
    });
  });
  if (memberOf(json, "done") !== true) return;
  draft.finish = finishOf(memberOf(json, "done_reason"));
  draft.usage = json;
  draft.done = true;
}

function errorOf(json: unknown) {
  const message = textOf(memberOf(json, "error"));
  return message === null ? null : { code: null, message, body: json };
}
