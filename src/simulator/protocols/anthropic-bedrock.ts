import type { ServedProtocol } from "../kit/protocol.ts";

import {
  anthropicAsk,
  anthropicEvents,
  anthropicMessage,
  AnthropicVersioned,
} from "../kit/anthropic.ts";
import { bedrockRuntime } from "../kit/bedrock.ts";
import { bedrockEvent } from "../kit/event-frames.ts";
import { decodeBody, frame, modelIn, noModels, respond } from "../kit/parts.ts";

const operation = /\/model\/([^/]+)\/invoke(-with-response-stream)?$/;

/** Anthropic messages through Amazon Bedrock's InvokeModel: each event in base64 inside a frame. */
export const protocol: ServedProtocol = {
  ...bedrockRuntime,
  id: "anthropic-bedrock",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  decode: (request) =>
    decodeBody(request, AnthropicVersioned, (body) =>
      anthropicAsk(
        body,
        modelIn(request, operation),
        operation.exec(request.path)?.[2] !== undefined,
      ),
    ),
  models: noModels,
  whole: (chat, answer, meta) => respond(200, anthropicMessage(chat, answer, meta)),
  frames: (chat, answer, paced, meta) =>
    anthropicEvents(chat, answer, paced, meta).map(({ kind, at_ms, data }) => {
      const bytes = Buffer.from(JSON.stringify(data)).toString("base64");
      return frame(kind, at_ms, bedrockEvent("chunk", { bytes }));
    }),
};
