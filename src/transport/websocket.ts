import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";

import { type Dispatcher, WebSocket } from "undici";

import type { Way } from "./agents.ts";
import type { HttpRequest } from "./http.ts";

type Controller = Dispatcher.DispatchController;
type Handler = Dispatcher.DispatchHandler;

/** What is known of a handshake while it goes on. */
type Handshake = {
  controller: Controller | null;
  /** The connection once it is upgraded. */
  socket: Duplex | null;
  status: number | null;
  headers: IncomingHttpHeaders;
  /** The body of a refusal. */
  readonly body: Buffer[];
  error: Error | null;
};

/** The WebSocket's own word for a connection that ended as agreed. */
const agreedEnds: ReadonlySet<number> = new Set([1000, 1005]);

/**
 * Opens a WebSocket (RFC 6455), sends the body as its first message, and tells `handler` what comes as if it were an
 * HTTP response: status 101 when it is open, then a line for each message, then the end. A handshake that is refused is
 * the response that refused it. One question a connection: when `isOver` says that the answer is complete, the
 * connection is closed without waiting for the server to do it.
 */
export function dispatchSocket(
  { agent, origin, prefix }: Way,
  request: HttpRequest,
  handler: Handler,
  { isOver }: { readonly isOver: () => boolean },
): void {
  const shake: Handshake = {
    controller: null,
    socket: null,
    status: null,
    headers: {},
    body: [],
    error: null,
  };
  let opened = false;
  let settled = false;
  const controller = controllerOf(shake);
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
  const watching = agent.compose(
    (dispatch) => (options, inner) =>
      dispatch({ ...options, origin }, watch(inner, shake, started)),
  );
  const socket = new WebSocket(request.url, { dispatcher: watching, headers: request.headers });
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => {
    opened = true;
    handler.onResponseStart?.(controller, shake.status ?? 101, shake.headers);
    if (request.body !== null) socket.send(request.body);
  });
  socket.addEventListener("message", ({ data }) => {
    if (settled) return;
    handler.onResponseData?.(controller, lineOf(data));
    if (!isOver()) return;
    settle(null);
    socket.close(1000);
  });
  socket.addEventListener("close", ({ code }) => {
    if (opened) {
      const broken = new Error(`the WebSocket was closed with ${code}`);
      return settle(shake.error ?? (agreedEnds.has(code) ? null : broken));
    }
    if (shake.status === null) return settle(shake.error ?? new Error("the handshake failed"));
    handler.onResponseStart?.(controller, shake.status, shake.headers);
    for (const chunk of shake.body) handler.onResponseData?.(controller, chunk);
    return settle(null);
  });
}

/** Ends the handshake, or the connection at once: nobody waits for the server's farewell. */
const controllerOf = (shake: Handshake): Controller => ({
  get aborted() {
    return shake.error !== null;
  },
  get paused() {
    return false;
  },
  get reason() {
    return shake.error;
  },
  abort: (reason) => {
    shake.error ??= reason;
    if (shake.socket === null) shake.controller?.abort(reason);
    else shake.socket.destroy();
  },
  pause: () => undefined,
  resume: () => undefined,
});

function watch(inner: Handler, shake: Handshake, started: () => void): Handler {
  return {
    onRequestStart: (controller, context) => {
      shake.controller = controller;
      started();
      inner.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (controller, status, headers, socket) => {
      shake.socket = socket;
      shake.status = status;
      shake.headers = headers;
      return inner.onRequestUpgrade?.(controller, status, headers, socket);
    },
    onResponseStarted: () => inner.onResponseStarted?.(),
    onResponseStart: (controller, status, headers, message) => {
      shake.status = status;
      shake.headers = headers;
      inner.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, chunk) => {
      shake.body.push(chunk);
      inner.onResponseData?.(controller, chunk);
    },
    onResponseEnd: (controller, trailers) => inner.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => {
      // An answer that the handshake did not want is abandoned; that is no failure of the connection.
      if (shake.status === null) shake.error ??= error;
      inner.onResponseError?.(controller, error);
    },
  };
}

const lineOf = (data: unknown): Buffer =>
  Buffer.concat([
    data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(String(data)),
    Buffer.from("\n"),
  ]);
