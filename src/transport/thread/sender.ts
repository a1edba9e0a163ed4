import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { CallRequest, Endpoint } from "../../calling/protocol.ts";
import type { Reply } from "../../domain/call.ts";
import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Canary } from "../canary/canary.ts";
import type { Deadlines } from "../http.ts";

import { createAuthorizer } from "../../calling/auth/authorizer.ts";
import { loadScheme } from "../../calling/auth/scheme.ts";
import { loadProtocol } from "../../calling/protocol.ts";
import { createHttp, type Http } from "../http.ts";
import { type HealthWatch, watchHealth } from "./health.ts";
import { createTurns } from "./turns.ts";

/** One attempt at one request, as plain data. */
export type SendRequest = CallRequest & {
  readonly protocol: string;
  readonly deadlines: Deadlines;
  /** Copied into the timing. */
  readonly queued_ms: number;
  readonly in_flight: number;
};

export type Attempted = {
  readonly reply: Reply;
  /** This machine was late around its start or its first token. */
  readonly lagged: boolean;
};

/** Sends requests to vendors and times them. */
export type Sender = {
  /** Turns whatever the vendor does into a value; rejects only for bugs of our own. */
  readonly attempt: (request: SendRequest, signal: AbortSignal) => Promise<Attempted>;
  /** How idle the event loop that takes the times has been since the first request, and how far its times were off. */
  readonly health: () => Promise<LoopHealth>;
  readonly close: () => Promise<void>;
};

export type SenderSetup = {
  /** Sockets to one origin; see `createHttp`. */
  readonly connections: number;
  readonly connect_ms: number;
  readonly keysOf: (endpoint: Endpoint) => Credentials;
};

/** Loads plugins in advance, so that the first request need not wait for them. */
export async function prepare(
  protocols: readonly string[],
  schemes: readonly string[],
): Promise<void> {
  await Promise.all([...protocols.map(loadProtocol), ...schemes.map(loadScheme)]);
}

/**
 * A sender on its caller's event loop, whose other work affects its times. Without a canary they cannot be trusted.
 * `around` may listen to what protocols exchange; calls for access tokens go past it.
 */
export function createSender(
  { connections, connect_ms, keysOf }: SenderSetup,
  canary: Canary | null = null,
  around: (http: Http) => Http = (http) => http,
): Sender {
  const http = createHttp({ connections, connect_ms });
  const heard = around(http);
  const authorizer = createAuthorizer(http);
  const turn = createTurns();
  let watch: HealthWatch | null = null;
  return {
    attempt: async ({ protocol: id, deadlines, queued_ms, in_flight, ...call }, signal) => {
      const health = (watch ??= watchHealth(canary));
      const protocol = await loadProtocol(id);
      if (protocol === null) throw new Error(`there is no protocol ${id}`);
      await turn();
      const { endpoint } = call;
      const authorize = authorizer(endpoint.auth, keysOf(endpoint), endpoint.network);
      canary?.enter();
      try {
        const reply = await protocol.attempt(call, {
          http: heard,
          authorize,
          deadlines,
          signal,
          queued_ms,
          in_flight,
        });
        return { reply, lagged: await health.wasLate(reply.timing) };
      } finally {
        canary?.leave();
      }
    },
    health: () => Promise.resolve((watch ?? watchHealth(canary)).stop(http.sendLagMs())),
    close: async () => {
      await Promise.all([http.close(), canary?.close()]);
    },
  };
}
