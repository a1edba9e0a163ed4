import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { Estimator } from "../plan/estimate.ts";

import { endpointAt, type Loopback, startLoopback } from "../../calling/testing/loopback.ts";
import { createSender, type Sender } from "../../transport/thread/sender.ts";
import { createEstimator } from "../plan/estimate.ts";
import { makeCall } from "./call.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { laneEntry } from "./testing/lane-entry.ts";
import { priority } from "./waiting.ts";

const entry = laneEntry({
  price: { currency: "CNY", verified: true, tiers: [{ input: 2, output: 8 }] },
});
const question = "一年有几个月？";
const never = new AbortController().signal;

let server: Loopback;
let sender: Sender;
let lanes: Lanes;
beforeAll(async () => {
  server = await startLoopback();
  sender = createSender({ connections: 2, connect_ms: 5_000, keysOf: () => ({ secrets: {} }) });
});
afterEach(() => lanes.all().forEach((lane) => lane.close()));
afterAll(async () => {
  await sender.close();
  await server.close();
});

async function call(
  answers: readonly string[],
  estimator: Estimator = createEstimator(),
): Promise<CallRecord> {
  server.serve(...answers.map((body) => ({ pieces: [body] })));
  lanes = createLanes([entry]);
  const record = await makeCall(
    {
      entry,
      endpoint: endpointAt(server.url),
      lane: lanes.of(entry),
      estimator,
      messages: [{ role: "user", text: question }],
      params: {},
      priority: priority.fresh,
    },
    {
      settings: {
        attempts: 2,
        deadlines_ms: { connect: 5_000, first_byte: 5_000, idle: 5_000, total: 5_000 },
      },
      deps: {
        sender,
        sleep: () => Promise.resolve(),
        redact: (text) => text,
        random: () => 0,
      },
      signal: never,
      stopping: never,
      onRetry: () => undefined,
      onStorm: () => undefined,
    },
    () => Promise.resolve(),
  );
  if (record === null) throw new Error("the call was stopped");
  return record;
}

const done = "data: [DONE]\n\n";
const stop = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
const said = (input: number, output: number): string =>
  `data: {"choices":[{"delta":{"content":"十二个月"}}]}\n\n${stop}` +
  `data: {"choices":[],"usage":{"prompt_tokens":${input},"completion_tokens":${output}}}\n\n${done}`;

test("an empty reply is asked again, and what came first is on record as a failure", async () => {
  const record = await call([done, said(12, 5)]);
  expect(record).toMatchObject({ outcome: "ok", text: "十二个月", cost_incomplete: false });
  expect(record.attempts.map(({ outcome }) => outcome)).toEqual(["malformed", "ok"]);
  // The last attempt's times are the call's own and stand once.
  expect(record.attempts.map((each) => each.timing !== undefined)).toEqual([true, false]);
  expect(record.timing?.total_ms).toBeGreaterThan(0);
  expect(server.seen).toHaveLength(2);
});

test("an empty reply that was counted may have been billed", async () => {
  const counted = `${stop}data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":90}}\n\n${done}`;
  const record = await call([counted, said(12, 5)]);
  expect(record).toMatchObject({ outcome: "ok", cost_incomplete: true });
});

test("replies that stay empty fail for good", async () => {
  expect(await call([done])).toMatchObject({ outcome: "malformed", text: "", cost: null });
});

test("counts that may be true are not marked, and teach the estimator", async () => {
  const estimator = createEstimator();
  const record = await call([said(90, 5)], estimator);
  expect(record.usage_doubt).toBeUndefined();
  expect(record.input_estimate).toBeUndefined();
  expect(estimator.input([question])).not.toBe(createEstimator().input([question]));
});

test("counts that cannot be true are marked, and teach nothing", async () => {
  const estimator = createEstimator();
  const input_estimate = estimator.input([question]);
  const record = await call([said(90, 0)], estimator);
  expect(record).toMatchObject({ usage_doubt: "zero", input_estimate });
  expect(estimator.input([question])).toBe(input_estimate);
});
