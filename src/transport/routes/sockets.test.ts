import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import type { Dispatcher } from "undici";
import buildConnector from "undici/lib/core/connect.js";
import { expect, onTestFinished, test } from "vitest";

import { Sockets } from "./sockets.ts";

const connections = 3;

/** What a request came to: the body, or the code of an error. */
const ask = (sockets: Sockets, path: string, headers: Record<string, string> = {}) =>
  new Promise<string>((resolve) => {
    let body = "";
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_controller, chunk) => {
        body += chunk.toString();
      },
      onResponseEnd: () => resolve(body),
      onResponseError: (_controller, error) =>
        resolve(String(Reflect.get(error, "code") ?? error.name)),
    };
    sockets.dispatch({ origin: "http://unused", path, method: "GET", headers }, handler);
  });

/** Answers with the request's own path; `/reset` breaks the connection, `/last` ends it after the answer. */
async function serve() {
  const used = new Set<Socket>();
  const busy = new Set<Socket>();
  let most = 0;
  let doubled = 0;
  const server = createServer((request, response) => {
    const { socket, url = "" } = request;
    if (busy.has(socket)) doubled += 1;
    used.add(socket);
    busy.add(socket);
    most = Math.max(most, busy.size);
    setTimeout(() => {
      busy.delete(socket);
      if (url === "/reset") return socket.destroy();
      if (url === "/last") response.setHeader("connection", "close");
      return response.end(url);
    }, 5);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const sockets = socketsTo(port);
  onTestFinished(async () => {
    await sockets.destroy();
    server.close();
  });
  return { sockets, used, figures: () => ({ most, doubled }) };
}

const socketsTo = (port: number): Sockets =>
  new Sockets(`http://127.0.0.1:${port}`, connections, {
    connect: buildConnector({ timeout: 5_000 }),
  });

test("each request has a socket for itself, at most as many as there may be, and all are used again", async () => {
  const { sockets, used, figures } = await serve();
  const paths = Array.from({ length: 40 }, (_, at) => `/${at}`);
  expect(await Promise.all(paths.map((path) => ask(sockets, path)))).toEqual(paths);
  expect(figures()).toEqual({ most: connections, doubled: 0 });
  expect(used.size).toBe(connections);
});

test("requests that are refused, reset or answered for the last time take no socket away", async () => {
  const { sockets, figures } = await serve();
  const odd = ["/reset", "/last", "/refused", "/a"] as const;
  const askAll = () =>
    Promise.all(
      Array.from({ length: 10 }, () => odd)
        .flat()
        .map((path) => ask(sockets, path, path === "/refused" ? { "x-key": "a\nb" } : {})),
    );
  const came = { "/reset": "UND_ERR_SOCKET", "/refused": "UND_ERR_INVALID_ARG" };
  const expected = Array.from({ length: 10 }, () => odd)
    .flat()
    .map((path) => Reflect.get(came, path) ?? path);
  expect(await askAll()).toEqual(expected);
  expect(await askAll()).toEqual(expected);
  expect(figures()).toEqual({ most: connections, doubled: 0 });
});

test("where nobody listens every request hears of it", async () => {
  const sockets = socketsTo(1);
  const all = Array.from({ length: 10 }, () => ask(sockets, "/"));
  expect(await Promise.all(all)).toEqual(all.map(() => "ECONNREFUSED"));
  await sockets.destroy();
});

test("after the end nothing is sent, and what waited hears of it", async () => {
  const { sockets } = await serve();
  const all = Array.from({ length: 5 }, () => ask(sockets, "/"));
  await sockets.destroy();
  all.push(ask(sockets, "/"));
  expect(new Set(await Promise.all(all))).toEqual(new Set(["UND_ERR_DESTROYED"]));
});
