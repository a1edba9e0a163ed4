import { createHash } from "node:crypto";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** The connection of one request, below HTTP: what is written is what the client gets. */
export type Wire = {
  /** The request's head and body. */
  readonly request: string;
  /** The credential that came with the request. */
  readonly key: string;
  /** Resolves once more may be written; false if the client has closed the connection. */
  readonly write: (bytes: string | Uint8Array) => Promise<boolean>;
  /** Writes the same bytes until the client closes the connection. */
  readonly flood: (bytes: string | Uint8Array) => Promise<void>;
  readonly end: () => void;
  readonly reset: () => void;
};

export type Play = (wire: Wire) => unknown;

/** A server on 127.0.0.1 that does what the row named by the request's model says, and nothing else. */
export async function startHostileServer(plays: ReadonlyMap<string, Play>): Promise<{
  readonly url: string;
  readonly close: () => Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    let received = "";
    const onData = (chunk: Buffer): void => {
      received += chunk.toString("latin1");
      const name = nameIn(received);
      if (name === null) return;
      socket.off("data", onData);
      socket.resume();
      void plays.get(name)?.(wireOf(socket, received));
    };
    socket.on("data", onData);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The path names the row; null while the request is incomplete. */
function nameIn(request: string): string | null {
  const end = request.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
  if (request.length < end + 4 + length) return null;
  return /^\w+ \/(\d+)\b/.exec(request)?.[1] ?? "";
}

function wireOf(socket: Socket, request: string): Wire {
  const write = async (bytes: string | Uint8Array): Promise<boolean> => {
    if (socket.destroyed) return false;
    if (!socket.write(bytes)) {
      await new Promise<void>((done) => {
        const go = (): void => {
          socket.off("drain", go);
          socket.off("close", go);
          done();
        };
        socket.on("drain", go);
        socket.on("close", go);
      });
    } else await new Promise((done) => setImmediate(done));
    return !socket.destroyed;
  };
  return {
    request,
    key: /authorization: Bearer (\S+)/i.exec(request)?.[1] ?? "",
    write,
    flood: async (bytes) => {
      while (await write(bytes)) continue;
    },
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
  };
}

/** The head of a response whose body ends with the connection. */
export const head = (headers: Readonly<Record<string, string>> = {}, status = "200 OK"): string =>
  [
    `HTTP/1.1 ${status}`,
    ...Object.entries({ "content-type": "text/event-stream", connection: "close", ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    "\r\n",
  ].join("\r\n");

export const event = (json: unknown): string => `data: ${JSON.stringify(json)}\n\n`;
export const delta = (delta: unknown, more: object = {}): string =>
  event({ id: "c", model: "m", choices: [{ index: 0, delta, finish_reason: null }], ...more });
export const said = (content: string): string => delta({ content });
/** A whole answer. */
export const answer = (content = "答案：B"): string =>
  `${said(content)}${event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}${event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 5 } })}data: [DONE]\n\n`;

/** Accepts a WebSocket. */
export function upgraded(request: string): string {
  const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1] ?? "";
  const accept = createHash("sha1")
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
