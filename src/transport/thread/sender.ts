import type { Authorize, Credentials } from "../../calling/auth/authorizer.ts";
import type { CallRequest, Endpoint } from "../../calling/protocol.ts";
import type { Reply } from "../../domain/call.ts";
import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Canary } from "../canary/canary.ts";
import type { Deadlines } from "../http.ts";

import { createAuthorizer } from "../../calling/auth/authorizer.ts";
import { loadScheme } from "../../calling/auth/scheme.ts";
import { loadProtocol } from "../../calling/protocol.ts";
import { createMonotonic } from "../canary/monotonic.ts";
import { createHttp, type Http } from "../http.ts";
import { type HealthWatch, healthOf, type LoopReadings, watchHealth } from "./health.ts";
import { createTurns } from "./turns.ts";

/** One attempt at one request, as plain data. */
export type SendRequest = CallRequest & {
  readonly protocol: string;
  readonly deadlines: Deadlines;
  /** Copied into the timing. */
  readonly queued_ms: number;
  readonly in_flight: number;
  /** Not before this moment of the machine's monotonic clock, in milliseconds (`createMonotonic`); absent: at once. */
  readonly planned_at?: number;
};

export type Attempted = {
  readonly reply: Reply;
  /** This machine was late around its start or its first token. */
  readonly lagged: boolean;
  /** From the planned moment to the line before dispatch, null where nothing was sent; absent where none was planned. */
  readonly send_lag_ms?: number | null;
  /** Where it failed: how many of its lane (`Sender.lane`) have by now. */
  readonly failures?: number;
};

/** Sends requests to vendors and times them. */
export type Sender = {
  /** Turns whatever the vendor does into a value; rejects only for bugs of our own. */
  readonly attempt: (request: SendRequest, signal: AbortSignal) => Promise<Attempted>;
  /** How idle the event loop that takes the times has been since the first request, and how far its times were off. */
  readonly health: () => Promise<LoopHealth>;
  readonly close: () => Promise<void>;
  /** A lane some of whose requests the sender may start by itself. Absent: it sends what it is given, when it is given it. */
  readonly lane?: () => SenderLane;
};

/** The requests of one lane, at a sender that sees sooner than its caller where one has ended. */
export type SenderLane = Pick<Sender, "attempt"> & {
  /**
   * Hands over a request that is sent when another one of the lane has ended without failing. `failures` is what the lane's last
   * failed attempt said, 0 before the first: requests that were handed over without knowing of a failure come back.
   */
  readonly standBy: (
    request: SendRequest,
    signal: AbortSignal,
    failures: number,
    onStart: () => void,
  ) => Standby;
  /** All that stand by come back. What has started goes on. */
  readonly recall: () => void;
};

/** A request that stands by. */
export type Standby = {
  /** Sends it now, if it still stands by. */
  readonly start: () => void;
  /** Null: it came back unsent. */
  readonly attempted: Promise<Attempted | null>;
};

export type SenderSetup = {
  /** Sockets to one origin; see `createHttp`. */
  readonly connections: number;
  readonly connect_ms: number;
  readonly keysOf: (endpoint: Endpoint) => Credentials;
};

/** A sender that can say what its event loop's health is made of, to be told together with that of others. */
export type LocalSender = Sender & { readonly readings: () => LoopReadings };

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
): LocalSender {
  const http = createHttp({ connections, connect_ms });
  const heard = around(http);
  const authorizer = createAuthorizer(http);
  const turn = createTurns();
  const clock = createMonotonic();
  let watch: HealthWatch | null = null;
  /** One for each endpoint, of which there are few. */
  const authorizes = new WeakMap<Endpoint, Authorize>();
  const authorizeFor = (endpoint: Endpoint): Authorize => {
    const known = authorizes.get(endpoint);
    if (known !== undefined) return known;
    const made = authorizer(endpoint.auth, keysOf(endpoint), endpoint.network);
    authorizes.set(endpoint, made);
    return made;
  };
  const readings = (): LoopReadings => (watch ?? watchHealth(canary)).stop(http.sendLags());
  return {
    attempt: async (request, signal) => {
      const { deadlines, queued_ms, in_flight, planned_at } = request;
      const health = (watch ??= watchHealth(canary));
      const protocol = await loadProtocol(request.protocol);
      if (protocol === null) throw new Error(`there is no protocol ${request.protocol}`);
      if (planned_at !== undefined) await clock.until(planned_at);
      await turn();
      canary?.enter();
      const timed = planned_at === undefined ? null : timedBy(clock.now, heard);
      try {
        const reply = await protocol.attempt(request, {
          http: timed?.http ?? heard,
          authorize: authorizeFor(request.endpoint),
          deadlines,
          signal,
          queued_ms,
          in_flight,
        });
        const lagged = await health.wasLate(reply.timing);
        if (planned_at === undefined) return { reply, lagged };
        const sentAt = timed?.sentAt() ?? null;
        const send_lag_ms = sentAt === null ? null : Math.max(0, sentAt - planned_at);
        return { reply, lagged, send_lag_ms };
      } finally {
        canary?.leave();
      }
    },
    readings,
    health: () => Promise.resolve(healthOf([readings()])),
    close: async () => {
      await Promise.all([http.close(), canary?.close()]);
    },
  };
}

/** An `Http` that notes when something was last sent through it. */
function timedBy(now: () => number, http: Http) {
  let sentAt: number | null = null;
  const exchange: Http["exchange"] = (...exchange) => {
    sentAt = now();
    return http.exchange(...exchange);
  };
  return { http: { ...http, exchange }, sentAt: () => sentAt };
}
