import type { ServedProtocol } from "../kit/protocol.ts";

import {
  AnthropicRequest,
  anthropicAsk,
  anthropicEvents,
  anthropicMessage,
  anthropicTrouble,
} from "../kit/anthropic.ts";
import {
  bearerOf,
  decodeBody,
  eventStream,
  frame,
  headerOf,
  keyTrouble,
  namedEvent,
  noModels,
  refuse,
  respond,
} from "../kit/parts.ts";

/** Params that the API version 2026-10-21 does not accept. */
const gone = ["temperature", "top_p", "top_k"] as const;
const versions = new Set(["2023-06-01", "2026-10-21"]);

/** Anthropic messages in both API versions, which differ in the credential and the sampling params. */
export const protocol: ServedProtocol = {
  id: "anthropic",
  route: (method, path) => (method === "POST" && path.endsWith("/messages") ? "chat" : null),
  authorise: (request) =>
    headerOf(request, "anthropic-version") === "2026-10-21"
      ? keyTrouble(bearerOf(request))
      : keyTrouble(headerOf(request, "x-api-key")),
  decode: (request) => {
    const version = headerOf(request, "anthropic-version") ?? "";
    if (!versions.has(version)) return refuse(`anthropic-version: "${version}" is not valid.`);
    return decodeBody(request, AnthropicRequest, (body) => {
      const refused = gone.find((name) => Object.hasOwn(body, name));
      if (version === "2026-10-21" && refused !== undefined) {
        return `${refused}: Extra inputs are not permitted`;
      }
      return anthropicAsk(body, body.model, body.stream ?? false);
    });
  },
  trouble: (trouble, meta) => {
    const { status, body } = anthropicTrouble(trouble, meta);
    return respond(status, body, { "request-id": meta.request_id });
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
