import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  delta,
  finished,
  refused,
  streamed,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let kimi: VendorAtHand;
beforeAll(async () => {
  kimi = await vendorAtHand("moonshot");
});
afterAll(() => kimi.close());

const error = (type: string, message: string) => ({ error: { type, message } });

const codes: readonly [number, string, string, Outcome][] = [
  [
    400,
    "content_filter",
    "The request was rejected because it was considered high risk",
    "filtered-input",
  ],
  [
    400,
    "invalid_request_error",
    "The request was rejected because it was considered high risk",
    "filtered-input",
  ],
  [
    400,
    "invalid_request_error",
    "Invalid request: Your request exceeded model token limit: 8192",
    "context-overflow",
  ],
  [400, "invalid_request_error", "Input token length too long", "context-overflow"],
  [400, "invalid_request_error", "invalid temperature: only 1 is allowed", "bad-request"],
  [401, "invalid_authentication_error", "Invalid Authentication", "auth"],
  [403, "permission_denied_error", "The API you are accessing is not open", "permission"],
  [404, "resource_not_found_error", "Not found the model or Permission denied", "model-not-found"],
  [429, "exceeded_current_quota_error", "You exceeded your current token quota", "quota"],
  [429, "engine_overloaded_error", "The engine is currently overloaded", "overloaded"],
  [429, "rate_limit_reached_error", "request reached organization max RPM: 20", "rate-limited"],
  [
    429,
    "rate_limit_reached_error",
    "project TPM rate limit, current: 1410, limit: 100",
    "rate-limited",
  ],
  [500, "server_error", "Failed to extract file", "server"],
  [500, "unexpected_output", "invalid state transition", "server"],
];

test.each(codes)("%i %s: %s is %s", async (status, type, message, outcome) => {
  const reply = await kimi.ask(refused(status, error(type, message)));
  expect(reply).toMatchObject({ outcome, code: type, message });
});

test.each(codes)("%i %s: %s in the middle of a stream", async (_, type, message, outcome) => {
  expect(await kimi.ask(brokenBy(error(type, message)))).toMatchObject({ outcome, status: 200 });
});

test("the wait is given only in the message", async () => {
  const message =
    "Your request reached max organization concurrency: 1, please try again after 1 seconds";
  const reply = await kimi.ask(refused(429, error("rate_limit_reached_error", message)));
  expect(reply).toMatchObject({ outcome: "rate-limited", retry_after_ms: 1000 });
});

const counts = {
  prompt_tokens: 50,
  completion_tokens: 20,
  total_tokens: 70,
  cached_tokens: 32,
};
const expected = { input: 50, cached_input: 32, output: 20, reasoning: null };

test.each([
  ["at the top", { usage: counts }, {}],
  ["in the last choice", {}, { usage: counts }],
  ["in both", { usage: counts }, { usage: counts }],
])("usage %s", async (_, top, inside) => {
  const last = delta({}, null, {
    choices: [{ index: 0, delta: {}, finish_reason: "stop", ...inside }],
    ...top,
  });
  const reply = await kimi.ask(streamed(delta({ content: "好" }), last, "data: [DONE]\n\n"));
  expect(reply).toMatchObject({ outcome: "ok", text: "好", usage: expected });
});

test("an answer cut by the content filter has its own outcome", async () => {
  expect(await kimi.ask(finished("content_filter"))).toMatchObject({ outcome: "filtered-output" });
});

test("K2.5 and later use the vendor's own sampling params, which is reported", async () => {
  const params = { temperature: 0, top_p: 0.5, max_tokens: 100 };
  const on = await kimi.sent({ model: "kimi-k2.6", params });
  expect(on.body).not.toHaveProperty("temperature");
  expect(on.body).toMatchObject({ max_completion_tokens: 8292 });
  expect(on.dropped).toEqual([
    ["temperature", 0, 1],
    ["top_p", 0.5, 0.95],
    ["max_tokens", 100, 8292],
  ]);
  const off = await kimi.sent({ model: "kimi-k2.6", params: { ...params, thinking: "off" } });
  expect(off.body).toMatchObject({ thinking: { type: "disabled" }, max_completion_tokens: 100 });
  expect(off.dropped).toEqual([
    ["temperature", 0, 0.6],
    ["top_p", 0.5, 0.95],
  ]);
  const k3 = await kimi.sent({ model: "kimi-k3", params: { ...params, thinking: "low" } });
  expect(k3.body).toMatchObject({ reasoning_effort: "low" });
  expect(k3.body).not.toHaveProperty("thinking");
  expect(k3.dropped.slice(0, 2)).toEqual([
    ["temperature", 0, null],
    ["top_p", 0.5, null],
  ]);
  const old = await kimi.sent({ model: "moonshot-v1-8k", params: { temperature: 1.5 } });
  expect(old.body["temperature"]).toBe(1);
  expect(old.dropped).toEqual([["temperature", 1.5, 1]]);
});

test.each<[string, number]>([
  // 36000 × 20 + 64000 × 2 + 5000 × 100
  ["kimi-k3", 0.72 + 0.128 + 0.5],
  ["kimi-k2.6", 0.234 + 0.0704 + 0.135],
])("%s: 100000 tokens in, of them 64000 cached, 5000 out cost %f yuan", async (model, amount) => {
  const usage = { input: 100_000, cached_input: 64_000, output: 5000 };
  expect(await costAt(`moonshot/${model}`, usage)).toBeCloseTo(amount, 12);
});
