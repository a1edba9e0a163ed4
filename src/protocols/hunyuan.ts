import type { ReplyDraft, VendorError } from "../calling/exchange/draft.ts";
import type { CallRequest, Protocol } from "../calling/protocol.ts";
import type { Dropped } from "../domain/params.ts";
import type { UsageMap } from "../domain/usage.ts";

import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { talkOf } from "../calling/talk.ts";
import { hunyuanTalk } from "../calling/tool-talk.ts";
import { toolsAs } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { codeOf, listOf, memberOf, textOf } from "../domain/json.ts";

const usage: UsageMap = {
  input: "PromptTokens",
  cached_input: "PromptTokensDetails.CachedTokens",
  output: "CompletionTokens",
};

/** This API has no bound on the answer's length. */
const names: ParamNames = {
  temperature: "Temperature",
  top_p: "TopP",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: false,
  seed: "Seed",
  stop: "Stop",
};
const headers = {
  // The signature covers this value verbatim.
  "content-type": "application/json; charset=utf-8",
  "x-tc-action": "ChatCompletions",
  "x-tc-version": "2023-09-01",
};

/**
 * Tencent Cloud's own API of 混元, in PascalCase. Errors come with HTTP 200; a complete answer is wrapped in `Response`,
 * stream events are not. A prompt that is too long silently loses its beginning, and stop strings stay in the answer.
 * Members in the vendor's file are written as in the compatible API.
 * Source: https://cloud.tencent.com/document/api/1729/105701
 */
export const protocol: Protocol = {
  id: "hunyuan",
  attempt: (call, context) => {
    const { model, messages, endpoint } = call;
    const { values, extra, dropped } = applyParams(call.params, endpoint.request, names);
    const { system, turns } = talkOf(messages);
    const rule = system === null ? [] : [{ Role: "system", Content: system }];
    const talk = turns.flatMap(hunyuanTalk);
    const seed = seedOf(values["Seed"]);
    const { Seed: _, ...rest } = values;
    const body = {
      Model: model,
      Messages: [...rule, ...talk],
      ...toolsOf(call),
      ...rest,
      ...seed.sent,
      ...pascal(extra),
      Stream: true,
    };
    const request = postJson(endpoint, urlOf(endpoint, model, "/"), body);
    return attemptStream(call, context, codec, {
      request: { ...request, headers: { ...request.headers, ...headers } },
      dropped: [...dropped, ...seed.dropped],
      usage,
    });
  },
};

/** Parameters are the schema as text. */
function toolsOf(call: CallRequest) {
  const { tools: Tools } = toolsAs(call, ({ name, description, parameters }) => ({
    Type: "function",
    Function: {
      Name: name,
      ...(description === undefined ? {} : { Description: description }),
      Parameters: JSON.stringify(parameters),
    },
  }));
  return Tools === undefined ? {} : { Tools };
}

const maxSeed = 10_000;

function seedOf(asked: unknown): { readonly sent: object; readonly dropped: readonly Dropped[] } {
  if (typeof asked !== "number") return { sent: {}, dropped: [] };
  if (asked >= 1 && asked <= maxSeed) return { sent: { Seed: asked }, dropped: [] };
  const reason = "outside the vendor's range";
  return { sent: {}, dropped: [{ param: "seed", asked, effective: null, reason }] };
}

/** `enable_thinking` is `EnableThinking` here. */
const pascal = (extra: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(extra).map(([name, value]) => [
      name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

const codec: Codec = {
  stream: sseStream((json, draft) => {
    const error = errorOf(json);
    if (error === null) readChunk(json, draft);
    else draft.error ??= error;
  }),
  body: (json, draft) => {
    const response = memberOf(json, "Response") ?? json;
    if (!Array.isArray(memberOf(response, "Choices"))) throw new Error("the answer has no choices");
    readChunk(response, draft);
  },
  error: errorOf,
};

/** Streams hold a `Delta` and bodies a `Message`, except where a gateway mixes them up. */
function readChunk(json: unknown, draft: ReplyDraft): void {
  draft.id ??= textOf(memberOf(json, "Id"));
  draft.usage = countsOf(memberOf(json, "Usage")) ?? draft.usage;
  const [choice] = listOf(memberOf(json, "Choices"));
  const message = memberOf(choice, "Delta") ?? memberOf(choice, "Message");
  draft.reasoning(textOf(memberOf(message, "ReasoningContent")) ?? "");
  draft.text(textOf(memberOf(message, "Content")) ?? "");
  listOf(memberOf(message, "ToolCalls")).forEach((call, at) => {
    const index = memberOf(call, "Index");
    const called = memberOf(call, "Function");
    draft.tool(typeof index === "number" ? index : at, {
      id: textOf(memberOf(call, "Id")),
      name: textOf(memberOf(called, "Name")) ?? "",
      arguments: textOf(memberOf(called, "Arguments")) ?? "",
    });
  });
  draft.finish = finishOf(memberOf(choice, "FinishReason")) ?? draft.finish;
}

/** Cached tokens come as a text. */
function countsOf(usageIn: unknown): unknown {
  const details = memberOf(usageIn, "PromptTokensDetails");
  const cached = memberOf(details, "CachedTokens");
  if (typeof usageIn !== "object" || typeof cached !== "string" || cached === "") return usageIn;
  return { ...usageIn, PromptTokensDetails: { CachedTokens: Number(cached) } };
}

/** `{Response: {Error: {Code, Message}}}`, or `{ErrorMsg: {Code, Msg}}` in a stream. */
function errorOf(json: unknown): VendorError | null {
  const response = memberOf(json, "Response") ?? json;
  const error = memberOf(response, "Error") ?? memberOf(response, "ErrorMsg");
  if (typeof error !== "object" || error === null) return null;
  const message = memberOf(error, "Message") ?? memberOf(error, "Msg");
  return {
    code: codeOf(memberOf(error, "Code")),
    message: textOf(message) ?? JSON.stringify(error),
    body: json,
  };
}
