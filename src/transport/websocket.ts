import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";

import { type Dispatcher, WebSocket } from "undici";

import type { SentRequest } from "./http.ts";
import type { Route } from "./routes/routes.ts";

type Controller = Dispatcher.DispatchController;
type Handler = Dispatcher.DispatchHandler;

/** The state of a handshake in progress. */
type Handshake = {
  controller: Controller | null;
  /** The connection, once upgraded. */
  socket: Duplex | null;
  status: number | null;
  headers: IncomingHttpHeaders;
  /** The body of a refusal. */
  readonly body: Buffer[];
  error: Error | null;
};

/** WebSocket close codes of a regular end. */
const regularCloseCodes: ReadonlySet<number> = new Set([1000, 1005]);

/**
 * Opens a WebSocket (RFC 6455), sends the body as its first message, and reports to `handler` as if it were an HTTP
 * response: status 101 when it is open, then a line for each message, then the end. A refused handshake is reported as
 * the response that refused it. One request per connection: when the receiver reports that the answer is complete, the
 * connection is closed without waiting for the server.
 */
export function dispatchSocket(
  { sockets, origin, prefix }: Route,
  request: SentRequest,
  handler: Handler & { readonly receiver: { readonly over?: () => boolean } },
): void {
  const handshake: Handshake = {
    controller: null,
    socket: null,
    status: null,
    headers: {},
    body: [],
    error: null,
  };
  let opened = false;
  let settled = false;
  const controller = controllerOf(handshake);
  const settle = (error: Error | null): void => {
    if (settled) return;
    settled = true;
    if (error === null) handler.onResponseEnd?.(controller, {});
    else handler.onResponseError?.(controller, error);
  };
  if (prefix !== "") {
    return settle(new Error("a proxy that forwards plain requests carries no WebSocket"));
  }
  const started = (): void => handler.onRequestStart?.(controller, {});
  const watching = sockets.compose(
    (dispatch) => (options, inner) =>
      dispatch({ ...options, origin }, watch(inner, handshake, started)),
  );
  const socket = new WebSocket(request.url, { dispatcher: watching, headers: request.headers });
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => {
    opened = true;
    handler.onResponseStart?.(controller, handshake.status ?? 101, handshake.headers);
    if (request.body !== null) socket.send(request.body);
  });
  socket.addEventListener("message", ({ data }) => {
    if (settled) return;
    handler.onResponseData?.(controller, lineOf(data));
    if (handler.receiver.over?.() !== true) return;
    settle(null);
    socket.close(1000);
  });
  socket.addEventListener("close", ({ code }) => {
    if (opened) {
      const broken = new Error(`the WebSocket was closed with ${code}`);
      return settle(handshake.error ?? (regularCloseCodes.has(code) ? null : broken));
    }
    if (handshake.status === null)
      return settle(handshake.error ?? new Error("the handshake failed"));
    handler.onResponseStart?.(controller, handshake.status, handshake.headers);
    for (const chunk of handshake.body) handler.onResponseData?.(controller, chunk);
    return settle(null);
  });
}

/** Aborts the handshake, or the connection at once without waiting for the server's close frame. */
const controllerOf = (handshake: Handshake): Controller => ({
  get aborted() {
    return handshake.error !== null;
  },
  get paused() {
    return false;
  },
  get reason() {
    return handshake.error;
  },
  abort: (reason) => {
    handshake.error ??= reason;
    if (handshake.socket === null) handshake.controller?.abort(reason);
    else handshake.socket.destroy();
  },
  pause: () => undefined,
  resume: () => undefined,
});

function watch(inner: Handler, handshake: Handshake, started: () => void): Handler {
  return {
    onRequestStart: (controller, context) => {
      handshake.controller = controller;
      started();
      inner.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (controller, status, headers, socket) => {
      handshake.socket = socket;
      handshake.status = status;
      handshake.headers = headers;
      return inner.onRequestUpgrade?.(controller, status, headers, socket);
    },
    onResponseStarted: () => inner.onResponseStarted?.(),
    onResponseStart: (controller, status, headers, message) => {
      handshake.status = status;
      handshake.headers = headers;
      inner.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, chunk) => {
      handshake.body.push(chunk);
      inner.onResponseData?.(controller, chunk);
    },
    onResponseEnd: (controller, trailers) => inner.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => {
      // undici abandons a response that does not upgrade; that is not a failure of the connection.
      if (handshake.status === null) handshake.error ??= error;
      inner.onResponseError?.(controller, error);
    },
  };
}

const lineOf = (data: unknown): Buffer =>
  Buffer.concat([
    data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(String(data)),
    Buffer.from("\n"),
  ]);
