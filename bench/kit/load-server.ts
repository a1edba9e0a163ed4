/**
 * A vendor that costs next to nothing: handwritten HTTP/1.1 over sockets, in its own process, so that a benchmark does
 * not measure it. Each request gets `chunks` events, the first after `first_ms` (up to `spread_ms` more), the others
 * `gap_ms` apart. Every event is stamped with CLOCK_MONOTONIC just before it is written. Who does not ask for a stream gets the
 * whole reply as one JSON object at the moment of the last event.
 *
 * Arguments: chunks first_ms gap_ms spread_ms. Prints its port; ends with its standard input.
 * `GET /stats` returns its own load since the last call; `GET /stamps` the stamps by item number; `GET /v1/models` its one model.
 */
import { createServer, type AddressInfo, type Socket } from "node:net";

import { clockOffset } from "../../src/transport/canary/wire.ts";

const [chunks = 1, firstMs = 50, gapMs = 10, spreadMs = 0] = process.argv.slice(2).map(Number);

/** How often it is noted how many answers have ended. */
const progressMs = 100;

/** Milliseconds of the machine's monotonic clock, which all its processes share. */
const offset = clockOffset();
const monotonicMs = (): number => performance.now() + offset;

type Stamps = {
  readonly item: number;
  readonly received: number;
  first: number;
  last: number;
  max_gap: number;
};

const stamps: Stamps[] = [];
let requests = 0;
let ended = 0;
let progress: [at_ms: number, ended: number][] = [];
let firstRequest: number | null = null;
let load = { cpu: process.cpuUsage(), loop: performance.eventLoopUtilization() };

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let pending = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    pending += text;
    pending = takeRequests(socket, pending);
  });
});
server.listen(0, "127.0.0.1", 4096, () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit(0));
setInterval(() => progress.push([monotonicMs(), ended]), progressMs);

function takeRequests(socket: Socket, text: string): string {
  let rest = text;
  for (;;) {
    const head = rest.indexOf("\r\n\r\n");
    if (head === -1) return rest;
    const length = Number(/content-length: *(\d+)/i.exec(rest.slice(0, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (rest.length < end) return rest;
    if (rest.startsWith("GET")) tell(socket, rest.slice(4, 12));
    else answer(socket, rest.slice(head + 4, end));
    rest = rest.slice(end);
  }
}

function tell(socket: Socket, path: string): void {
  const body = JSON.stringify(
    path.startsWith("/stamps") ? stamps : path.startsWith("/v1/mod") ? models : stats(),
  );
  if (path.startsWith("/stamps")) stamps.length = 0;
  socket.end(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const models = { object: "list", data: [{ id: "load", object: "model", owned_by: "bench" }] };

function stats() {
  const loop = performance.eventLoopUtilization();
  const { user, system } = process.cpuUsage(load.cpu);
  const result = {
    requests,
    progress,
    first_request: firstRequest,
    cpu_ms: (user + system) / 1000,
    utilisation: performance.eventLoopUtilization(loop, load.loop).utilization,
  };
  requests = 0;
  ended = 0;
  progress = [];
  load = { cpu: process.cpuUsage(), loop };
  return result;
}

const head =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-request-id: r\r\ntransfer-encoding: chunked\r\n\r\n";

function answer(socket: Socket, body: string): void {
  const received = monotonicMs();
  requests += 1;
  firstRequest ??= received;
  const [, a = "0", b = "0"] = /(\d+) \+ (\d+)/.exec(body) ?? [];
  const entry = { item: Number(a), received, first: 0, last: 0, max_gap: 0 };
  const isStream = /"stream": ?true/.test(body);
  const last = isStream ? lastOf(Number(a) + Number(b)) : wholeOf(Number(a) + Number(b));
  let sent = 0;
  const send = (): void => {
    const now = monotonicMs();
    if (sent === 0) entry.first = now;
    else entry.max_gap = Math.max(entry.max_gap, now - entry.last);
    entry.last = now;
    sent += 1;
    if (sent < chunks) {
      if (isStream) socket.write(sent === 1 ? opening : middle);
      setTimeout(send, gapMs);
      return;
    }
    socket.write(sent === 1 && isStream ? head + last : last);
    stamps.push(entry);
    ended += 1;
  };
  setTimeout(send, firstMs + Math.random() * spreadMs);
}

const eventOf = (content: string): string =>
  `data: {"id":"c1","object":"chat.completion.chunk","created":1795000000,"model":"load-1","system_fingerprint":"fp-1","choices":[{"index":0,"delta":{"content":"${content}"},"logprobs":null,"finish_reason":null}]}\n\n`;

const usage = `{"prompt_tokens":20,"completion_tokens":${chunks * 4},"total_tokens":${chunks * 4 + 20}}`;
const ending = `data: {"id":"c1","object":"chat.completion.chunk","created":1795000000,"model":"load-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":${usage}}\n\ndata: [DONE]\n\n`;

const framed = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** All events of a reply but the last, which holds the sum, are the same; made once, so that each costs one write. */
const piece = framed(eventOf("先算个位。"));
const middle = Buffer.from(piece);
const opening = Buffer.from(head + piece);
const lastOf = (sum: number): string => `${framed(eventOf(`答案：${sum}`) + ending)}0\r\n\r\n`;

const beforeLast = "先算个位。".repeat(chunks - 1);
function wholeOf(sum: number): string {
  const body = `{"id":"c1","object":"chat.completion","created":1795000000,"model":"load-1","choices":[{"index":0,"message":{"role":"assistant","content":"${beforeLast}答案：${sum}"},"logprobs":null,"finish_reason":"stop"}],"usage":${usage}}`;
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
