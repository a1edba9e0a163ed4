import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import { directReads, expectBody, expectHead, takeDirectReads } from "./direct-reads.ts";

let server: ReturnType<typeof createServer>;
let peer: Socket | null = null;

beforeAll(async () => {
  server = createServer((socket) => {
    peer = socket;
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
});

/** A connected pair; what the near end reads is only told of. */
async function pair(): Promise<readonly [near: Socket, far: Socket]> {
  const { port } = server.address() as AddressInfo;
  const near = connect({ port, host: "127.0.0.1", onread: directReads });
  await Promise.all([once(near, "connect"), once(server, "connection")]);
  takeDirectReads(near);
  if (peer === null) throw new Error("nobody is there");
  return [near, peer];
}

const readAll = (socket: Socket, into: Buffer[]): void => {
  for (let chunk: unknown = socket.read(); chunk !== null; chunk = socket.read())
    into.push(Buffer.from(chunk as Buffer));
};

test("every byte comes once and in order, and the end after them", async () => {
  const [near, far] = await pair();
  const got: Buffer[] = [];
  near.on("readable", () => readAll(near, got));
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
  for (let from = 0; from < sent.length; from += 7_001)
    far.write(sent.subarray(from, from + 7_001));
  far.end();
  await once(near, "end");
  expect(Buffer.concat(got).equals(sent)).toBe(true);
});

test("what nobody takes, or is put back, waits and holds up the peer", async () => {
  const [near, far] = await pair();
  const sent = Buffer.alloc(8 << 20, "仙");
  let flushed = false;
  far.end(sent, () => {
    flushed = true;
  });
  const got: Buffer[] = [];
  let isPaused = false;
  near.on("readable", () => {
    if (isPaused) return;
    const chunk = near.read() as Buffer | null;
    if (chunk === null) return;
    got.push(Buffer.from(chunk.subarray(0, 10)));
    near.unshift(chunk.subarray(10));
    isPaused = true;
  });
  await once(near, "readable");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(got).toHaveLength(1);
  expect(flushed).toBe(false);
  isPaused = false;
  near.removeAllListeners("readable");
  near.on("readable", () => readAll(near, got));
  readAll(near, got);
  await once(near, "end");
  expect(Buffer.concat(got).equals(sent)).toBe(true);
});

test("the bytes of a head stay as they are while others are read", async () => {
  const [near, far] = await pair();
  const kept: Buffer[] = [];
  near.on("readable", () => {
    for (let chunk: unknown = near.read(); chunk !== null; chunk = near.read())
      kept.push(chunk as Buffer);
  });
  const sent = ["HTTP/1.1 200 OK\r\nx-a: 1", "\r\nx-b: 2\r\n", "\r\n"];
  for (const piece of sent) {
    const before = kept.length;
    far.write(piece);
    await expect.poll(() => kept.length).toBeGreaterThan(before);
  }
  expect(Buffer.concat(kept).toString()).toBe(sent.join(""));
  const reads = expectHead(near);
  if (reads === null) throw new Error("it is not read directly");
  expectBody(reads, { take: () => true });
  far.write("one");
  await expect.poll(() => kept.length).toBe(4);
  const [, , , body] = kept;
  expect(body?.toString()).toBe("one");
  near.destroy();
});
