import type { ResolvedTarget } from "../../../store/providers/targets.ts";
import type { Http } from "../../../transport/http.ts";

import { loadProtocol } from "../../../calling/protocol.ts";
import { fullChecks } from "../checks.ts";
import { type Exchange, recordedReply, type RecordedReply, type Recording } from "../recording.ts";

const deadlines = { first_byte: 1000, idle: 1000, total: 1000 };

/** Reads a recording again with the protocols and the vendor's file of today: what each check would say now. */
export async function replayed(
  { steps }: Recording,
  target: ResolvedTarget,
): Promise<readonly { readonly check: string; readonly reply: RecordedReply }[]> {
  const protocol = await loadProtocol(target.entry.protocol);
  if (protocol === null) throw new Error(`there is no protocol ${target.entry.protocol}`);
  const checks = new Map(fullChecks(target).map((check) => [check.id, check]));
  const replies = [];
  for (const { check: id, exchanges } of steps) {
    const check = checks.get(id);
    if (check === undefined) throw new Error(`there is no check ${id} any more`);
    const { endpoint } = target;
    const body = { ...endpoint.request.body, ...check.request?.body };
    const reply = await protocol.attempt(
      { ...check.call, endpoint: { ...endpoint, request: { ...endpoint.request, body } } },
      {
        http: answering(exchanges),
        authorize: (request, refused) => Promise.resolve(refused === undefined ? request : null),
        deadlines,
        signal: new AbortController().signal,
        queued_ms: 0,
        in_flight: 1,
      },
    );
    replies.push({ check: id, reply: recordedReply(reply, (text) => text) });
  }
  return replies;
}

/** Gives the recorded responses in their order, each in one piece. */
function answering(exchanges: readonly Exchange[]): Http {
  const left = [...exchanges];
  return {
    exchange: (_request, receiver) => {
      const next = left.shift();
      if (next === undefined) throw new Error("nothing more was recorded");
      if (next.status !== null) {
        receiver.head(next.status, next.headers);
        receiver.data(Buffer.from(next.response, next.encoding), 1);
      }
      return Promise.resolve({
        started_at: "2026-11-29T00:00:00.000Z",
        connect_ms: null,
        headers_ms: 1,
        total_ms: 2,
        failure: null,
      });
    },
    sendLags: () => new Float64Array(),
    close: () => Promise.resolve(),
  };
}
