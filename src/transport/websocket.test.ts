import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

import { afterEach, beforeEach, expect, test } from "vitest";

import { closeFrame, readFrame, textFrame } from "../simulator/kit/websocket.ts";
import { createHttp, type Deadlines, type Http, type HttpEnd } from "./http.ts";

type Play = (socket: Duplex, said: string) => void | Promise<void>;

let http: Http;
let server: Server;
let url: string;
let play: Play;
let asked: string[];
const sockets = new Set<Duplex>();

beforeEach(async () => {
  http = createHttp({ connections: 4, connect_ms: 2000 });
  asked = [];
  server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const { pathname } = new URL(request.url ?? "", "http://x");
    if (pathname === "/refused") {
      const body = '{"message":"HMAC signature does not match"}';
      socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      return;
    }
    if (pathname === "/silent") return;
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nx-own: 1\r\n\r\n`,
    );
    socket.on("data", (chunk: Buffer) => {
      const frame = readFrame(chunk);
      if (frame?.opcode !== 1) return;
      asked.push(frame.body.toString());
      void play(socket, frame.body.toString());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await http.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

type Heard = {
  readonly end: HttpEnd;
  readonly text: string;
  readonly status: number | null;
  readonly own: unknown;
  readonly times: readonly number[];
};

async function ask(
  path: string,
  deadlines: Partial<Deadlines> = {},
  {
    signal = new AbortController().signal,
    until = "",
  }: { signal?: AbortSignal; until?: string } = {},
): Promise<Heard> {
  const chunks: Buffer[] = [];
  const times: number[] = [];
  let status: number | null = null;
  let own: unknown;
  const text = (): string => Buffer.concat(chunks).toString();
  const end = await http.exchange(
    { method: "GET", url: url + path, headers: { "x-mine": "1" }, body: '{"q":"你好"}' },
    {
      head: (code, headers) => {
        status = code;
        own = headers["x-own"];
      },
      data: (chunk, at_ms) => {
        times.push(at_ms);
        return chunks.push(chunk) > 0;
      },
      over: () => until !== "" && text().includes(until),
    },
    { deadlines: { first_byte: 5000, idle: 5000, total: 5000, ...deadlines }, signal },
  );
  return { end, text: text(), status, own, times };
}

test("the request is a message, each message of the answer a line", async () => {
  play = (socket) => {
    socket.write(textFrame('{"a":"守株"}'));
    socket.write(textFrame("长".repeat(30_000)));
    socket.end(closeFrame(1000));
  };
  const { end, text, status, own, times } = await ask("/chat");
  expect(end.failure).toBeNull();
  expect(end.connect_ms).not.toBeNull();
  expect(end.headers_ms ?? -1).toBeGreaterThan(0);
  expect([status, own, asked]).toEqual([101, "1", ['{"q":"你好"}']]);
  expect(text).toBe(`{"a":"守株"}\n${"长".repeat(30_000)}\n`);
  expect(times).toHaveLength(2);
  expect(times[0] ?? 0).toBeGreaterThanOrEqual(end.headers_ms ?? Infinity);
  expect(end.total_ms).toBeGreaterThanOrEqual(times[1] ?? Infinity);
});

test("frames that the network splits anywhere are read correctly", async () => {
  play = async (socket) => {
    const bytes = Buffer.concat([textFrame("守株待兔"), textFrame("完"), closeFrame(1000)]);
    for (const byte of bytes) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    socket.end();
  };
  expect(await ask("/chat")).toMatchObject({ text: "守株待兔\n完\n", end: { failure: null } });
});

test("if the server does not close, the connection is closed once the answer is complete", async () => {
  play = (socket) => {
    socket.write(textFrame("一"));
    socket.write(textFrame("完"));
  };
  const { end, text } = await ask("/chat", {}, { until: "完" });
  expect([end.failure, text]).toEqual([null, "一\n完\n"]);
});

test("a refused handshake gives the response that refused it", async () => {
  const { end, status, text } = await ask("/refused");
  expect([end.failure, status]).toEqual([null, 403]);
  expect(text).toBe('{"message":"HMAC signature does not match"}');
});

test.each<[string, Play, Partial<Deadlines>, string, string]>([
  ["/silent", () => undefined, { first_byte: 100 }, "timeout", "deadline-first_byte"],
  ["/chat", () => undefined, { first_byte: 100 }, "timeout", "deadline-first_byte"],
  [
    "/chat",
    (socket) => void socket.write(textFrame("一")),
    { idle: 100 },
    "timeout",
    "deadline-idle",
  ],
  ["/chat", () => undefined, { total: 100 }, "timeout", "deadline-total"],
  ["/chat", (socket) => void (socket as Socket).resetAndDestroy(), {}, "network", "Error"],
  ["/chat", (socket) => void socket.end(closeFrame(1011)), {}, "network", "Error"],
])("%s %s %j is %s, %s", async (path, scene, deadlines, outcome, code) => {
  play = scene;
  const { end } = await ask(path, deadlines);
  expect(end.failure).toMatchObject({ outcome, code });
});

test("an abort ends it, before and after the handshake", async () => {
  play = (socket) => void socket.write(textFrame("一"));
  for (const path of ["/silent", "/chat"]) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 60);
    const { end } = await ask(path, {}, { signal: stop.signal });
    expect(end.failure).toMatchObject({ outcome: "aborted" });
  }
});

test("an unreachable server is network", async () => {
  await new Promise((resolve) => {
    server.close(resolve);
  });
  const { end } = await ask("/chat");
  expect(end.failure).toMatchObject({ outcome: "network", code: "ECONNREFUSED" });
});
