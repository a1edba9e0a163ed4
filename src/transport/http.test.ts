import { channel } from "node:diagnostics_channel";
import { getEventListeners } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { createServer as createSocketServer } from "node:net";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createHttp, type Http, type HttpEnd } from "./http.ts";
import { medianLag } from "./lag-meter.ts";

const never = new AbortController().signal;
const long = { first_byte: 30_000, idle: 30_000, total: 30_000 };
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What the server does, by path. */
const acts: Record<string, (response: ServerResponse) => unknown> = {
  "/ok": (response) => response.end("fine"),
  "/hang": () => undefined,
  "/headers": (response) => response.flushHeaders(),
  "/comments": (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const timer = setInterval(() => response.write(": keep-alive\n\n"), 20);
    response.on("close", () => clearInterval(timer));
  },
  "/pause": (response) => {
    response.writeHead(200);
    response.write("data: a\n\n");
  },
  "/drip": async (response) => {
    for (let piece = 0; piece < 8; piece += 1) {
      response.write("data: a\n\n");
      await wait(50);
    }
    response.end();
  },
  "/reset": (response) => response.socket?.resetAndDestroy(),
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    setTimeout(() => response.socket?.destroy(), 20);
  },
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => acts[request.url ?? ""]?.(response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Seen = { readonly end: HttpEnd; readonly body: string; readonly status: number | null };

async function ask(
  http: Http,
  path: string,
  deadlines: Partial<typeof long> = {},
  signal: AbortSignal = never,
): Promise<Seen> {
  let body = "";
  let status: number | null = null;
  const end = await http.exchange(
    { method: "GET", url: path.startsWith("http") ? path : base + path, headers: {}, body: null },
    {
      head: (code) => {
        status = code;
      },
      data: (chunk) => {
        body += chunk.toString();
        return !chunk.toString().startsWith(":");
      },
    },
    { deadlines: { ...long, ...deadlines }, signal },
  );
  return { end, body, status };
}

async function withHttp(run: (http: Http) => Promise<void>, connections = 4): Promise<void> {
  const http = createHttp({ connections, connect_ms: 5_000 });
  try {
    await run(http);
  } finally {
    await http.close();
  }
}

test("a complete response: status, body, times in order; a reused connection has no connect time", () =>
  withHttp(async (http) => {
    const first = await ask(http, "/ok");
    expect(first).toMatchObject({ status: 200, body: "fine", end: { failure: null } });
    expect(first.end.connect_ms).toBeGreaterThan(0);
    expect(first.end.headers_ms ?? 0).toBeGreaterThanOrEqual(first.end.connect_ms ?? 0);
    expect(first.end.total_ms).toBeGreaterThanOrEqual(first.end.headers_ms ?? 0);
    expect(http.sendLags()).toHaveLength(0);
    const second = await ask(http, "/ok");
    expect(second.end.connect_ms).toBeNull();
    expect(medianLag([http.sendLags()])).toBeGreaterThanOrEqual(0);
  }, 1));

test.each([
  ["first_byte", "/hang", { first_byte: 100 }, "deadline-first_byte"],
  ["first_byte where only headers come", "/headers", { first_byte: 100 }, "deadline-first_byte"],
  ["first_byte where only comments come", "/comments", { first_byte: 150 }, "deadline-first_byte"],
  ["idle after progress", "/pause", { idle: 100 }, "deadline-idle"],
  ["total in spite of progress", "/drip", { total: 150, idle: 120 }, "deadline-total"],
])("deadline: %s", (_, path, deadlines, code) =>
  withHttp(async (http) => {
    const { end } = await ask(http, path, deadlines);
    expect(end.failure).toMatchObject({ outcome: "timeout", code });
    expect(end.total_ms).toBeGreaterThanOrEqual(100);
  }),
);

test("pieces that keep coming reset the idle deadline", () =>
  withHttp(async (http) => {
    const { end } = await ask(http, "/drip", { idle: 5_000, first_byte: 5_000 });
    expect(end.failure).toBeNull();
  }));

test("an abort ends the request at once and closes its socket", () =>
  withHttp(async (http) => {
    const controller = new AbortController();
    const asked = ask(http, "/pause", {}, controller.signal);
    await wait(60);
    controller.abort();
    // Nothing else ends it: the server says nothing more, and no deadline is near.
    const { end } = await asked;
    expect(end.failure).toMatchObject({ outcome: "aborted" });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  }));

test("an abort while waiting for a socket ends at once and the request is never sent", () =>
  withHttp(async (http) => {
    let served = 0;
    acts["/count"] = (response) => {
      served += 1;
      response.end();
    };
    const blocker = new AbortController();
    const blocking = ask(http, "/pause", {}, blocker.signal);
    await wait(60);
    const controller = new AbortController();
    const waiting = ask(http, "/count", {}, controller.signal);
    await wait(20);
    controller.abort();
    // Its socket is not free before the other request ends, which is only after that.
    expect((await waiting).end.failure).toMatchObject({ outcome: "aborted" });
    blocker.abort();
    await blocking;
    // The next request shows that the socket's queue is not stuck.
    expect((await ask(http, "/ok")).end.failure).toBeNull();
    expect(served).toBe(0);
  }, 1));

test("with an already aborted signal nothing is sent", () =>
  withHttp(async (http) => {
    const { end, status } = await ask(http, "/ok", {}, AbortSignal.abort());
    expect(end.failure).toMatchObject({ outcome: "aborted" });
    expect(status).toBeNull();
  }));

test.each([
  ["a reset before the headers", "/reset", "ECONNRESET"],
  ["a body cut short", "/cut", "UND_ERR_SOCKET"],
])("%s is a network failure", (_, path, code) =>
  withHttp(async (http) => {
    expect((await ask(http, path)).end.failure).toMatchObject({ outcome: "network", code });
  }),
);

test("no server listens, or it does not speak HTTP", async () => {
  const deaf = createSocketServer((socket) => {
    socket.on("error", () => undefined);
    socket.resume();
    socket.end("220 smtp.example ESMTP\r\n");
  });
  await new Promise<void>((done) => deaf.listen(0, "127.0.0.1", done));
  const { port } = deaf.address() as AddressInfo;
  await withHttp(async (http) => {
    const { end } = await ask(http, `http://127.0.0.1:${port}/`);
    expect(end.failure?.outcome).toBe("network");
  });
  await new Promise((done) => deaf.close(done));
  await withHttp(async (http) => {
    const { end } = await ask(http, `http://127.0.0.1:${port}/`);
    expect(end.failure).toMatchObject({ outcome: "network", code: "ECONNREFUSED" });
    expect(end.headers_ms).toBeNull();
  });
});

test("many requests on one signal leave no listener, socket or subscription behind", async () => {
  const controller = new AbortController();
  await withHttp(async (http) => {
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          ask(http, index % 5 === 0 ? "/reset" : "/ok", {}, controller.signal),
        ),
      );
    }
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    const open = await new Promise<number>((done) => server.getConnections((_, n) => done(n)));
    expect(open).toBeLessThanOrEqual(4 + 4);
  });
  expect(channel("undici:client:sendHeaders").hasSubscribers).toBe(false);
});
