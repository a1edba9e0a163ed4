import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { CallRequest, Protocol } from "../calling/protocol.ts";
import type { Finish } from "../domain/call.ts";
import type { Dropped } from "../domain/params.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { relaxedBody } from "../calling/relax.ts";
import { postJson } from "../calling/request.ts";
import { structuredBody } from "../calling/structured.ts";
import { responsesTalk } from "../calling/tool-talk.ts";
import { toolsAs } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const usage: UsageMap = {
  input: "input_tokens",
  cached_input: "input_tokens_details.cached_tokens",
  cache_write: "input_tokens_details.cache_write_tokens",
  output: "output_tokens",
  reasoning: "output_tokens_details.reasoning_tokens",
};

const names: ParamNames = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "max_output_tokens",
  seed: false,
  stop: false,
};

/**
 * OpenAI responses, always streamed and never stored by the vendor.
 * Source: https://platform.openai.com/docs/api-reference/responses
 */
export const protocol: Protocol = {
  id: "openai-responses",
  attempt: (call, context) => {
    const { values, extra, dropped } = applyParams(call.params, call.endpoint.request, names);
    const body = merged(
      {
        model: call.model,
        ...inputOf(call),
        ...toolsOf(call),
        ...values,
        ...structuredBody(call, "openai-responses"),
        ...settings,
      },
      extra,
    );
    const requestOf = (sent: object, without: readonly Dropped[]) => ({
      request: postJson(call.endpoint, urlOf(call.endpoint, call.model, "/responses"), sent),
      dropped: without,
    });
    return attemptStream(call, context, codec, {
      ...requestOf(body, dropped),
      usage,
      relax: (error) => {
        const relaxed = relaxedBody(body, error, needed, ourNames);
        return relaxed === null ? null : requestOf(relaxed.body, [...dropped, relaxed.drop]);
      },
    });
  },
};

/** Not `strict`, which would reject schemas that other vendors accept. */
const toolsOf = (call: CallRequest) =>
  toolsAs(call, (each) => ({ type: "function", ...each, strict: false }));

const settings = { store: false, stream: true };
const needed: ReadonlySet<string> = new Set(["model", "input", "stream", "store"]);
const ourNames = { max_output_tokens: "max_tokens" };

function inputOf({ messages }: CallRequest) {
  const system = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  return {
    ...(system.length > 0 && { instructions: system.join("\n\n") }),
    input: messages.filter(({ role }) => role !== "system").flatMap(responsesTalk),
  };
}

const codec: Codec = {
  stream: sseStream(readEvent),
  body: (json, draft) => {
    if (!Array.isArray(memberOf(json, "output"))) throw new Error("the answer has no output");
    readWhole(json, draft);
  },
  error: (json) => {
    const error = memberOf(json, "error");
    return typeof error === "object" && error !== null ? errorOf(error, json) : null;
  },
};

function readEvent(json: unknown, draft: ReplyDraft): void {
  const delta = textOf(memberOf(json, "delta")) ?? "";
  const at = memberOf(json, "output_index");
  const index = typeof at === "number" ? at : 0;
  switch (memberOf(json, "type")) {
    case "response.output_text.delta":
      draft.text(delta);
      return;
    case "response.reasoning_summary_text.delta":
    case "response.reasoning_text.delta":
      draft.reasoning(delta);
      return;
    case "response.refusal.delta":
      draft.refuse();
      draft.text(delta);
      return;
    case "response.output_item.added":
      readCall(memberOf(json, "item"), index, draft);
      return;
    case "response.function_call_arguments.delta":
      draft.tool(index, { arguments: delta });
      return;
    case "response.created":
      readEnd(memberOf(json, "response"), draft);
      return;
    case "response.completed":
    case "response.incomplete":
    case "response.failed":
    case "response.cancelled":
      readWhole(memberOf(json, "response"), draft);
      draft.done = true;
      return;
    case "error":
      draft.error ??= errorOf(memberOf(json, "error") ?? json, json);
      return;
    default:
      return;
  }
}

/** The response object at the end of a stream. Some gateways send it alone, so it is read where no pieces came. */
function readWhole(response: unknown, draft: ReplyDraft): void {
  const output = listOf(memberOf(response, "output"));
  if (draft.isSilent()) output.forEach((item, index) => readItem(item, index, draft));
  readEnd(response, draft);
}

/** Reads the response object: incomplete at the start of a stream, with usage and status at its end. */
function readEnd(response: unknown, draft: ReplyDraft): void {
  draft.id ??= textOf(memberOf(response, "id"));
  draft.model ??= textOf(memberOf(response, "model"));
  draft.usage = memberOf(response, "usage") ?? draft.usage;
  const status = memberOf(response, "status");
  const error = memberOf(response, "error");
  if (typeof error === "object" && error !== null) draft.error ??= errorOf(error, response);
  if (status === "incomplete") {
    draft.finish = finishOf(memberOf(memberOf(response, "incomplete_details"), "reason")) ?? {
      reason: "error",
      raw: "incomplete",
    };
  } else if (status === "completed" || status === "failed" || status === "cancelled") {
    const isCall = status === "completed" && draft.hasToolCalls();
    draft.finish = isCall ? calledFunction : finishOf(status);
  }
}

function readItem(item: unknown, index: number, draft: ReplyDraft): void {
  readCall(item, index, draft);
  for (const part of listOf(memberOf(item, "summary"))) {
    draft.reasoning(textOf(memberOf(part, "text")) ?? "");
  }
  for (const part of listOf(memberOf(item, "content"))) {
    const text = textOf(memberOf(part, "text")) ?? "";
    if (memberOf(item, "type") === "reasoning") draft.reasoning(text);
    else draft.text(text);
    const refused = textOf(memberOf(part, "refusal"));
    if (refused === null) continue;
    draft.refuse();
    draft.text(refused);
  }
}

const calledFunction: Finish = { reason: "tool", raw: "function_call" };

function readCall(item: unknown, index: number, draft: ReplyDraft): void {
  if (memberOf(item, "type") !== "function_call") return;
  draft.tool(index, {
    id: textOf(memberOf(item, "call_id")),
    name: textOf(memberOf(item, "name")) ?? "",
    arguments: textOf(memberOf(item, "arguments")) ?? "",
  });
}

const errorOf = (error: unknown, body: unknown): VendorError => ({
  code: codeOf(memberOf(error, "code") ?? memberOf(error, "type")),
  message: textOf(memberOf(error, "message")) ?? JSON.stringify(error),
  param: textOf(memberOf(error, "param")),
  body,
});
