import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  brotliCompressSync,
  crc32,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import type { CallRecord } from "../../../domain/call.ts";
import type { Outcome } from "../../../domain/outcome.ts";

import { endpointAt } from "../../../calling/testing/loopback.ts";
import { textFrame } from "../../../simulator/kit/websocket.ts";
import { createHider, redact } from "../../../text/secrets/redact.ts";
import { createSender } from "../../../transport/thread/sender.ts";
import { createEstimator } from "../../plan/estimate.ts";
import { makeCall } from "../call.ts";
import { createLanes } from "../lanes.ts";
import {
  answer,
  delta,
  event,
  head,
  type Play,
  said,
  startHostileServer,
  upgraded,
} from "./hostile-server.ts";
import { laneEntry } from "./lane-entry.ts";

type Row = readonly [
  name: string,
  outcome: Outcome,
  play: Play,
  expected?: {
    readonly protocol?: string;
    readonly code?: string;
    readonly says?: RegExp;
    readonly text?: string;
  },
];

const long = "字".repeat(20_000);
/** What compressed bodies unfold to: far beyond every limit, in the matrix very far. */
const zeros = Buffer.alloc((inject("matrix") ? 64 : 8) << 20);
const manyEvents = Buffer.from(said("长").repeat(inject("matrix") ? 400_000 : 40_000));
/** Stays far below what a vendor would send for max_tokens 64. */
const mostText = 32_768 + 32 * 64;

const plain =
  (text: string): Play =>
  async ({ write, end }) => {
    await write(text);
    end();
  };
const encoded = (encoding: string, body: Uint8Array): Play =>
  plainBytes(head({ "content-encoding": encoding }), body);
const plainBytes =
  (first: string, body: Uint8Array): Play =>
  async ({ write, end }) => {
    await write(first);
    await write(body);
    end();
  };
const endless =
  (first: string, more: string | Uint8Array): Play =>
  async ({ write, flood }) => {
    await write(first);
    await flood(more);
  };
/** Sends this and then nothing, for ever. */
const silent =
  (text: string): Play =>
  ({ write }) =>
    write(text);
const byBytes =
  (text: string): Play =>
  async ({ write, end }) => {
    for (const byte of Buffer.from(text)) await write(Uint8Array.of(byte));
    end();
  };
const echo =
  (make: (key: string) => string): Play =>
  async ({ key, write, end }) => {
    await write(make(key));
    end();
  };
const json = { "content-type": "application/json" };
const good = { text: "答案：B" };
const tooLong = { code: "too-long", says: /^too long: \d+ .*the rest was not read/ };
const page = "<html><body>" + "x".repeat(60_000);

