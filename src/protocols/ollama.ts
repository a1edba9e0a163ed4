import type { UsageMap } from "../domain/usage.ts";
import { type Codec, linesStream } from "../calling/codec.ts";
import { type ReplyDraft, finishOf } from "../calling/draft.ts";
import { listOf, memberOf, textOf } from "../domain/json.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { attemptStream } from "../calling/stream.ts";
import { openaiTools } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import type { Protocol } from "../calling/protocol.ts";

/** A count of nothing is left out on the wire, so what is missing is unknown. */
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
 * Ollama's own chat, one JSON object a line. A prompt that is longer than `num_ctx` is an error here and not cut
 * in silence.
 * Source: https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const protocol: Protocol = {
  id: "ollama",
  attempt: (ask, context) => {
    const { model, messages, endpoint } = ask;
    const { values, extra, dropped } = applyParams(ask.params, endpoint.request, names);
    const talk = messages.map(({ role, text }) => ({ role, content: text }));
    const body = merged(
      {
        model,
        messages: talk,
        stream: true,
        truncate: false,
        ...openaiTools(ask),
        options: values,
      },
      extra,
    );
    return attemptStream(ask, context, codec, {
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

function readLine(json: unknown, draft: ReplyDraft): void {
  draft.model ??= textOf(memberOf(json, "model"));
  const message = memberOf(json, "message");
  draft.reasoning(textOf(memberOf(message, "thinking")) ?? "");
  draft.text(textOf(memberOf(message, "content")) ?? "");
  listOf(memberOf(message, "tool_calls")).forEach((call, index) => {
    const asked = memberOf(call, "function");
    draft.tool(index, {
      id: textOf(memberOf(call, "id")),
      name: textOf(memberOf(asked, "name")) ?? "",
      arguments: JSON.stringify(memberOf(asked, "arguments") ?? {}),
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
