import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { Endpoint } from "../../calling/protocol.ts";

import { endpointAt } from "../../calling/testing/loopback.ts";
import {
  createSender,
  type Sender,
  type SenderLane,
  type SenderSetup,
  type SendRequest,
} from "./sender.ts";
import { threadsFor } from "./several.ts";
import { type TransportThread, startTransportThread } from "./start.ts";

const never = new AbortController().signal;
const held: ServerResponse[] = [];
const threads: TransportThread[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (body.includes("沉默")) held.push(response);
      else response.end(answerTo(request.headers.authorization ?? "", body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(async () => {
  held.length = 0;
  await Promise.all(threads.splice(0).map(({ close }) => close()));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Echoes the credentials and the question. */
function answerTo(authorization: string, body: string): string {
  const { messages } = JSON.parse(body) as { messages: readonly { content: string }[] };
  const content = `${authorization} ${messages[0]?.content ?? ""}`;
  return JSON.stringify({ id: "r1", model: "m", choices: [{ message: { content } }] });
}

const setup: SenderSetup = {
  connections: 8,
  connect_ms: 5_000,
  keysOf: ({ provider }) => ({ secrets: { key: `key-of-${provider}` } }),
};

function threaded(count = 1): Sender {
  const thread = startTransportThread();
  threads.push(thread);
  return thread.sender(setup, count);
}

/** How many threads send. */
const counts = [1, 3];

function laneOf({ lane }: Sender): SenderLane {
  if (lane === undefined) throw new Error("the transport thread has lanes");
  return lane();
}

const endpoints = new Map<string, Endpoint>();

/** The same endpoint object for the same vendor, as in a run. */
function question(text: string, provider = "test"): SendRequest {
  const auth = { scheme: "bearer", env: "KEY", with: {} };
  const endpoint = endpoints.get(provider) ?? endpointAt(url, { provider, auth });
  endpoints.set(provider, endpoint);
  return {
    protocol: "openai-chat",
    endpoint,
    model: "m",
    messages: [{ role: "user", text }],
    params: {},
    deadlines: { first_byte: 5_000, idle: 5_000, total: 5_000 },
    queued_ms: 3,
    in_flight: 2,
  };
}

test.each(counts)(
  "answers equal those of the caller's own thread, each with its endpoint's credentials (%i threads)",
  async (count) => {
    const own = createSender(setup);
    const sender = threaded(count);
    const asked = [question("一"), question("二", "other"), question("三")];
    const replies = async ({ attempt }: Sender): Promise<readonly unknown[]> =>
      Promise.all(
        asked.map(async (each) => {
          const { reply } = await attempt(each, never);
          expect(reply.timing).toMatchObject({ queued_ms: 3, in_flight: 2 });
          return { ...reply, timing: null };
        }),
      );
    const there = await replies(sender);
    expect(there).toEqual(await replies(own));
    expect(there.map((reply) => (reply as { text: string }).text)).toEqual([
      "Bearer key-of-test 一",
      "Bearer key-of-other 二",
      "Bearer key-of-test 三",
    ]);
    await own.close();
  },
);

test.each(counts)(
  "hundreds of concurrent requests each get their own answer (%i threads)",
  async (count) => {
    const sender = threaded(count);
    const texts = Array.from({ length: 300 }, (_, index) => `第 ${index} 问`);
    const attempts = await Promise.all(texts.map((text) => sender.attempt(question(text), never)));
    expect(attempts.map(({ reply }) => reply.text.slice("Bearer key-of-test ".length))).toEqual(
      texts,
    );
    const health = await sender.health();
    expect(health.utilisation).toBeGreaterThan(0);
    expect(health.send_lag_p50_ms).toBeGreaterThanOrEqual(0);
    expect(health.timing_error).toBeDefined();
    expect(health.timing_error?.failure).toBeUndefined();
  },
);

test.each(counts)(
  "an abort ends the requests sent with its signal and no others (%i threads)",
  async (count) => {
    const sender = threaded(count);
    const controller = new AbortController();
    const others = sender.attempt(question("沉默，但有人等"), never);
    const ended = sender.attempt(question("沉默"), controller.signal);
    await expect.poll(() => held.length).toBe(2);
    controller.abort();
    expect((await ended).reply.outcome).toBe("aborted");
    const late = await sender.attempt(question("晚了"), controller.signal);
    expect(late.reply.outcome).toBe("aborted");
    for (const response of held) response.end(answerTo("", '{"messages":[]}'));
    expect((await others).reply.outcome).toBe("ok");
  },
);

test("a request that stands by starts when another ends, with the times and the places of that moment", async () => {
  const sender = threaded();
  const [lane, other] = [laneOf(sender), laneOf(sender)];
  const starts: string[] = [];
  const standBy = (text: string) =>
    lane.standBy(question(text), never, 0, () => void starts.push(text));
  const first = lane.attempt(question("沉默，先问"), never);
  await expect.poll(() => held.length).toBe(1);
  const [second, third] = [standBy("一"), standBy("二")];
  // Whoever asks the thread something has an answer once it has taken what came before.
  await lane.attempt({ ...question("三"), protocol: "morse" }, never).catch(() => undefined);
  expect(starts).toEqual([]);
  expect([await second.attempted, await third.attempted]).toEqual([null, null]);
  const again = lane.standBy(question("四"), never, 1, () => void starts.push("四"));
  await other.attempt(question("五"), never);
  for (const response of held.splice(0)) response.end(answerTo("", '{"messages":[]}'));
  expect((await first).reply.outcome).toBe("ok");
  const reply = (await again.attempted)?.reply;
  expect(reply?.text).toBe("Bearer key-of-test 四");
  expect(starts).toEqual(["四"]);
  expect(reply?.timing?.in_flight).toBe(1);
  expect(reply?.timing?.queued_ms).toBeGreaterThanOrEqual(3);
});

test.each(counts)(
  "what stands by can be started, and comes back when it is recalled or did not know of a failure (%i threads)",
  async (count) => {
    const lane = laneOf(threaded(count));
    let starts = 0;
    const standBy = (failures: number) =>
      lane.standBy(question("问"), never, failures, () => void (starts += 1));
    expect(await standBy(1).attempted).toBeNull();
    const started = standBy(0);
    started.start();
    expect((await started.attempted)?.reply.outcome).toBe("ok");
    // Too late to start it again.
    started.start();
    const recalled = standBy(0);
    lane.recall();
    expect(await recalled.attempted).toBeNull();
    expect(starts).toBe(1);
  },
);

test.each(counts)(
  "an internal error rejects with its reason, and the thread continues (%i threads)",
  async (count) => {
    const sender = threaded(count);
    await expect(sender.attempt({ ...question("问"), protocol: "morse" }, never)).rejects.toThrow(
      "no protocol morse",
    );
    expect((await sender.attempt(question("问"), never)).reply.outcome).toBe("ok");
  },
);

test.each(counts)(
  "a closed or never opened thread leaves nobody waiting (%i threads)",
  async (count) => {
    await startTransportThread().close();
    const sender = threaded(count);
    const waiting = sender.attempt(question("沉默"), never);
    const settled = Promise.allSettled([waiting]);
    await sender.close();
    await settled;
    await expect(sender.attempt(question("问"), never)).rejects.toThrow("ended");
  },
);

test("several threads share the requests equally", async () => {
  const sender = threaded(2);
  const asked = Array.from({ length: 2 * setup.connections }, (_, index) =>
    sender.attempt(question(`沉默 ${index}`), never),
  );
  // One thread alone has half as many sockets.
  await expect.poll(() => held.length).toBe(2 * setup.connections);
  for (const response of held) response.end(answerTo("", '{"messages":[]}'));
  const outcomes = (await Promise.all(asked)).map(({ reply }) => reply.outcome);
  expect(new Set(outcomes)).toEqual(new Set(["ok"]));
});

test("after a failure on one thread what stands by on another comes back when its turn comes", async () => {
  const lane = laneOf(threaded(2));
  const starts: string[] = [];
  const standBy = (text: string, failures = 0) =>
    lane.standBy(question(text), never, failures, () => void starts.push(text));
  const asked = ["一", "二"].map((text) => lane.attempt(question(`沉默${text}`), never));
  await expect.poll(() => held.length).toBe(2);
  const standing = [standBy("三"), standBy("四")].map(({ attempted }) => attempted);
  held[0]?.writeHead(500).end();
  const failed = await Promise.race(asked);
  expect(failed).toMatchObject({ reply: { outcome: "server" }, failures: 1 });
  expect(await Promise.race(standing)).toBeNull();
  held[1]?.end(answerTo("", '{"messages":[]}'));
  expect(await Promise.all(standing)).toEqual([null, null]);
  await Promise.all(asked);
  expect(starts).toEqual([]);
  // Who knows of it may go on, on either thread.
  const after = [standBy("五", 1), standBy("六", 1)];
  for (const { start } of after) start();
  const replies = await Promise.all(after.map(({ attempted }) => attempted));
  expect(replies.map((attempted) => attempted?.reply.text)).toEqual([
    "Bearer key-of-test 五",
    "Bearer key-of-test 六",
  ]);
});

test.each([
  [64, 8, 1],
  [1_023, 8, 1],
  [1_024, 2, 1],
  [1_024, 4, 2],
  [1_536, 4, 3],
  [9_000, 4, 3],
  [9_000, 1, 1],
])("for %i streams on %i processors so many threads send: %i", (streams, processors, threads) => {
  expect(threadsFor(streams, processors)).toBe(threads);
});