const rows: readonly Row[] = [
  ["endless small pieces", "malformed", endless(head(), said("字字").repeat(100)), tooLong],
  ["endless large pieces", "malformed", endless(head(), said(long)), tooLong],
  ["endless reasoning", "malformed", endless(head(), delta({ reasoning_content: long })), tooLong],
  [
    "endless text that thinks aloud",
    "malformed",
    endless(head(), said(`<think>${long}</think>`)),
    tooLong,
  ],
  ["an endless line", "malformed", endless(`${head()}data: `, "x".repeat(60_000)), tooLong],
  ["an endless line of no field", "malformed", endless(head(), "x".repeat(60_000)), tooLong],
  [
    "an endless line of half a character",
    "malformed",
    endless(`${head()}data: `, Buffer.alloc(60_000, 0xe5)),
    tooLong,
  ],
  [
    "one event of endless lines",
    "malformed",
    endless(`${head()}data: {\n`, "data: \n".repeat(8_000)),
    tooLong,
  ],
  ["endless comments", "timeout", endless(head(), ": keep-alive\n\n".repeat(40))],
  ["endless blank lines", "timeout", endless(head(), "\n\n".repeat(40))],
  ["endless names of events", "timeout", endless(head(), "event: ping\n".repeat(40))],
  [
    "endless empty events",
    "malformed",
    endless(head(), event({ choices: [] }).repeat(2_000)),
    tooLong,
  ],
  [
    "endless finish words",
    "ok",
    endless(
      `${head()}${said("答案：B")}`,
      event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
    ),
    good,
  ],
  [
    "endless arguments",
    "malformed",
    endless(
      head(),
      delta({ tool_calls: [{ index: 0, id: "t", function: { name: "f", arguments: long } }] }),
    ),
    tooLong,
  ],
  ["endless tool calls", "malformed", endlessCalls, tooLong],
  [
    "endless JSON text",
    "malformed",
    endless(`${head(json)}{"choices":[{"message":{"content":"`, long),
    tooLong,
  ],
  ["endless JSON blanks", "malformed", endless(`${head(json)}{`, " ".repeat(60_000)), tooLong],
  ["endless blanks before JSON", "timeout", endless(head(json), " ".repeat(50))],
  [
    "an endless web page",
    "malformed",
    endless(head({ "content-type": "text/html" }), page),
    tooLong,
  ],
  ["an endless error page", "server", endless(head({}, "502 Bad Gateway"), page)],
  [
    "an endless error",
    "bad-request",
    endless(`${head(json, "400 Bad Request")}{"error":{"message":"`, "no ".repeat(20_000)),
  ],
  [
    "an endless refusal",
    "rate-limited",
    endless(head({}, "429 Too Many Requests"), "slow down ".repeat(6_000)),
  ],
  ["no answer at all", "timeout", () => undefined],
  ["half a head", "timeout", silent("HTTP/1.1 200 OK\r\ncontent-ty")],
  ["a head and nothing else", "timeout", silent(head())],
  ["half an event", "timeout", silent(`${head()}data: {"choices":[`)],
  ["text and no end", "timeout", silent(head() + said("答案"))],
  ["a whole answer, never closed", "ok", silent(head() + answer()), good],
  [
    "an answer without its last blank line, never closed",
    "ok",
    silent(`${head()}${said("答案：B")}data: [DONE]\n`),
    good,
  ],
  [
    "a JSON answer, never closed",
    "ok",
    silent(
      `${head(json)}${JSON.stringify({ choices: [{ message: { content: "答案：B" }, finish_reason: "stop" }] })}`,
    ),
    good,
  ],
  ["byte by byte", "ok", byBytes(head() + answer()), good],
  ["two answers", "ok", plain(head() + answer() + answer("答案：C")), good],
  [
    "a reset in the middle",
    "network",
    async ({ write, reset }) => {
      await write(`${head({ "transfer-encoding": "chunked" })}5\r\ndata:\r\n`);
      setTimeout(reset, 20);
    },
  ],
  ["closed at once", "network", ({ end }) => end()],
  ["gzip", "ok", encoded("gzip", gzipSync(answer())), good],
  ["x-gzip in capitals", "ok", encoded("X-GZIP", gzipSync(answer())), good],
  ["br", "ok", encoded("br", brotliCompressSync(answer())), good],
  ["zstd", "ok", encoded("zstd", zstdCompressSync(answer())), good],
  ["deflate", "ok", encoded("deflate", deflateSync(answer())), good],
  ["deflate without its wrapper", "ok", encoded("deflate", deflateRawSync(answer())), good],
  ["two encodings", "ok", encoded("gzip, br", brotliCompressSync(gzipSync(answer()))), good],
  ["identity", "ok", encoded("identity", Buffer.from(answer())), good],
  ["a header and no encoding", "ok", encoded("gzip", Buffer.from(answer())), good],
  ["a strange header and no encoding", "ok", encoded("aws-chunked", Buffer.from(answer())), good],
  [
    "gzip by bytes",
    "ok",
    async ({ write, end }) => {
      await write(head({ "content-encoding": "gzip" }));
      for (const byte of gzipSync(answer())) await write(Uint8Array.of(byte));
      end();
    },
    good,
  ],
  ["gzip without its end", "ok", encoded("gzip", gzipSync(answer()).subarray(0, -6)), good],
  [
    "a compressed JSON answer",
    "ok",
    plainBytes(
      head({ ...json, "content-encoding": "br" }),
      brotliCompressSync(
        JSON.stringify({ choices: [{ message: { content: "答案：B" }, finish_reason: "stop" }] }),
      ),
    ),
    good,
  ],
  [
    "a compressed refusal",
    "quota",
    plainBytes(
      head({ ...json, "content-encoding": "gzip" }, "429 Too Many"),
      gzipSync('{"error":{"message":"账户余额不足"}}'),
    ),
  ],
  [
    "garbage for gzip",
    "malformed",
    encoded("gzip", Buffer.alloc(200, 0x9f)),
    { code: "content-encoding" },
  ],
  [
    "garbage in the middle of gzip",
    "malformed",
    encoded("gzip", Buffer.concat([gzipSync(answer()).subarray(0, 30), Buffer.alloc(99, 0xff)])),
  ],
  [
    "an unknown encoding",
    "malformed",
    encoded("lzma", Buffer.alloc(200, 0x9f)),
    { code: "content-encoding", says: /lzma/ },
  ],
  [
    "a gzip bomb of one line",
    "malformed",
    encoded("gzip", gzipSync(Buffer.concat([Buffer.from("data: "), zeros]))),
    tooLong,
  ],
  ["a gzip bomb of events", "malformed", encoded("gzip", gzipSync(manyEvents)), tooLong],
  [
    "a br bomb",
    "malformed",
    encoded("br", brotliCompressSync(Buffer.concat([Buffer.from("data: "), zeros]))),
    tooLong,
  ],
  [
    "a zstd bomb",
    "malformed",
    encoded("zstd", zstdCompressSync(Buffer.concat([Buffer.from("data: "), zeros]))),
    tooLong,
  ],
  ["a deflate bomb", "malformed", encoded("deflate", deflateSync(manyEvents)), tooLong],
  [
    "a bomb inside a bomb",
    "malformed",
    encoded("gzip, gzip", gzipSync(gzipSync(manyEvents))),
    tooLong,
  ],
  [
    "a bomb with an error status",
    "server",
    plainBytes(head({ "content-encoding": "gzip" }, "500 Oops"), gzipSync(zeros)),
  ],
  ["100 before", "ok", plain(`HTTP/1.1 100 Continue\r\n\r\n${head()}${answer()}`), good],
  [
    "100 with headers, cut everywhere",
    "ok",
    byBytes(`HTTP/1.1 100 Continue\r\nx-a: b\r\n\r\n${head()}${answer()}`),
    good,
  ],
  [
    "103 several times",
    "ok",
    plain(`${"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(3)}${head()}${answer()}`),
    good,
  ],
  [
    "102, 100 and 103",
    "ok",
    plain(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${head()}${answer()}`),
    good,
  ],
  [
    "endless interim responses",
    "timeout",
    async ({ write }) => {
      while (await write("HTTP/1.1 100 Continue\r\n\r\n"))
        await new Promise((done) => setTimeout(done, 5));
    },
  ],
  ...(["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] as const).map(
    (status): Row => [
      `a redirect ${status}`,
      "bad-request",
      echo((key) =>
        head({ location: `https://user:${key}@login.example/in?key=${key}#${key}` }, status),
      ),
      { code: "redirect", says: /to https:\/\/login\.example\/in, which/ },
    ],
  ),
  [
    "a redirect to a path",
    "bad-request",
    plain(head({ location: "/v2/" }, "302 Found")),
    { says: /http:\/\/127\.0\.0\.1:\d+\/v2\/,/ },
  ],
  ["a redirect nowhere", "bad-request", plain(head({}, "302 Found")), { says: /names no address/ }],
  [
    "a redirect with a body of an answer",
    "bad-request",
    plain(head({ location: "x" }, "300 Choice") + answer()),
  ],
  ["the key in the text", "ok", echo((key) => head() + answer(`答案：${key}`))],
  [
    "the key in reasoning",
    "ok",
    echo((key) => head() + delta({ reasoning_content: key }) + answer()),
  ],
  [
    "the key in the model",
    "ok",
    echo(
      (key) =>
        head() + event({ model: key, id: key, system_fingerprint: key, choices: [] }) + answer(),
    ),
  ],
  ["the key in a header", "ok", echo((key) => head({ "x-request-id": key }) + answer())],
  [
    "the key in an error",
    "auth",
    echo(
      (key) =>
        `${head(json, "401 No")}${JSON.stringify({ error: { code: key, message: `Incorrect API key provided: ${key}` } })}`,
    ),
  ],
  [
    "the key in an error page",
    "server",
    echo((key) => `${head({}, "500 Oops")}<html>${key}</html>`),
  ],
  [
    "the key in a sentence",
    "rate-limited",
    echo((key) => `${head({}, "429 Slow")}${key} is too fast`),
  ],
  [
    "lying counts",
    "ok",
    plain(
      `${head()}${said("答案：B")}data: {"choices":[],"usage":{"prompt_tokens":-5,"completion_tokens":1e308,"x":NaN}}\n\n${answer("")}`.replace(
        ',"x":NaN',
        "",
      ),
    ),
    good,
  ],
  [
    "counts of other types",
    "ok",
    plain(
      `${head()}${said("答案：B")}${event({ choices: [], usage: { prompt_tokens: "九", completion_tokens: [5] } })}data: [DONE]\n\n`,
    ),
    good,
  ],
  [
    "names of prototypes",
    "ok",
    plain(
      `${head()}data: {"__proto__":{"choices":[]},"constructor":1,"choices":[]}\n\n${answer()}`,
    ),
    good,
  ],
  [
    "a deep object",
    "ok",
    plain(
      `${head()}data: {"x":${"[".repeat(50_000)}${"]".repeat(50_000)},"choices":[]}\n\n${answer()}`,
    ),
    good,
  ],
  [
    "a deep error",
    "bad-request",
    plain(`${head(json, "400 No")}${'{"error":'.repeat(20_000)}1${"}".repeat(20_000)}`),
  ],
  [
    "a huge model name",
    "ok",
    plain(
      head() +
        event({ model: "m".repeat(1 << 20), id: "i".repeat(1 << 20), choices: [] }) +
        answer(),
    ),
    good,
  ],
  [
    "a huge error",
    "bad-request",
    plain(
      `${head(json, "400 No")}${JSON.stringify({ error: { code: "c".repeat(1 << 20), message: "m".repeat(1 << 20) } })}`,
    ),
  ],
  [
    "invalid UTF-8",
    "ok",
    plainBytes(
      head(),
      Buffer.concat([
        Buffer.from(said("答案：B")),
        Buffer.from([0x3a, 0xff, 0xfe, 0x0a]),
        Buffer.from(answer("")),
      ]),
    ),
    good,
  ],
  [
    "an error in plain words",
    "rate-limited",
    plain(`${head()}event: error\ndata: 请求过于频繁\n\n`),
  ],
  ["an empty account in plain words", "quota", plain(`${head()}余额不足，请充值`)],
  [
    "headers without end",
    "network",
    endless("HTTP/1.1 200 OK\r\n", "x-a: bbbbbbbbbbbbbbbbbbbbbbb\r\n".repeat(200)),
  ],
  ["no HTTP", "network", plain("SSH-2.0-OpenSSH_9.9\r\n")],
  ["a status without meaning", "server", plain(head({}, "999 Request denied"))],
  ["no content", "malformed", plain("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")],
  [
    "more bytes than promised",
    "ok",
    plain(
      head({ "content-length": String(Buffer.byteLength(answer())) }) +
        answer() +
        answer("答案：C"),
    ),
    good,
  ],
  [
    "a picture that is a stream",
    "ok",
    plain(head({ "content-type": "image/png" }) + answer()),
    good,
  ],
  ["broken chunks", "network", plain(`${head({ "transfer-encoding": "chunked" })}zz\r\nabc`)],
  [
    "JSON lines without end",
    "malformed",
    endless(head(), `${JSON.stringify({ message: { content: long }, done: false })}\n`),
    { protocol: "ollama", ...tooLong },
  ],
  [
    "an endless JSON line",
    "malformed",
    endless(`${head()}{"message":{"content":"`, long),
    { protocol: "ollama", ...tooLong },
  ],
  [
    "an endless frame",
    "malformed",
    endless(head(), frameHead(20 << 20)),
    { protocol: "bedrock-converse" },
  ],
  [
    "a frame of four gigabytes",
    "malformed",
    endless(head(), frameHead(0xffff_fff0)),
    { protocol: "bedrock-converse" },
  ],
  [
    "WebSocket messages without end",
    "malformed",
    socket(
      textFrame(
        JSON.stringify({
          header: { code: 0, status: 1 },
          payload: { choices: { text: [{ content: long }] } },
        }),
      ),
    ),
    { protocol: "spark", ...tooLong },
  ],
  [
    "an endless WebSocket message",
    "network",
    socket(Uint8Array.from([0x01, 0x7f, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff])),
    { protocol: "spark" },
  ],
];

