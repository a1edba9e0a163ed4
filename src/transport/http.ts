import { subscribe, unsubscribe } from "node:diagnostics_channel";

import type { Dispatcher } from "undici";

import { createAborts } from "./aborts.ts";
import { createAddresses } from "./addresses.ts";
import { createAgents, type Route } from "./agents.ts";
import { createDelivery, type ResponseDelivery } from "./delivery.ts";
import { createFloodGate } from "./flood-gate.ts";
import { failureOf, type HttpFailure } from "./http-failure.ts";
import { expectResponse } from "./interim.ts";
import { createLagMeter } from "./lag-meter.ts";
import { directNetwork, type Network } from "./network.ts";

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

/** Milliseconds. Until the first progress `first_byte` applies, afterwards `idle`; `total` always. */
export type Deadlines = {
  readonly first_byte: number;
  readonly idle: number;
  readonly total: number;
};

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Receives a response as it arrives. `at_ms` counts from the line before dispatch. */
export type Receiver = {
  readonly head: (status: number, headers: Headers) => void;
  /** Returns true if the bytes were progress; keep-alive comments are not. */
  readonly data: (chunk: Buffer, at_ms: number) => boolean;
  /** True if the answer is complete, so that a single-use connection may be closed. */
  readonly over?: () => boolean;
  /** Why no more is worth reading, or null. Asked after each piece. */
  readonly enough?: () => Pick<HttpFailure, "code" | "message"> | null;
  /** True if the answer was complete long enough before `at_ms` that the server will not end the response any more. */
  readonly settled?: (at_ms: number) => boolean;
};

/** How an exchange ended. Times in milliseconds from the line before dispatch. */
export type HttpEnd = {
  readonly started_at: string;
  /** DNS, TCP and TLS; null on a reused connection. */
  readonly connect_ms: number | null;
  readonly headers_ms: number | null;
  readonly total_ms: number;
  /** Null if the response arrived completely, or was complete by its own account. */
  readonly failure: HttpFailure | null;
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
  /** Median milliseconds from dispatch to the first byte sent on reused connections; null if there was none. */
  readonly sendLagMs: () => number | null;
  readonly close: () => Promise<void>;
};

/** An `Http` that also sends bytes. */
type ByteHttp = Http & { readonly exchange: Exchanging<SentRequest> };

