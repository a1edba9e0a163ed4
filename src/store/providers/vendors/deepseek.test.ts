import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  delta,
  event,
  finished,
  refused,
  streamed,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let deepseek: VendorAtHand;
beforeAll(async () => {
  deepseek = await vendorAtHand("deepseek");
});
afterAll(() => deepseek.close());

const error = (message: string) => ({
  error: { message, type: "invalid_request_error", param: null, code: "invalid_request_error" },
});

test.each<[number, string, Outcome]>([
  [400, "Content Exists Risk", "filtered-input"],
  [400, "This model's maximum context length is 1048576 tokens.", "context-overflow"],
  [400, "Model Not Exist", "model-not-found"],
  [400, "Empty input messages", "bad-request"],
  [401, "Authentication Fails (no such user)", "auth"],
  [402, "Insufficient Balance", "quota"],
  [422, "Failed to deserialize the JSON body", "bad-request"],
  [429, "Rate limit reached for requests", "rate-limited"],
  [500, "Internal Server Error", "server"],
  [503, "The server is overloaded", "overloaded"],
])("%i %s is %s", async (status, message, outcome) => {
  expect(await deepseek.ask(refused(status, error(message)))).toMatchObject({ outcome, message });
});

test.each<[string, Outcome]>([
  ["stop", "ok"],
  ["length", "length"],
  ["tool_calls", "ok"],
  ["content_filter", "filtered-output"],
  ["insufficient_system_resource", "overloaded"],
  ["aborted", "server"],
])("finish reason %s is %s", async (reason, outcome) => {
  const reply = await deepseek.ask(finished(reason));
  expect(reply).toMatchObject({ outcome, finish: { raw: reason }, text: "好" });
});

test("an error in the middle of a stream counts as an error", async () => {
  const reply = await deepseek.ask(brokenBy(error("Insufficient Balance")));
  expect(reply).toMatchObject({ outcome: "quota", status: 200 });
});

test("keep-alive comments are not tokens; cached input is counted by hits", async () => {
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 30,
    total_tokens: 130,
    prompt_cache_hit_tokens: 64,
    prompt_cache_miss_tokens: 36,
    completion_tokens_details: { reasoning_tokens: 20 },
  };
  const reply = await deepseek.ask(
    streamed(
      ": keep-alive\n\n",
      delta({ role: "assistant", content: null, reasoning_content: "" }),
      ": keep-alive\n\n",
      delta({ content: null, reasoning_content: "想" }),
      delta({ content: "答", reasoning_content: null }),
      delta({ content: "", reasoning_content: null }, "stop", { usage }),
      "data: [DONE]\n\n",
    ),
  );
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "答",
    reasoning: "想",
    timing: { chunks: 2 },
    usage: { input: 100, cached_input: 64, output: 30, reasoning: 20 },
  });
});

test("blank lines before a complete answer are ignored", async () => {
  const body = JSON.stringify({ choices: [{ message: { content: "好" }, finish_reason: "stop" }] });
  const reply = await deepseek.ask(refused(200, `\n\n\n${body}`));
  expect(reply).toMatchObject({ outcome: "ok", text: "好" });
});

test("thinking is on by default, and sampling params then have no effect", async () => {
  const on = await deepseek.sent({ params: { temperature: 0, max_tokens: 10 } });
  expect(on.path).toBe("/chat/completions");
  expect(on.body).not.toHaveProperty("temperature");
  expect(on.body["max_tokens"]).toBe(8202);
  expect(on.dropped).toEqual([
    ["temperature", 0, null],
    ["max_tokens", 10, 8202],
  ]);
  const off = await deepseek.sent({ params: { temperature: 0, thinking: "off", seed: 7 } });
  expect(off.body).toMatchObject({ temperature: 0, thinking: { type: "disabled" } });
  expect(off.body).not.toHaveProperty("reasoning_effort");
  expect(off.dropped).toEqual([["seed", 7, null]]);
});

const million = { input: 1_000_000, cached_input: 0, output: 1_000_000 };

test.each<[string, string, number]>([
  // Friday 2026-11-20 in Beijing, eight hours ahead; the peak includes its first minute and excludes its last.
  ["08:59:59, before the peak", "2026-11-20T00:59:59Z", 1 + 4],
  ["09:00", "2026-11-20T01:00:00Z", 2 + 8],
  ["11:59:59", "2026-11-20T03:59:59Z", 2 + 8],
  ["12:00", "2026-11-20T04:00:00Z", 1 + 4],
  ["13:59:59", "2026-11-20T05:59:59Z", 1 + 4],
  ["14:00", "2026-11-20T06:00:00Z", 2 + 8],
  ["17:59:59", "2026-11-20T09:59:59Z", 2 + 8],
  ["18:00", "2026-11-20T10:00:00Z", 1 + 4],
  ["Saturday at 10:00", "2026-11-21T02:00:00Z", 1 + 4],
  ["Sunday at 10:00, a working day by exchange", "2026-09-20T02:00:00Z", 1 + 4],
  ["Mid-Autumn, a Friday, at 10:00", "2026-09-25T02:00:00Z", 1 + 4],
  ["National Day, a Thursday, at 15:00", "2026-10-01T07:00:00Z", 1 + 4],
  ["the first working day after it", "2026-10-08T02:00:00Z", 2 + 8],
  ["New Year's Eve at 10:00", "2026-12-31T02:00:00Z", 2 + 8],
  ["New Year's Day, already in Beijing", "2027-01-01T02:00:00Z", 1 + 4],
])("deepseek-flash at %s", async (_, at, amount) => {
  expect(await costAt("deepseek/deepseek-flash", million, { at })).toBe(amount);
});

test.each<[string, string, number | null]>([
  ["deepseek-flash", "2026-09-09T02:00:00Z", null],
  ["deepseek-v4-pro", "2026-08-16T02:00:00Z", 3 + 6],
  ["deepseek-v4-pro", "2026-08-16T15:59:59Z", 3 + 6],
  ["deepseek-v4-pro", "2026-08-16T16:00:00Z", 4.5 + 13.5],
  ["deepseek-v4-pro", "2026-08-17T02:00:00Z", 9 + 27],
  // In the first week of peak prices Saturday had a peak, a week later it no longer had.
  ["deepseek-v4-pro", "2026-08-22T02:00:00Z", 9 + 27],
  ["deepseek-v4-pro", "2026-08-29T02:00:00Z", 4.5 + 13.5],
  ["deepseek-v4-flash", "2026-08-10T02:00:00Z", 1 + 2],
  ["deepseek-v4-flash", "2026-09-08T02:00:00Z", 3 + 9],
  ["deepseek-v4-flash", "2026-11-20T02:00:00Z", 2 + 8],
])("%s on %s", async (model, at, amount) => {
  expect(await costAt(`deepseek/${model}`, million, { at })).toBe(amount);
});

test("cached input has its own price, at peak as well", async () => {
  const usage = { input: 10_000, cached_input: 8000, output: 2000 };
  // 2000 × 9 + 8000 × 0.3 + 2000 × 27 = 18000 + 2400 + 54000, per million.
  const at = "2026-11-20T02:00:00Z";
  expect(await costAt("deepseek/deepseek-v4-pro", usage, { at })).toBeCloseTo(0.0744, 12);
});

test("an event that is only an error is reported with its message", async () => {
  const reply = await deepseek.ask(streamed(event(error("Content Exists Risk"))));
  expect(reply).toMatchObject({ outcome: "filtered-input", message: "Content Exists Risk" });
});
