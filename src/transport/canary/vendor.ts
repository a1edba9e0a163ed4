/**
 * The canary's other end, on a thread of its own: a vendor on loopback that streams to each request the moments that it
 * knows for certain, that of receiving the request and that of writing each line. Whatever a client measures beyond the
 * time between the two is the client's own error. Posts its port; ends with its thread.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import { parentPort } from "node:worker_threads";

import { chunkOf, clockOffset, headEnd, responseHead, waitsIn } from "./wire.ts";

const offset = clockOffset();

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let request = "";
  let earlier = 0;
  socket.setEncoding("latin1").on("data", (text: string) => {
    const received = performance.now() + offset;
    request += text;
    if (!request.endsWith(headEnd)) return;
    answer(socket, { received, earlier, waits: waitsIn(request) });
    request = "";
    earlier += 1;
  });
});
server.on("error", (error) => {
  throw error;
});
server.listen(0, "127.0.0.1", () =>
  parentPort?.postMessage((server.address() as AddressInfo).port),
);

type Received = {
  readonly received: number;
  readonly earlier: number;
  readonly waits: readonly number[];
};

function answer(socket: Socket, { received, earlier, waits }: Received): void {
  const next = (place: number): void => {
    const isLast = place === waits.length - 1;
    const written = performance.now() + offset;
    const chunk = chunkOf({ received, written, earlier }, isLast);
    socket.write(place === 0 ? responseHead + chunk : chunk);
    if (!isLast) setTimeout(next, waits[place + 1], place + 1);
  };
  setTimeout(next, waits[0], 0);
}
