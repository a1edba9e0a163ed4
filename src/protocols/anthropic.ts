import type { Protocol } from "../calling/protocol.ts";

import {
  anthropicBody,
  anthropicCodec,
  anthropicErrors,
  anthropicUsage,
} from "../calling/anthropic.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { postJson } from "../calling/request.ts";
import { urlOf } from "../calling/url.ts";

/**
 * Anthropic messages. The dialect is set by the header `anthropic-version` in the vendor's file, by default
 * 2023-06-01; the later one differs in its credential and in the params it takes.
 * Source: https://docs.anthropic.com/en/api/messages
 */
export const protocol: Protocol = {
  id: "anthropic",
  attempt: (call, context) => {
    const { model, endpoint } = call;
    const { body, dropped } = anthropicBody(call);
    const headers = { "anthropic-version": "2023-06-01", ...endpoint.headers };
    const url = urlOf(endpoint, model, "/v1/messages");
    return attemptStream(call, context, anthropicCodec, {
      request: postJson({ ...endpoint, headers }, url, { model, ...body, stream: true }),
      dropped,
      usage: anthropicUsage,
      errors: anthropicErrors,
    });
  },
};
