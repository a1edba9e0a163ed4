import type { Reply } from "../../domain/call.ts";
import type { Headers, Http, HttpEnd, HttpRequest } from "../../transport/http.ts";
import type { CallRequest } from "../protocol.ts";
import type { BatchResult } from "./form.ts";

import { loadProtocol } from "../protocol.ts";

/** The request that the protocol would send for a call; null if it sends none. Nothing is sent. */
export async function requestFor(protocol: string, call: CallRequest): Promise<HttpRequest | null> {
  let made: HttpRequest | null = null;
  await attempted(protocol, call, (request) => {
    made ??= request;
    return { outcome: "aborted", code: "aborted", message: "only composed" };
  });
  return made;
}

/**
 * The reply that the protocol reads from the result of a batched request, as if it had come by itself, but without any
 * times. `headers` are those of the response that brought the results.
 */
export async function replyFrom(
  protocol: string,
  call: CallRequest,
  { status, body }: BatchResult,
  headers: Headers,
): Promise<Reply> {
  const reply = await attempted(protocol, call, (_request, receiver) => {
    receiver.head(status ?? 200, { ...headers, "content-type": "application/json" });
    receiver.data(Buffer.from(JSON.stringify(body)), 0);
    return null;
  });
  return { ...reply, timing: null };
}

type Exchange = (
  request: HttpRequest,
  receiver: Parameters<Http["exchange"]>[1],
) => HttpEnd["failure"];

async function attempted(id: string, call: CallRequest, exchange: Exchange): Promise<Reply> {
  const protocol = await loadProtocol(id);
  if (protocol === null) throw new Error(`there is no protocol ${id}`);
  return protocol.attempt(call, {
    http: {
      exchange: (request, receiver) =>
        Promise.resolve({ ...untimed, failure: exchange(request, receiver) }),
      sendLags: () => new Float64Array(),
      close: () => Promise.resolve(),
    },
    authorize: () => Promise.resolve(null),
    deadlines: { first_byte: 0, idle: 0, total: 0 },
    signal: new AbortController().signal,
    queued_ms: 0,
    in_flight: 0,
  });
}

/** Nothing was sent, so there is nothing to time. */
const untimed = {
  started_at: new Date(0).toISOString(),
  connect_ms: null,
  headers_ms: null,
  total_ms: 0,
} as const;
