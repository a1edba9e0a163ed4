import type { Codec } from "../calling/exchange/codec.ts";
import type { ReplyDraft } from "../calling/exchange/draft.ts";
import type { CallRequest, Protocol } from "../calling/protocol.ts";
import type { UsageMap } from "../domain/usage.ts";

import { bedrockError, bedrockErrors, frameStream } from "../calling/bedrock.ts";
import { finishOf } from "../calling/evidence/finish-words.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { applyParams, merged, type ParamNames } from "../calling/params.ts";
import { postJson } from "../calling/request.ts";
import { converseTalk } from "../calling/tool-talk.ts";
import { toolsAs } from "../calling/tools.ts";
import { urlOf } from "../calling/url.ts";
import { listOf, memberOf, textOf } from "../domain/json.ts";

/** `inputTokens` excludes what was read from or written to the cache. */
const usage: UsageMap = {
  input: ["inputTokens", "cacheReadInputTokens", "cacheWriteInputTokens"],
  cached_input: "cacheReadInputTokens",
  cache_write: "cacheWriteInputTokens",
  output: "outputTokens",
};

const names: ParamNames = {
  temperature: "temperature",
  top_p: "topP",
  presence_penalty: false,
  frequency_penalty: false,
  max_tokens: "maxTokens",
  seed: false,
  stop: "stopSequences",
};

/**
 * Amazon Bedrock's ConverseStream, the same for all models there. Thinking switches of a model go into
 * `additionalModelRequestFields`.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export const protocol: Protocol = {
  id: "bedrock-converse",
  attempt: (call, context) => {
    const { values, extra, dropped } = applyParams(call.params, call.endpoint.request, names);
    const url = urlOf(call.endpoint, call.model, "/model/{model}/converse-stream");
    const body = merged(
      {
        ...messagesOf(call),
        ...toolsOf(call),
        ...(Object.keys(values).length > 0 && { inferenceConfig: values }),
      },
      extra,
    );
    return attemptStream(call, context, codec, {
      request: postJson(call.endpoint, url, body, "application/vnd.amazon.eventstream"),
      dropped,
      usage,
      errors: bedrockErrors,
    });
  },
};

function toolsOf(call: CallRequest) {
  const toolConfig = toolsAs(call, ({ parameters, ...each }) => ({
    toolSpec: { ...each, inputSchema: { json: parameters } },
  }));
  return toolConfig.tools === undefined ? {} : { toolConfig };
}

function messagesOf({ messages }: CallRequest) {
  const system = messages.filter(({ role }) => role === "system");
  return {
    messages: messages.filter(({ role }) => role !== "system").map(converseTalk),
    ...(system.length > 0 && { system: system.map(({ text }) => ({ text })) }),
  };
}

const codec: Codec = {
  stream: frameStream(readEvent),
  body: (json, draft) => {
    const message = memberOf(memberOf(json, "output"), "message");
    if (message === undefined) throw new Error("the answer has no message");
    listOf(memberOf(message, "content")).forEach((block, index) => {
      readPiece(block, index, draft);
      readToolStart(block, index, draft);
    });
    draft.finish = finishOf(memberOf(json, "stopReason"));
    draft.usage = memberOf(json, "usage");
  },
  error: (json, headers) =>
    memberOf(json, "output") === undefined ? bedrockError(json, headers) : null,
};

function readEvent(json: unknown, name: string, draft: ReplyDraft): void {
  const at = memberOf(json, "contentBlockIndex");
  const index = typeof at === "number" ? at : 0;
  if (name === "contentBlockStart") readToolStart(memberOf(json, "start"), index, draft);
  if (name === "contentBlockDelta") readPiece(memberOf(json, "delta"), index, draft);
  if (name === "messageStop") draft.finish = finishOf(memberOf(json, "stopReason"));
  if (name === "metadata") draft.usage = memberOf(json, "usage");
}

/** Reads a delta of the stream or a block of a complete message. */
function readPiece(piece: unknown, index: number, draft: ReplyDraft): void {
  draft.text(textOf(memberOf(piece, "text")) ?? "");
  const thought = memberOf(piece, "reasoningContent");
  draft.reasoning(
    textOf(memberOf(thought, "text") ?? memberOf(memberOf(thought, "reasoningText"), "text")) ?? "",
  );
  const input = memberOf(memberOf(piece, "toolUse"), "input");
  if (input === undefined) return;
  draft.tool(index, { arguments: textOf(input) ?? JSON.stringify(input) });
}

function readToolStart(start: unknown, index: number, draft: ReplyDraft): void {
  const tool = memberOf(start, "toolUse");
  if (tool === undefined) return;
  draft.tool(index, {
    id: textOf(memberOf(tool, "toolUseId")),
    name: textOf(memberOf(tool, "name")) ?? "",
  });
}
