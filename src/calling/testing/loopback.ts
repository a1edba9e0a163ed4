import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import type { Params } from "../../domain/params.ts";
import type { CallRequest, AttemptContext, Endpoint } from "../protocol.ts";

import { createHttp, type Http } from "../../transport/http.ts";

/** What the test server sends: status, headers, and the body in pieces, one write each. */
export type Served = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces: readonly (string | Uint8Array)[];
  /** Resets the connection without ending the body. */
  readonly reset?: boolean;
  /** Leaves the response open. */
  readonly hold?: boolean;
};

/** A request as the test server saw it. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
};

export type Loopback = {
  readonly url: string;
  readonly http: Http;
  readonly seen: readonly Seen[];
  /** Responses to the next requests, in order; the last one repeats. */
  readonly serve: (...answers: readonly Served[]) => void;
  readonly close: () => Promise<void>;
};

export const sse = { "content-type": "text/event-stream" } as const;
export const json = { "content-type": "application/json" } as const;

/** A real HTTP server on 127.0.0.1 and a client of ours. */
export async function startLoopback(): Promise<Loopback> {
  const seen: Seen[] = [];
  let queue: Served[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen.push(seenOf(request.method, request.url, request.headers, Buffer.concat(chunks)));
      const served = queue.length > 1 ? queue.shift() : queue[0];
      void answer(response, served ?? { status: 500, pieces: ["nothing to serve"] });
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const http = createHttp({ connections: 4, connect_ms: 5000 });
  return {
    url: `http://127.0.0.1:${port}`,
    http,
    seen,
    serve: (...answers) => {
      queue = [...answers];
      seen.length = 0;
    },
    close: async () => {
      await http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(response: ServerResponse, served: Served): Promise<void> {
  response.writeHead(served.status ?? 200, served.headers ?? sse);
  response.flushHeaders();
  for (const piece of served.pieces) {
    response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  if (served.hold === true) return;
  if (served.reset === true) response.socket?.resetAndDestroy();
  else response.end();
}

function seenOf(
  method: string | undefined,
  url: string | undefined,
  headers: IncomingHttpHeaders,
  raw: Buffer,
): Seen {
  const text = raw.toString("utf8");
  const parsed: unknown = text.startsWith("{") ? JSON.parse(text) : {};
  return {
    method: method ?? "",
    url: url ?? "",
    headers,
    text,
    body: parsed as Readonly<Record<string, unknown>>,
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });

/** An endpoint at `url`, as a vendor's file would describe it. */
export const endpointAt = (url: string, change: Partial<Endpoint> = {}): Endpoint => ({
  provider: "test",
  base_url: url,
  path: null,
  query: {},
  headers: {},
  auth: { scheme: "none" },
  request: {},
  usage: {},
  errors: [],
  ...change,
});

export const requestAt = (
  url: string,
  change: { endpoint?: Partial<Endpoint>; params?: Params; call?: Partial<CallRequest> } = {},
): CallRequest => ({
  endpoint: endpointAt(url, change.endpoint),
  model: "test-model",
  messages: [{ role: "user", text: "你好" }],
  params: change.params ?? {},
  ...change.call,
});

export const contextOf = (http: Http): AttemptContext => ({
  http,
  authorize: (request) => Promise.resolve(request),
  deadlines: { first_byte: 10_000, idle: 10_000, total: 10_000 },
  signal: new AbortController().signal,
  queued_ms: 0,
  in_flight: 1,
});

/**
 * A transport that delivers the bytes in exactly these pieces, one every `every_ms`, for tests that split a stream
 * anywhere.
 */
export const wireOf = (
  pieces: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = sse,
  status = 200,
  every_ms = 1,
): Http => ({
  exchange: (_request, receiver) => {
    receiver.head(status, headers);
    pieces.forEach((piece, index) => receiver.data(Buffer.from(piece), (index + 1) * every_ms));
    return Promise.resolve({
      started_at: "2026-11-21T00:00:00.000Z",
      connect_ms: null,
      headers_ms: 0,
      total_ms: pieces.length * every_ms,
      failure: null,
    });
  },
  sendLags: () => new Float64Array(),
  close: () => Promise.resolve(),
});

/** `bytes` split at these positions, in any order. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted(
    (a, b) => a - b,
  );
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}
