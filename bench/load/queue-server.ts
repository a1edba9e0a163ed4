/**
 * A vendor of known capacity: `slots` requests are served at once, the others wait in one queue, first come first served. A request that is
 * served waits its service time and is then answered: the first event at once, `chunks` in all `gap_ms` apart, none of which
 * holds the slot. Handwritten HTTP/1.1, so that it costs next to nothing, in a process of its own.
 *
 * Arguments, as name=value: slots mean_ms shape (exponential, constant or a sigma of lognormal) chunks gap_ms stall_every_ms
 * stall_ms seed port. While it stalls nothing begins. Prints its port; ends with its standard input. `GET /stats` gives the numbers of requests
 * and sockets, `GET /stamps` when each request came and its first and last event were written.
 */
import { createServer, type AddressInfo, type Socket } from "node:net";

import { seededRandom } from "../../src/stats/random.ts";
import { exponential, lognormal } from "../../src/stats/testing/queue.ts";
import { clockOffset } from "../../src/transport/canary/wire.ts";

const given = new Map(process.argv.slice(2).map((each) => each.split("=") as [string, string]));
const numeric = (name: string, absent: number): number => Number(given.get(name) ?? absent);
const slots = numeric("slots", 16);
const meanMs = numeric("mean_ms", 100);
const chunks = numeric("chunks", 4);
const gapMs = numeric("gap_ms", 5);
const stallEveryMs = numeric("stall_every_ms", 0);
const stallMs = numeric("stall_ms", 0);
const shape = given.get("shape") ?? "exponential";
const random = seededRandom(numeric("seed", 7));
const draw =
  shape === "exponential"
    ? exponential(meanMs)
    : shape === "constant"
      ? () => meanMs
      : lognormal(meanMs, Number(shape));

const offset = clockOffset();
const now = (): number => performance.now() + offset;
const started = now();

type Stamp = { received: number; first: number; last: number; max_gap: number; served: number };
const stamps: Stamp[] = [];
type Waiting = { readonly socket: Socket; readonly stamp: Stamp };
const queue: Waiting[] = [];
const counts = { requests: 0, sockets: 0, aborted: 0 };
let busy = 0;
let cpu = process.cpuUsage();

const server = createServer((socket) => {
  counts.sockets += 1;
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => (counts.sockets -= 1));
  let pending = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    pending += text;
    for (;;) {
      const head = pending.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = Number(/content-length: *(\d+)/i.exec(pending.slice(0, head))?.[1] ?? 0);
      if (pending.length < head + 4 + length) return;
      const line = pending.slice(0, 40);
      pending = pending.slice(head + 4 + length);
      if (line.startsWith("GET /v1/models") || line.startsWith("GET /models"))
        say(socket, { object: "list", data: [{ id: "queue-1", object: "model" }] });
      else if (line.startsWith("GET /stamps")) say(socket, stamps.splice(0));
      else if (line.startsWith("GET")) say(socket, stats());
      else arrive(socket);
    }
  });
});
server.listen(numeric("port", 0), "127.0.0.1", 4096, () =>
  console.log((server.address() as AddressInfo).port),
);
process.stdin.resume().on("end", () => process.exit(0));

function say(socket: Socket, value: unknown): void {
  const body = JSON.stringify(value);
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function stats() {
  const { user, system } = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  return { ...counts, waiting: queue.length, busy, cpu_ms: (user + system) / 1_000 };
}

function arrive(socket: Socket): void {
  counts.requests += 1;
  queue.push({ socket, stamp: { received: now(), first: 0, last: 0, max_gap: 0, served: 0 } });
  serve();
}

/** How long nothing may begin. */
const stalledFor = (): number =>
  stallEveryMs === 0 ? 0 : Math.max(0, stallMs - ((now() - started) % stallEveryMs));

function serve(): void {
  const wait = started + stallEveryMs < now() ? stalledFor() : 0;
  if (wait > 0) {
    setTimeout(serve, wait);
    return;
  }
  while (busy < slots && queue.length > 0) {
    const next = queue.shift();
    if (next === undefined || next.socket.destroyed) {
      counts.aborted += 1;
      continue;
    }
    busy += 1;
    next.stamp.served = now();
    const ms = draw(random);
    setTimeout(() => {
      busy -= 1;
      answer(next);
      serve();
    }, ms);
  }
}

const head =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const framed = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const created = Math.floor(Date.now() / 1_000);
const eventOf = (content: string): string =>
  `data: {"id":"q1","object":"chat.completion.chunk","created":${created},"model":"queue-1","choices":[{"index":0,"delta":{"role":"assistant","content":"${content}"},"finish_reason":null}]}\n\n`;
const ending = `data: {"id":"q1","object":"chat.completion.chunk","created":${created},"model":"queue-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":${chunks * 4},"total_tokens":${chunks * 4 + 200}}}\n\ndata: [DONE]\n\n`;

function answer({ socket, stamp }: Waiting): void {
  let sent = 0;
  const send = (): void => {
    if (socket.destroyed) return;
    const at = now();
    if (sent === 0) stamp.first = at;
    else stamp.max_gap = Math.max(stamp.max_gap, at - stamp.last);
    stamp.last = at;
    sent += 1;
    const isLast = sent === chunks;
    socket.write(
      (sent === 1 ? head : "") +
        framed(eventOf("先算个位。") + (isLast ? ending : "")) +
        (isLast ? "0\r\n\r\n" : ""),
    );
    if (isLast) stamps.push(stamp);
    else setTimeout(send, gapMs);
  };
  send();
}
