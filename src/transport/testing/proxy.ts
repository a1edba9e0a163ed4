import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";

import type { Pair } from "./certificates.ts";

export type ProxyOptions = {
  /** Required `user:password`. */
  readonly credentials?: string;
  /** TLS of the proxy itself. */
  readonly tls?: Pair;
  /** The loopback port used for every host. */
  readonly to: () => number;
  /** A status instead of a tunnel. */
  readonly refuse?: number;
};

export type TestProxy = {
  readonly url: string;
  readonly port: number;
  /** Request lines such as `CONNECT vendor.example:443` and `POST http://vendor.example/v1`. */
  readonly asked: readonly string[];
  readonly close: () => void;
};

/** A proxy that tunnels and forwards to one loopback port, whatever host is requested. */
export async function startProxy(options: ProxyOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const basic = `Basic ${Buffer.from(options.credentials ?? "").toString("base64")}`;
  const isRefused = (given: string | undefined): boolean =>
    options.credentials !== undefined && given !== basic;

  const forward: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (isRefused(request.headers["proxy-authorization"])) {
      response.writeHead(407, { "proxy-authenticate": "Basic" }).end("who are you");
      return;
    }
    const { pathname, search } = new URL(request.url ?? "");
    const { "proxy-authorization": _, ...headers } = request.headers;
    const onward = httpRequest(
      { port: options.to(), path: pathname + search, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  };
  const server: Server =
    options.tls === undefined ? createServer(forward) : createSecureServer(options.tls, forward);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  server.on("connect", (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on("error", () => socket.destroy());
    const status = isRefused(request.headers["proxy-authorization"]) ? 407 : options.refuse;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(options.to(), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    sockets.add(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    port,
    asked,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