type Exchange = {
  readonly start: number;
  readonly receiver: Receiver;
  readonly signal: AbortSignal;
  lastProgress: number | null;
  connect_ms: number | null;
  headers_ms: number | null;
  readonly deadlines: Deadlines;
  controller: Dispatcher.DispatchController | null;
  failure: HttpFailure | null;
  settle: (failure: HttpFailure | null) => void;
};

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
  const agents = createAgents(options, connectTimes);
  const active = new Set<Exchange>();
  const aborts = createAborts((signal) => {
    for (const state of active) if (state.signal === signal) fail(state, aborted);
  });
  const addressOf = createAddresses();
  const lags = createLagMeter();
  const gate = createFloodGate();
  let starting: Exchange | null = null;
  let sweeper: NodeJS.Timeout | null = null;

  // undici reports the headers synchronously after the same request's onRequestStart.
  const onSendHeaders = (message: unknown): void => {
    const exchange = starting;
    starting = null;
    if (exchange === null) return;
    const { socket } = message as { socket: object };
    expectResponse(socket);
    const connect = connectTimes.get(socket);
    if (connect === undefined) lags.add(performance.now() - exchange.start);
    else exchange.connect_ms = connect;
    connectTimes.delete(socket);
  };
  subscribe(sendHeaders, onSendHeaders);

  const send = (
    request: SentRequest,
    receiver: Receiver,
    { deadlines, signal, network = directNetwork }: ExchangeOptions,
    dispatch: Dispatch,
  ): Promise<HttpEnd> =>
    new Promise((resolve) => {
      const address = addressOf(request.url);
      const started_at = new Date().toISOString();
      const start = performance.now();
      const state: Exchange = {
        start,
        receiver,
        signal,
        lastProgress: null,
        connect_ms: null,
        headers_ms: null,
        deadlines,
        controller: null,
        failure: null,
        settle: (failure) => settle(failure),
      };
      /** Made when the response begins, because what is made before it outlives collections. */
      let delivery: ResponseDelivery | null = null;
      const settle = (failure: HttpFailure | null): void => {
        if (!active.delete(state)) return;
        delivery?.stop();
        const total_ms = performance.now() - start;
        aborts.leave(signal);
        if (active.size === 0 && sweeper !== null) {
          clearInterval(sweeper);
          sweeper = null;
        }
        const { connect_ms, headers_ms } = state;
        resolve({ started_at, connect_ms, headers_ms, total_ms, failure });
      };
      active.add(state);
      sweeper ??= setInterval(() => sweep(active), sweepMs);
      aborts.enter(signal);
      if (signal.aborted) fail(state, aborted);
      const route = agents.routeTo(address.handshake, address.origin, network);
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart(controller) {
          state.controller = controller;
          starting = state;
          if (state.failure !== null) controller.abort(new Error(state.failure.message));
        },
        onResponseStart(_controller, status, headers) {
          // Interim responses precede the response; 101 is a WebSocket's.
          if (status < 200 && status !== 101) return;
          state.headers_ms = performance.now() - start;
          delivery = createDelivery(receiver, {
            start,
            gate,
            progress: (now) => void (state.lastProgress = now),
            fail: (failure) => fail(state, failure),
          });
          delivery.head(headers);
          receiver.head(status, headers);
        },
        onResponseData(controller, chunk) {
          delivery?.data(controller, chunk, performance.now());
        },
        onResponseEnd() {
          if (delivery === null) settle(state.failure);
          else delivery.end(() => settle(state.failure));
        },
        onResponseError(_controller, error) {
          settle(state.failure ?? failureOf(error));
        },
      };
      try {
        dispatch(route, request, handler, {
          path: address.path,
          isOver: () => receiver.over?.() ?? false,
        });
      } catch (error) {
        settle(failureOf(error instanceof Error ? error : new Error(String(error))));
      }
    });

  return {
    exchange: (...asked) => {
      if (!addressOf(asked[0].url).isSocket) return send(...asked, dispatchRequest);
      // Loaded before the clock starts, and only if needed: few vendors use WebSockets.
      return import("./websocket.ts").then((socket) => send(...asked, socket.dispatchSocket));
    },
    sendLagMs: lags.median,
    close: async () => {
      unsubscribe(sendHeaders, onSendHeaders);
      await agents.destroy();
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
type Dispatch = (
  route: Route,
  request: SentRequest,
  handler: Dispatcher.DispatchHandler,
  more: { readonly path: string; readonly isOver: () => boolean },
) => void;

function dispatchRequest(
  { agent, origin, prefix, headers }: Route,
  request: SentRequest,
  handler: Dispatcher.DispatchHandler,
  { path }: { readonly path: string },
): void {
  agent.dispatch(
    {
      origin,
      path: prefix + path,
      method: request.method,
      headers: prefix === "" ? request.headers : { ...request.headers, ...headers },
      body: request.body,
    },
    handler,
  );
}

const aborted: HttpFailure = { outcome: "aborted", code: "aborted", message: "aborted" };

function sweep(active: ReadonlySet<Exchange>): void {
  const now = performance.now();
  for (const state of active) {
    if (state.receiver.settled?.(now - state.start) === true) {
      state.settle(null);
      state.controller?.abort(new Error("the answer is complete"));
      continue;
    }
    const overdue = overdueDeadline(state, now);
    if (overdue === null) continue;
    const message = `no ${overdue} within ${state.deadlines[overdue]} ms`;
    fail(state, { outcome: "timeout", code: `deadline-${overdue}`, message });
  }
}

function overdueDeadline(state: Exchange, now: number): keyof Deadlines | null {
  const { deadlines, lastProgress, start } = state;
  if (now - start > deadlines.total) return "total";
  if (lastProgress === null) return now - start > deadlines.first_byte ? "first_byte" : null;
  return now - lastProgress > deadlines.idle ? "idle" : null;
}

/** A request still waiting for a socket is settled at once, and aborted when it would start. */
function fail(state: Exchange, failure: HttpFailure): void {
  state.failure ??= failure;
  if (state.controller === null) state.settle(state.failure);
  else state.controller.abort(new Error(failure.message));
}
