import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

import { createAborts } from "./aborts.ts";
import { type Address, createAddresses } from "./addresses.ts";
import {
  type Deadlines,
  HttpExchange,
  type ExchangeHub,
  type HttpEnd,
  type Receiver,
} from "./exchange.ts";
import { createFloodGate } from "./flood-gate.ts";
import { failureOf, type HttpFailure } from "./http-failure.ts";
import { createLagMeter } from "./lag-meter.ts";
import { directNetwork, type Network } from "./network.ts";
import { expectHead } from "./reading/direct-reads.ts";
import { expectResponse } from "./reading/interim.ts";
import { createRoutes, type Route } from "./routes/routes.ts";

export type { Deadlines, Headers, HttpEnd, Receiver } from "./exchange.ts";

/**
 * A finished request: nothing is added except what HTTP itself needs. If the URL is `ws:` or `wss:`, the body is the
 * first message, and each message received is a line of the response.
 */
export type HttpRequest = {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** The same, where the body may be bytes that are no text. */
export type SentRequest = Omit<HttpRequest, "body"> & {
  readonly body: string | Uint8Array | null;
};

type ExchangeOptions = {
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal;
  /** Proxy, trusted certificates and own certificate. Without it, requests go directly. */
  readonly network?: Network | undefined;
};

type Exchanging<Request> = (
  request: Request,
  receiver: Receiver,
  options: ExchangeOptions,
) => Promise<HttpEnd>;

export type Http = {
  /** Sends one request and passes the response on as it arrives. Never rejects. */
  readonly exchange: Exchanging<HttpRequest>;
  /** Milliseconds from dispatch to the first byte sent, of the latest requests on reused connections. */
  readonly sendLags: () => Float64Array;
  readonly close: () => Promise<void>;
};

/** An `Http` that also sends bytes. */
type ByteHttp = Http & { readonly exchange: Exchanging<SentRequest> };

const sweepMs = 50;
const sendHeaders = "undici:client:sendHeaders";

/**
 * The only place that opens sockets and reads a request's clock. Timestamps are taken in undici's
 * dispatch handler, the earliest point at which JavaScript sees the bytes. HTTP/1.1 only, because streams
 * that share one HTTP/2 connection share its delays; no accept-encoding, because gateways buffer compressed
 * streams; no retries. `connections` bounds the sockets to one origin and must not be below the number of
 * requests in flight, or their wait for a socket would count as the vendor's. Certificates are always verified.
 */
export function createHttp(options: { connections: number; connect_ms: number }): ByteHttp {
  const connectTimes = new WeakMap<object, number>();
  const routes = createRoutes(options, connectTimes);
  const active = new Set<HttpExchange>();
  const aborts = createAborts((signal) => {
    for (const exchange of active) if (exchange.signal === signal) exchange.fail(aborted);
  });
  const addressOf = createAddresses();
  const lags = createLagMeter();
  let starting: HttpExchange | null = null;
  let sweeper: NodeJS.Timeout | null = null;

  // undici reports the headers synchronously after the same request's onRequestStart.
  const onSendHeaders = (message: unknown): void => {
    const exchange = starting;
    starting = null;
    if (exchange === null) return;
    const { socket } = message as { socket: Socket };
    expectResponse(socket);
    exchange.reads = expectHead(socket);
    const connect = connectTimes.get(socket);
    if (connect === undefined) lags.add(performance.now() - exchange.start);
    else {
      exchange.connect_ms = connect;
      connectTimes.delete(socket);
    }
  };
  subscribe(sendHeaders, onSendHeaders);

  const hub: ExchangeHub = {
    gate: createFloodGate(),
    starting: (exchange) => {
      starting = exchange;
    },
    leave: (exchange) => {
      if (!active.delete(exchange)) return false;
      aborts.leave(exchange.signal);
      if (active.size === 0 && sweeper !== null) {
        clearInterval(sweeper);
        sweeper = null;
      }
      return true;
    },
  };

  const send = (
    request: SentRequest,
    receiver: Receiver,
    { deadlines, signal, network = directNetwork }: ExchangeOptions,
    address: Address,
    dispatch: Dispatch,
  ): Promise<HttpEnd> =>
    new Promise((resolve) => {
      const exchange = new HttpExchange(hub, { receiver, signal, deadlines, resolve });
      active.add(exchange);
      sweeper ??= setInterval(() => sweep(active), sweepMs);
      aborts.enter(signal);
      if (signal.aborted) exchange.fail(aborted);
      const { handshake, origin, isSocket } = address;
      const route = routes.routeTo(handshake, origin, network, isSocket);
      try {
        dispatch(route, request, exchange, address.path);
      } catch (error) {
        exchange.settle(failureOf(error instanceof Error ? error : new Error(String(error))));
      }
    });

  return {
    exchange: (request, receiver, sent) => {
      const address = addressOf(request.url);
      if (!address.isSocket) return send(request, receiver, sent, address, dispatchRequest);
      // Loaded before the clock starts, and only if needed: few vendors use WebSockets.
      return import("./websocket.ts").then(({ dispatchSocket }) =>
        send(request, receiver, sent, address, dispatchSocket),
      );
    },
    sendLags: lags.latest,
    close: async () => {
      unsubscribe(sendHeaders, onSendHeaders);
      await routes.destroy();
    },
  };
}

/** An `Http` that sends every request through one network. */
export const through = (http: Http, network: Network | undefined): Http =>
  network === undefined
    ? http
    : {
        ...http,
        exchange: (request, receiver, options) =>
          http.exchange(request, receiver, { network, ...options }),
      };

/** Sends a request off. */
type Dispatch = (route: Route, request: SentRequest, exchange: HttpExchange, path: string) => void;

function dispatchRequest(
  { sockets, origin, prefix, headers }: Route,
  request: SentRequest,
  exchange: HttpExchange,
  path: string,
): void {
  sockets.dispatch(
    {
      origin,
      path: prefix + path,
      method: request.method,
      headers: prefix === "" ? request.headers : { ...request.headers, ...headers },
      body: request.body,
    },
    exchange,
  );
}

const aborted: HttpFailure = { outcome: "aborted", code: "aborted", message: "aborted" };

function sweep(active: ReadonlySet<HttpExchange>): void {
  const now = performance.now();
  for (const exchange of active) {
    if (exchange.receiver.settled?.(now - exchange.start) === true) {
      exchange.settle(null);
      exchange.controller?.abort(new Error("the answer is complete"));
      continue;
    }
    const overdue = overdueDeadline(exchange, now);
    if (overdue === null) continue;
    const message = `no ${overdue} within ${exchange.deadlines[overdue]} ms`;
    exchange.fail({ outcome: "timeout", code: `deadline-${overdue}`, message });
  }
}

function overdueDeadline(exchange: HttpExchange, now: number): keyof Deadlines | null {
  const { deadlines, lastProgress, start } = exchange;
  if (now - start > deadlines.total) return "total";
  if (lastProgress < start) return now - start > deadlines.first_byte ? "first_byte" : null;
  return now - lastProgress > deadlines.idle ? "idle" : null;
}
