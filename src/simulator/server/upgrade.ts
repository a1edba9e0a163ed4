import { createHash } from "node:crypto";
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import { Socket } from "node:net";

import type { ReceivedHttp, SentHttp } from "../kit/protocol.ts";
import type { Outlet } from "./wire-response.ts";

import { closeFrame, readFrame, textFrame } from "../kit/websocket.ts";

/** The first message on an open WebSocket, and where the answer goes. */
type FirstMessage = {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly outlet: Outlet;
};

type SocketHandlers = {
  /** Why this handshake is refused, or null. */
  readonly refusal: (request: IncomingMessage) => SentHttp | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly serve: (message: FirstMessage) => void;
};

const acceptKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const textOpcodes: ReadonlySet<number> = new Set([0, 1]);
const closeOpcode = 8;

/** Serves WebSockets on this server (RFC 6455). Returns a function that closes the open ones. */
export function serveSockets(server: Server, handlers: SocketHandlers): () => void {
  const open = new Set<Socket>();
  server.on("upgrade", (request, socket, head) => {
    if (!(socket instanceof Socket)) return;
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    // A client that disconnects is not a server error.
    socket.on("error", () => undefined);
    const refused = handlers.refusal(request);
    if (refused === null) accept(request, socket, head, handlers);
    else socket.end(responseText(refused));
  });
  return () => open.forEach((socket) => socket.destroy());
}

/** A request without its body. */
export function handshakeOf(request: IncomingMessage): ReceivedHttp {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.alloc(0),
  };
}

function accept(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  handlers: SocketHandlers,
): void {
  const key = request.headers["sec-websocket-key"] ?? "";
  const digest = createHash("sha1").update(`${key}${acceptKey}`).digest("base64");
  const headers = {
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Accept": digest,
    ...handlers.headers,
  };
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${linesOf(headers)}\r\n`);
  let rest = Buffer.alloc(0);
  let message: Buffer[] | null = [];
  const read = (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (let found = readFrame(rest); found !== null; found = readFrame(rest)) {
      rest = rest.subarray(found.length);
      if (found.opcode === closeOpcode) socket.end(closeFrame(1000));
      if (message === null || !textOpcodes.has(found.opcode)) continue;
      message.push(found.body);
      if (!found.last) continue;
      const body = Buffer.concat(message);
      message = null;
      handlers.serve({ request, body, outlet: outletOf(socket) });
    }
  };
  socket.on("data", read);
  read(head);
}

/** Every write is a message; status and headers were sent with the handshake. */
const outletOf = (socket: Socket): Outlet => ({
  get closed() {
    return socket.destroyed;
  },
  socket,
  once: (event, listener) => socket.once(event, listener),
  writeHead: () => undefined,
  flushHeaders: () => undefined,
  write: (chunk) => socket.write(textFrame(Buffer.from(chunk).toString("utf8"))),
  end: () => socket.end(closeFrame(1000)),
});

function responseText({ status, headers, body }: SentHttp): string {
  const all = {
    ...headers,
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${linesOf(all)}\r\n${body}`;
}

const linesOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
