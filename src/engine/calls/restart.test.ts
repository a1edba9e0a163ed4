import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";

import { endpointAt } from "../../calling/testing/loopback.ts";
import { targetEntry } from "../../report/testing/lines.ts";
import { createSender, type Sender } from "../../transport/thread/sender.ts";
import { createEstimator } from "../plan/estimate.ts";
import { makeCall } from "./call.ts";
import { createLanes, type Lane } from "./lanes.ts";
import { defaultPolicy } from "./retry.ts";
import { priority } from "./waiting.ts";

const policy = { ...defaultPolicy, backoff_ms: 1, backoff_cap_ms: 4 };
const entry = targetEntry("mine/m");
const never = new AbortController().signal;
const reply =
  'data: {"choices":[{"delta":{"content":"十二"},"finish_reason":"stop"}]}\n\n' +
  'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}\n\ndata: [DONE]\n\n';

let server: Server;
let port: number;
let sender: Sender;
let lane: Lane;
let loading = 0;

beforeEach(async () => {
  port = 0;
  loading = 0;
  await open();
  sender = createSender({ connections: 4, connect_ms: 2_000, keysOf: () => ({ secrets: {} }) });
  lane = createLanes([entry], policy).of(entry);
});
afterEach(async () => {
  lane.close();
  await sender.close();
  await kill();
});

/** Listens, on the same port after the first time. */
async function open(): Promise<void> {
  server = createServer((request, response) => {
    request.resume();
    if (loading > 0) {
      loading -= 1;
      response.writeHead(503, { "content-type": "application/json" });
      response.end('{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}');
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(reply);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
}

const kill = (): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

type Asking = {
  readonly onWait?: (waits: number) => Promise<void>;
  readonly storm_ms?: number;
  readonly loading_ms?: number;
};

let waits = 0;
async function ask({ onWait, storm_ms = 60_000, loading_ms = 60_000 }: Asking = {}) {
  const storms: Outcome[] = [];
  const record = await makeCall(
    {
      entry,
      endpoint: endpointAt(`http://127.0.0.1:${port}`),
      lane,
      estimator: createEstimator(),
      messages: [{ role: "user", text: "一年有几个月？" }],
      params: {},
      priority: priority.fresh,
    },
    {
      settings: {
        attempts: 2,
        deadlines_ms: { connect: 2_000, first_byte: 5_000, idle: 5_000, total: 5_000 },
      },
      deps: {
        sender,
        sleep: async () => {
          waits += 1;
          await onWait?.(waits);
        },
        policy: { ...policy, storm_ms, loading_ms },
        redact: (text) => text,
        random: () => 0,
      },
      signal: never,
      stopping: never,
      onRetry: () => undefined,
      onStorm: ({ outcome }) => storms.push(outcome),
    },
    () => Promise.resolve(),
  );
  return { record, storms };
}

const outcomesOf = (record: CallRecord | null): readonly Outcome[] =>
  record?.attempts.map(({ outcome }) => outcome) ?? [];

test("a server that is gone for longer than a call has attempts gets the call when it is back", async () => {
  expect((await ask()).record?.outcome).toBe("ok");
  await kill();
  waits = 0;
  loading = 3;
  const onWait = (count: number) => (count === 6 ? open() : Promise.resolve());
  const asked = Array.from({ length: 4 }, () => ask({ onWait }));
  const records = (await Promise.all(asked)).map(({ record }) => record);
  expect(records.map((record) => record?.outcome)).toEqual(["ok", "ok", "ok", "ok"]);
  const all = records.flatMap(outcomesOf);
  expect(all.filter((outcome) => outcome === "network").length).toBeGreaterThanOrEqual(6);
  expect(all.filter((outcome) => outcome === "overloaded")).toHaveLength(3);
  expect(lane.isOut()).toBe(false);
});

test("where nobody ever answered, a call has its attempts and no more", async () => {
  await kill();
  const { record } = await ask();
  expect(outcomesOf(record)).toEqual(["network", "network"]);
});

test("a server that stays away stops the target, with the reason", async () => {
  await ask();
  await kill();
  const { record, storms } = await ask({ storm_ms: 0 });
  expect(record).toBeNull();
  expect(storms).toEqual(["network"]);
});

test("a server of one's own that is still loading gets the call once it has, with more looks than attempts", async () => {
  loading = 8;
  const { record, storms } = await ask();
  expect(record?.outcome).toBe("ok");
  expect(outcomesOf(record).filter((outcome) => outcome === "overloaded")).toHaveLength(8);
  expect(storms).toEqual([]);
  expect([lane.isOut(), lane.isLoading()]).toEqual([false, false]);
});

test("one that goes on loading stops the target, with the reason", async () => {
  loading = Number.POSITIVE_INFINITY;
  const { record, storms } = await ask({ loading_ms: 0 });
  expect(record).toBeNull();
  expect(storms).toEqual(["overloaded"]);
});
