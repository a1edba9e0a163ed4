import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createHttp, type Http, type HttpEnd } from "../http.ts";

const never = new AbortController().signal;
const deadlines = { first_byte: 30_000, idle: 30_000, total: 30_000 };
const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
const chunkedHead = `${head}transfer-encoding: chunked\r\n\r\n`;

let server: ReturnType<typeof createServer>;
let http: Http;
/** What the next response consists of; each piece is one read of the client. */
let pieces: readonly Buffer[] = [];
let closes = false;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("data", () => void answer(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  http = createHttp({ connections: 1, connect_ms: 5_000 });
});
afterAll(async () => {
  await http.close();
  server.close();
});

async function answer(socket: Socket): Promise<void> {
  const ends = closes;
  for (const piece of pieces) {
    socket.write(piece);
    // The client is on the same loop, so it has read the piece by then.
    await nextTurn();
    await nextTurn();
  }
  if (ends) socket.end();
}

type Got = {
  readonly end: HttpEnd;
  readonly body: Buffer;
  readonly times: readonly number[];
};

/** The response that comes in exactly these pieces. */
async function read(sent: readonly (string | Buffer)[], ends = false): Promise<Got> {
  pieces = sent.map((each) => (typeof each === "string" ? Buffer.from(each) : each));
  closes = ends;
  const body: Buffer[] = [];
  const times: number[] = [];
  const receiver = {
    head: () => undefined,
    data: (chunk: Buffer, at_ms: number) => {
      body.push(Buffer.from(chunk));
      times.push(at_ms);
      return true;
    },
  };
  const { port } = server.address() as AddressInfo;
  const end = await http.exchange(
    { method: "POST", url: `http://127.0.0.1:${port}/`, headers: {}, body: "{}" },
    receiver,
    { deadlines, signal: never },
  );
  return { end, body: Buffer.concat(body), times };
}

const chunkOf = (data: string): string => `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`;

/** What could be taken for the frame of a chunk, and is not. */
const part = fc.constantFrom(
  "a",
  "仙",
  "\r\n",
  "5\r\nhello\r\n",
  "0\r\n\r\n",
  "\r",
  "\n",
  "1f",
  "😀",
);
const data = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const size = fc.constantFrom(
  (length: number) => length.toString(16),
  (length: number) => length.toString(16).toUpperCase(),
  (length: number) => `000${length.toString(16)}`,
  (length: number) => `${length.toString(16)};name="5\t"`,
);
const chunk = fc.tuple(data, size);

test("a body is the same however its chunks are cut into reads", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.boolean(),
      async (chunks, places, isWhole) => {
        const framed = chunks.map(([text, sizeOf]) =>
          Buffer.from(`${sizeOf(Buffer.byteLength(text))}\r\n${text}\r\n`),
        );
        const bytes = Buffer.concat([...framed, Buffer.from("0\r\n\r\n")]);
        const cuts = places.map((place) => place % bytes.length).toSorted((a, b) => a - b);
        const cut = [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
        const sent = isWhole ? [...framed, Buffer.from("0\r\n\r\n")] : cut;
        const { end, body } = await read([chunkedHead, ...sent.filter((each) => each.length > 0)]);
        expect(end.failure).toBeNull();
        expect(body.toString()).toBe(chunks.map(([text]) => text).join(""));
      },
    ),
    { numRuns: 150 },
  );
});

test("the parser does not see whole chunks after the first, and those of one read have one time", async () => {
  let seen = 0;
  const count = (): void => {
    seen += 1;
  };
  subscribe("undici:request:bodyChunkReceived", count);
  const texts = Array.from({ length: 20 }, (_, at) => `data: ${"字".repeat(at + 1)}\n\n`);
  const three = texts.slice(-3).map(chunkOf).join("");
  const { body, times } = await read([
    chunkedHead + chunkOf(texts[0] ?? ""),
    ...texts.slice(1, -3).map(chunkOf),
    `${three}0\r\n\r\n`,
  ]);
  unsubscribe("undici:request:bodyChunkReceived", count);
  expect(body.toString()).toBe(texts.join(""));
  expect(seen).toBe(1);
  expect(new Set(times).size).toBe(18);
});

test.each([
  ["no line end after the data", "5\r\nhelloworld"],
  ["a size that is none", "zz\r\nhello\r\n"],
  ["a size beyond all measure", "fffffffffffffffff\r\nhello\r\n"],
  ["a bare line feed after the size", "5\nhello\r\n"],
  ["no size", "\r\nhello\r\n"],
])("%s is an error in a read of its own as among others", async (_, broken) => {
  const good = chunkOf("good") + chunkOf("fine");
  const together = await read([`${chunkedHead}${good}${broken}`]);
  const apart = await read([chunkedHead, chunkOf("good"), chunkOf("fine"), broken]);
  expect(apart.body.toString()).toContain("goodfine");
  expect(apart.end.failure).toEqual(together.end.failure);
  expect(apart.end.failure).not.toBeNull();
});

test("a line end at the end of a read is no chunk's where the body has a length or ends with the connection", async () => {
  const fixed = await read([`${head}content-length: 14\r\n\r\n`, "ab\r\n", "3\r\nabc\r\nxy"]);
  expect(fixed.body.toString()).toBe("ab\r\n3\r\nabc\r\nxy");
  expect(fixed.end.failure).toBeNull();
  const open = await read([`${head}\r\n`, "ab\r\n", "3\r\nabc\r\n"], true);
  expect(open.body.toString()).toBe("ab\r\n3\r\nabc\r\n");
  expect(open.end.failure).toBeNull();
});

test("a stray line end after a response is no part of the next", async () => {
  await read([`${head}content-length: 2\r\n\r\nab`, "\r\n"]);
  const { body, end } = await read([chunkedHead, chunkOf("next"), "0\r\n\r\n"]);
  expect(body.toString()).toBe("next");
  expect(end.failure).toBeNull();
});

test("trailers are read to their end", async () => {
  const { body, end } = await read([chunkedHead, chunkOf("a"), chunkOf("b"), "0\r\nx: 1\r\n\r\n"]);
  expect(body.toString()).toBe("ab");
  expect(end.failure).toBeNull();
});

test("a body that nobody can take at once comes whole", async () => {
  const long = "仙".repeat(20_000);
  const chunks = Array.from({ length: 30 }, () => chunkOf(long));
  const { body, end } = await read([chunkedHead, chunkOf("a"), ...chunks, "0\r\n\r\n"]);
  expect(body.toString()).toBe(`a${long.repeat(30)}`);
  expect(end.failure).toBeNull();
});
