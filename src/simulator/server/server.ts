import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { FaultScriptInput } from "../faults/script.ts";
import type { ReceivedHttp } from "../kit/protocol.ts";
import type { SimulatedModel } from "../models.ts";
import type { RequestEntry, Stats } from "./stats.ts";
import type { Outlet } from "./wire-response.ts";

import { formats } from "../../domain/formats.ts";
import { createRateLimiter } from "../faults/limit.ts";
import { FaultScript } from "../faults/script.ts";
import { loadServedProtocols } from "../kit/protocol.ts";
import { simulatedModels } from "../models.ts";
import { followSuites } from "../replies/followed-suites.ts";
import { type BatchHouse, openBatchHouse } from "./batches.ts";
import { monotonicMs } from "./clock.ts";
import { createPrefixCache } from "./prefix-cache.ts";
import { makeTally } from "./stats.ts";
import { handshakeOf, serveSockets } from "./upgrade.ts";
import { makeVendor } from "./vendor.ts";

/** Everything but `models`, `refind` and `onRequest` can be passed to another process. */
export type SimulatorOptions = {
  /** 0, the default, picks any free port. */
  readonly port?: number;
  /** Suite files whose prompts are recognised. */
  readonly suites?: readonly string[];
  /** Generated items are drawn once the simulator listens, not before; a prompt that no other item has waits for them. */
  readonly draw_later?: boolean;
  /** Prompts of no suite get a reply that says so (the default), or an error. */
  readonly unknown_prompts?: "answer" | "refuse";
  /** Names the suites again: they are read anew where they have changed. */
  readonly refind?: () => Promise<readonly string[]>;
  /** A seed for their generators instead of the suites' own. */
  readonly reseed?: number | null;
  /** Equal seeds give equal answers and latencies; default 7. */
  readonly seed?: number;
  readonly script?: FaultScriptInput;
  readonly models?: readonly SimulatedModel[];
  /** Refuse (the default) unknown model ids, or imitate them. */
  readonly unknown_models?: "refuse" | "imitate";
  /** Vendor time runs this many times faster than real time; default 1. */
  readonly speed?: number;
  /** Puts `baimo_stamp` and `baimo_received` (CLOCK_MONOTONIC, ms) into every chunk. */
  readonly stamps?: boolean;
  /** Called after every chat response. */
  readonly onRequest?: (entry: RequestEntry) => void;
};

export type Simulator = {
  /** `http://127.0.0.1:port`, without a path. */
  readonly url: string;
  readonly port: number;
  readonly models: readonly string[];
  /** Number of prompts that it recognises. */
  readonly prompts: number;
  readonly close: () => Promise<void>;
  readonly stats: () => Stats;
};

/** What a fault keeps open for good counts as a request of the batch that failed. */
const hungMs = 2_000;
const maxBodyBytes = 32 * 1024 * 1024;
const simulatedHeader = "x-baimo-simulated";
/** `GET` this for the `Stats` as JSON. */
export const statsPath = "/baimo/stats";

/**
 * Starts the vendor simulator on 127.0.0.1. Resolves when it listens; rejects with a `UserError` where a suite
 * cannot be read, with a zod error where the script is not valid, and with the system's error where the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed = 7, speed = 1, models = simulatedModels } = options;
  const script = FaultScript.parse(options.script ?? { schema: formats.faults });
  // Reading the suites takes seconds: whether the port can be had is told before.
  if (options.port !== undefined && options.port !== 0) await tryPort(options.port);
  const protocols = await loadServedProtocols();
  const suites = await followSuites({
    files: options.suites ?? [],
    reseed: options.reseed ?? null,
    later: ({ task }) => options.draw_later === true && "generate" in task.items,
    refind: options.refind ?? null,
    now: monotonicMs,
  });
  const tally = makeTally();
  const vendor = makeVendor({
    protocols,
    suites,
    tally,
    limiter: createRateLimiter(script.limits, speed),
    script,
    models,
    prefixes: createPrefixCache(),
    unknownModels: options.unknown_models ?? "refuse",
    unknownPrompts: options.unknown_prompts ?? "answer",
    seed,
    speed,
    stamps: options.stamps ?? false,
    onRequest: options.onRequest ?? null,
  });
  const batches = openBatchHouse({
    speed,
    refusal: vendor.denial,
    answer: async (request) => {
      const { outlet, sent } = keptAnswer();
      const arrival = { request_id: randomUUID(), received: monotonicMs(), speed: Infinity };
      const patience = new Promise((done) => setTimeout(done, hungMs).unref());
      await Promise.race([vendor.serve(request, outlet, arrival), patience]);
      return sent();
    },
  });
  const server = createServer({ noDelay: true, keepAliveTimeout: 75_000, requestTimeout: 0 });
  const active = new Set<Promise<void>>();
  server.on("request", (request, response) => {
    const served = serve(request, response, { vendor, batches }, tally.stats)
      .catch((error: unknown) => fail(response, error))
      .finally(() => active.delete(served));
    active.add(served);
  });
  const closeSockets = serveSockets(server, {
    headers: { [simulatedHeader]: "1" },
    refusal: (request) => vendor.refusal(handshakeOf(request), randomUUID()),
    serve: ({ request, body, outlet }) => {
      const arrival = { request_id: randomUUID(), received: monotonicMs() };
      const served = vendor
        .serve({ ...handshakeOf(request), body }, outlet, arrival)
        .finally(() => active.delete(served));
      active.add(served);
    },
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const ending = new AbortController();
  // Made beside requests that are timed, the items would count as the latency of others.
  const drawing = suites.readLater(ending.signal, () => active.size > 0);
  // Whoever waits for the items is told.
  drawing.catch(() => undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    models: models.map(({ id }) => id),
    prompts: suites.prompts(),
    stats: tally.stats,
    close: async () => {
      ending.abort();
      closeSockets();
      await stop(server);
      await Promise.all(active);
      await drawing.catch(() => undefined);
      await suites.close();
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { vendor, batches }: { vendor: ReturnType<typeof makeVendor>; batches: BatchHouse },
  stats: () => Stats,
): Promise<void> {
  const request_id = randomUUID();
  response.setHeader(simulatedHeader, "1");
  response.setHeader("x-request-id", request_id);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (url.pathname === statsPath) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(stats()));
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { "content-type": "text/plain", connection: "close" }).end("too large");
    return;
  }
  const wire: ReceivedHttp = {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  };
  const batched = batches.serve(wire);
  if (batched !== null) {
    response.writeHead(batched.status, batched.headers).end(batched.body);
    return;
  }
  await vendor.serve(wire, response, { request_id, received: monotonicMs() });
}

/** Keeps what is sent instead of sending it; a request without a response counts as a server that failed. */
function keptAnswer() {
  let status = 500;
  const pieces: Buffer[] = [];
  const outlet: Outlet = {
    closed: false,
    once: () => undefined,
    writeHead: (code) => {
      status = code;
    },
    flushHeaders: () => undefined,
    write: (chunk) => pieces.push(Buffer.from(chunk)),
    end: () => close(),
    socket: { resetAndDestroy: () => close() },
  };
  let close = (): void => undefined;
  const closing = {
    ...outlet,
    once: (_event: "close", listener: () => void) => (close = listener),
  };
  return {
    outlet: closing,
    sent: () => ({ status, body: Buffer.concat(pieces).toString("utf8") }),
  };
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.closed) response.destroy();
  else response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
}

/** Null where the body is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function tryPort(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port);
  await stop(server);
}

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", () => {
    server.off("error", reject);
    resolve();
  });
  return promise;
}

function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
