import type { Protocol } from "../calling/protocol.ts";

import {
  anthropicBody,
  anthropicCodec,
  anthropicError,
  anthropicErrors,
  anthropicUsage,
} from "../calling/anthropic.ts";
import { googleError, googleErrors } from "../calling/errors/google-error.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { postJson } from "../calling/request.ts";
import { urlOf } from "../calling/url.ts";
import { memberOf } from "../domain/json.ts";

/**
 * Anthropic messages on Vertex AI: the model is in the path, the version in the body, and errors may be
 * Google's or Anthropic's.
 * Source: https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude
 */
export const protocol: Protocol = {
  id: "anthropic-vertex",
  attempt: (call, context) => {
    const { body, dropped } = anthropicBody(call);
    const path = "/publishers/anthropic/models/{model}:streamRawPredict";
    const versioned = { anthropic_version: "vertex-2023-10-16", ...body, stream: true };
    return attemptStream(call, context, codec, {
      request: postJson(call.endpoint, urlOf(call.endpoint, call.model, path), versioned),
      dropped,
      usage: anthropicUsage,
      errors: [...anthropicErrors, ...googleErrors],
    });
  },
};

const codec = {
  ...anthropicCodec,
  error: (json: unknown) =>
    memberOf(memberOf(json, "error"), "status") === undefined
      ? anthropicError(json)
      : googleError(json),
};
