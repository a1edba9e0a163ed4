import type { Reply } from "../../domain/call.ts";
import type { Protocol } from "../protocol.ts";

import { requestAt, contextOf, type Seen, sse, startLoopback, wireOf } from "./loopback.ts";

type Change = NonNullable<Parameters<typeof requestAt>[1]>;
type Head = { readonly headers?: Readonly<Record<string, string>>; readonly status?: number };

/** The reply that a protocol reads from this body, without a socket; an event stream by default. */
export const replyTo = (
  { attempt }: Protocol,
  body: string,
  { headers = sse, status = 200, ...change }: Change & Head = {},
): Promise<Reply> =>
  attempt(requestAt("http://x", change), contextOf(wireOf([Buffer.from(body)], headers, status)));

/** The request as seen by a real server that answers with this event stream, and the reply. */
export async function exchange(
  { attempt }: Protocol,
  body: string,
  change: Change = {},
): Promise<{ readonly seen: Seen | undefined; readonly reply: Reply }> {
  const server = await startLoopback();
  try {
    server.serve({ pieces: [body] });
    const reply = await attempt(requestAt(server.url, change), contextOf(server.http));
    return { seen: server.seen[0], reply };
  } finally {
    await server.close();
  }
}