async function endlessCalls({ write }: Parameters<Play>[0]): Promise<void> {
  await write(head());
  for (let index = 0; ; index += 50) {
    const calls = Array.from({ length: 50 }, (_, at) => ({
      index: index + at,
      id: "t",
      function: { name: "f", arguments: "{}" },
    }));
    if (!(await write(delta({ tool_calls: calls })))) return;
  }
}

/** A frame whose prelude is sound and that claims this length. */
function frameHead(length: number): Uint8Array {
  const bytes = Buffer.alloc(60_000);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

function socket(message: Uint8Array): Play {
  return async ({ request, write, flood }) => {
    await write(upgraded(request));
    await flood(message);
  };
}

const canary = "sk-canary-0a1b2c3d4e5f6a7b8c9d";
const plays = new Map(rows.map(([, , play], index) => [String(index), play]));
const sender = createSender({
  connections: 8,
  connect_ms: 2_000,
  keysOf: () => ({ secrets: { key: canary } }),
});
let server: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
  server = await startHostileServer(plays);
});
afterAll(async () => {
  await server.close();
  await sender.close();
});

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
const heapMb = (): number => {
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** The record that a run would write: protocol, transport, retry policy and redaction as they are. */
async function call(
  index: number,
  protocol: string,
  patience_ms: number,
): Promise<CallRecord | null> {
  const url = `${server.url}/${index}`;
  const limits = { ...laneEntry().limits, concurrency: 1 };
  const entry = laneEntry({ protocol, base_url: url, limits });
  const lanes = createLanes([entry]);
  const { signal } = new AbortController();
  try {
    return await makeCall(
      {
        entry,
        endpoint: endpointAt(url, { auth: { scheme: "bearer", env: "K" } }),
        lane: lanes.of(entry),
        estimator: createEstimator(),
        messages: [{ role: "user", text: "一年有几个月？" }],
        params: { max_tokens: 64 },
        priority: 0,
      },
      {
        settings: {
          attempts: 1,
          deadlines_ms: {
            connect: 60_000,
            first_byte: patience_ms,
            idle: patience_ms,
            total: Math.max(20_000, 2 * patience_ms),
          },
        },
        deps: {
          sender,
          sleep: () => Promise.resolve(),
          redact: (text) => redact(text, [canary]),
          hide: createHider([canary]),
          random: () => 0.5,
        },
        signal,
        stopping: signal,
        onRetry: () => undefined,
        onStorm: () => undefined,
      },
      () => Promise.resolve(),
    );
  } finally {
    for (const lane of lanes.all()) lane.close();
  }
}

test("there are enough rows", () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
});

const before = heapMb();

test.concurrent.each(
  rows.map(([name, outcome, , expected], index) => ({ name, outcome, expected, index })),
)("$name is $outcome", async ({ outcome, expected = {}, index }) => {
  // What is to be cut off comes no faster than the transport lets it.
  const patience_ms = outcome === "timeout" ? 400 : 100_000;
  const record = await call(index, expected.protocol ?? "openai-chat", patience_ms);
  const last = record?.attempts.at(-1);
  expect({ outcome: record?.outcome, said: last?.message }).toMatchObject({ outcome });
  if (expected.code !== undefined) expect(last?.code).toBe(expected.code);
  if (expected.says !== undefined) expect(last?.message).toMatch(expected.says);
  if (expected.text !== undefined) expect(record?.text).toBe(expected.text);
  expect(record?.text.length).toBeLessThanOrEqual(mostText);
  const line = JSON.stringify(record);
  expect(line).not.toContain(canary);
  // Reasoning is bounded less tightly than text.
  expect(line.length).toBeLessThan(1_400_000);
});

test("nothing of all that is kept", () => {
  expect(heapMb() - before).toBeLessThan(100);
});
