import type { Codec } from "../calling/exchange/codec.ts";
import type { Protocol } from "../calling/protocol.ts";

import {
  anthropicBody,
  anthropicCodec,
  anthropicErrors,
  anthropicUsage,
  readAnthropicEvent,
} from "../calling/anthropic.ts";
import { bedrockError, bedrockErrors, frameStream } from "../calling/bedrock.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { postJson } from "../calling/request.ts";
import { urlOf } from "../calling/url.ts";
import { memberOf, textOf } from "../domain/json.ts";

/**
 * Anthropic messages through Bedrock's InvokeModelWithResponseStream: the model is in the path, the version in the
 * body, and each frame holds one of Anthropic's events in base64.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
 */
export const protocol: Protocol = {
  id: "anthropic-bedrock",
  attempt: (call, context) => {
    const { body, dropped } = anthropicBody(call);
    const url = urlOf(call.endpoint, call.model, "/model/{model}/invoke-with-response-stream");
    const versioned = { anthropic_version: "bedrock-2023-05-31", ...body };
    return attemptStream(call, context, codec, {
      request: postJson(call.endpoint, url, versioned, "application/vnd.amazon.eventstream"),
      dropped,
      usage: anthropicUsage,
      errors: [...bedrockErrors, ...anthropicErrors],
    });
  },
};

const codec: Codec = {
  stream: frameStream((json, name, draft) => {
    const bytes = textOf(memberOf(json, "bytes"));
    if (name !== "chunk" || bytes === null) return;
    readAnthropicEvent(JSON.parse(Buffer.from(bytes, "base64").toString("utf8")), draft);
  }),
  body: anthropicCodec.body,
  error: (json, headers) =>
    memberOf(json, "content") === undefined ? bedrockError(json, headers) : null,
};
