import type { ReplyDraft } from "../calling/exchange/draft.ts";
import type { CallRequest, Protocol } from "../calling/protocol.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { UsageMap } from "../domain/usage.ts";

import { googleError, googleErrors } from "../calling/errors/google-error.ts";
import { finishOf } from "../calling/evidence/finish-words.ts";
import { type Codec, sseStream } from "../calling/exchange/codec.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { structuredBody } from "../calling/structured.ts";
import { geminiTalk } from "../calling/tool-talk.ts";
import { toolsAs } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { listOf, memberOf, textOf } from "../domain/json.ts";

/** `candidatesTokenCount` excludes thoughts; `promptTokenCount` includes cached tokens. */
const usage: UsageMap = {
  input: ["promptTokenCount", "toolUsePromptTokenCount"],
  cached_input: "cachedContentTokenCount",
  output: ["candidatesTokenCount", "thoughtsTokenCount"],
  reasoning: "thoughtsTokenCount",
};

const errors: readonly ErrorRow[] = [
  { path: "promptFeedback.blockReason", outcome: "filtered-input" },
  ...googleErrors,
];

const names: ParamNames = {
  temperature: "temperature",
  top_p: "topP",
  presence_penalty: "presencePenalty",
  frequency_penalty: "frequencyPenalty",
  max_tokens: "maxOutputTokens",
  seed: "seed",
  stop: "stopSequences",
};

/**
 * Gemini's streamGenerateContent: of the Gemini API with its key and, with the vendor's path and token, of Vertex AI.
 * Source: https://ai.google.dev/api/generate-content
 */
export const protocol: Protocol = {
  id: "gemini",
  attempt: (call, context) => {
    const { values, extra, dropped } = applyParams(call.params, call.endpoint.request, names);
    const path = "/models/{model}:streamGenerateContent";
    const body = merged(
      merged(
        {
          ...contentsOf(call),
          ...toolsOf(call),
          ...(Object.keys(values).length > 0 && { generationConfig: values }),
        },
        structuredBody(call, "gemini"),
      ),
      extra,
    );
    return attemptStream(call, context, codec, {
      request: postJson(
        call.endpoint,
        urlOf(call.endpoint, call.model, path, { alt: "sse" }),
        body,
      ),
      dropped,
      usage,
      errors,
    });
  },
};

/** Sends the schema as JSON Schema; `parameters` would accept only a subset of OpenAPI. */
function toolsOf(call: CallRequest) {
  const { tools: functionDeclarations } = toolsAs(call, ({ parameters, ...each }) => ({
    ...each,
    parametersJsonSchema: parameters,
  }));
  return functionDeclarations === undefined ? {} : { tools: [{ functionDeclarations }] };
}

function contentsOf({ messages }: CallRequest) {
  const system = messages.filter(({ role }) => role === "system");
  return {
    contents: messages.filter(({ role }) => role !== "system").map(geminiTalk),
    ...(system.length > 0 && {
      systemInstruction: { parts: system.map(({ text }) => ({ text })) },
    }),
  };
}

const codec: Codec = {
  stream: (draft, guard) => sseStream(chunkReader())(draft, guard),
  body: (json, draft) => {
    const chunks: readonly unknown[] = Array.isArray(json) ? json : [json];
    if (!chunks.some((chunk) => Array.isArray(memberOf(chunk, "candidates")))) {
      throw new Error("the answer has no candidates");
    }
    const read = chunkReader();
    chunks.forEach((chunk) => read(chunk, draft));
  },
  error: errorIn,
};

function errorIn(json: unknown) {
  const blocked = textOf(memberOf(memberOf(json, "promptFeedback"), "blockReason"));
  if (blocked === null) return googleError(json);
  return { code: blocked, message: "the prompt was blocked", body: json };
}

/** Counts tool calls across chunks, because they are numbered only by their order. */
function chunkReader(): (json: unknown, draft: ReplyDraft) => void {
  let calls = 0;
  return (json, draft) => {
    draft.error ??= errorIn(json);
    draft.model ??= textOf(memberOf(json, "modelVersion"));
    draft.id ??= textOf(memberOf(json, "responseId"));
    draft.usage = memberOf(json, "usageMetadata") ?? draft.usage;
    const [candidate] = listOf(memberOf(json, "candidates"));
    for (const part of listOf(memberOf(memberOf(candidate, "content"), "parts"))) {
      const text = textOf(memberOf(part, "text")) ?? "";
      if (memberOf(part, "thought") === true) draft.reasoning(text);
      else draft.text(text);
      const call = memberOf(part, "functionCall");
      if (call === undefined) continue;
      draft.tool(calls, {
        id: textOf(memberOf(call, "id")),
        name: textOf(memberOf(call, "name")) ?? "",
        arguments: JSON.stringify(memberOf(call, "args") ?? {}),
      });
      calls += 1;
    }
    draft.finish = finishOf(memberOf(candidate, "finishReason")) ?? draft.finish;
  };
}
