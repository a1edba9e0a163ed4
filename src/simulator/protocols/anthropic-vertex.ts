import type { ServedProtocol } from "../kit/protocol.ts";

import {
  anthropicAsk,
  anthropicEvents,
  anthropicMessage,
  anthropicTrouble,
  AnthropicVersioned,
} from "../kit/anthropic.ts";
import {
  bearerOf,
  decodeBody,
  eventStream,
  frame,
  keyTrouble,
  modelIn,
  namedEvent,
  noModels,
  respond,
} from "../kit/parts.ts";

const operation = /\/publishers\/anthropic\/models\/([^/]+):(?:rawPredict|streamRawPredict)$/;

/** Anthropic messages on Vertex AI. */
export const protocol: ServedProtocol = {
  id: "anthropic-vertex",
  route: (method, path) => (method === "POST" && operation.test(path) ? "chat" : null),
  authorise: (request) => keyTrouble(bearerOf(request)),
  decode: (request) =>
    decodeBody(request, AnthropicVersioned, (body) =>
      anthropicAsk(body, modelIn(request, operation), body.stream ?? false),
    ),
  trouble: (trouble, meta) => {
    const { status, body } = anthropicTrouble(trouble, meta);
    return respond(status, body);
  },
  models: noModels,
  whole: (chat, answer, meta) => respond(200, anthropicMessage(chat, answer, meta)),
  stream_headers: eventStream,
  frames: (chat, answer, paced, meta) =>
    anthropicEvents(chat, answer, paced, meta).map(({ kind, at_ms, data }) =>
      frame(kind, at_ms, namedEvent(data.type, data)),
    ),
  trouble_frame: (trouble, meta) => namedEvent("error", anthropicTrouble(trouble, meta).body),
};
