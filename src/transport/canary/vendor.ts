/**
 * The canary's other end, on a thread of its own: a vendor on loopback that answers each request with the two moments
 * it knows for certain, that of receiving the request and that of writing the answer. Whatever a client measures beyond
 * the time between the two is the client's own error. Posts its port; ends with its thread.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import { parentPort } from "node:worker_threads";

import { headEnd, holdHeader, stamped } from "./wire.ts";

/** Milliseconds of the machine's monotonic clock, which all threads share; each has its own `performance.now()`. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
const holdPattern = new RegExp(`${holdHeader}: *(\\d+)`, "i");

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let head = "";
  let earlier = 0;
  socket.setEncoding("latin1").on("data", (text: string) => {
    const received = performance.now();
    head += text;
    if (!head.endsWith(headEnd)) return;
    answer(socket, { received, earlier, hold_ms: Number(holdPattern.exec(head)?.[1] ?? 0) });
    head = "";
    earlier += 1;
  });
});
server.on("error", (error) => {
  throw error;
});
server.listen(0, "127.0.0.1", () =>
  parentPort?.postMessage((server.address() as AddressInfo).port),
);

type Received = { readonly received: number; readonly earlier: number; readonly hold_ms: number };

function answer(socket: Socket, { received, earlier, hold_ms }: Received): void {
  setTimeout(() => {
    const written = performance.now() + offset;
    socket.write(stamped({ received: received + offset, written, earlier }));
  }, hold_ms);
}
