import type { Protocol } from "../calling/protocol.ts";

import { appRequest } from "../calling/app/body.ts";
import { appCodec } from "../calling/app/codec.ts";
import { plainApp, plainUsage } from "../calling/app/plain.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { postJson } from "../calling/request.ts";
import { urlOf } from "../calling/url.ts";

/**
 * An application instead of a model: a RAG system, a bot, an agent behind HTTP. What is asked and where the answer, the
 * passages and the counts lie is said by `app` in the provider's file; without it, the plain form of docs/rag.md holds.
 */
export const protocol: Protocol = {
  id: "http-app",
  attempt: (call, context) => {
    const { endpoint, model } = call;
    const app = endpoint.app ?? plainApp;
    const { body, query, sent, dropped } = appRequest(call, app);
    const url = urlOf(endpoint, model, "/ask");
    const request =
      endpoint.app?.method === "GET"
        ? {
            method: "GET" as const,
            url: withQuery(url, query),
            headers: endpoint.headers,
            body: null,
          }
        : postJson(endpoint, withQuery(url, query), body);
    return attemptStream({ ...call, messages: sent }, context, appCodec(app), {
      request,
      dropped,
      usage: endpoint.app === undefined ? plainUsage : {},
    });
  },
};

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  if (Object.keys(query).length === 0) return address;
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
