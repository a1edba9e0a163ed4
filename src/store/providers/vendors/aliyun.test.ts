import { describe, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import { costAt, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each(["qwen/any", "dashscope/any"])("%s", (ref) => {
  test.each<[number, string | null, string, Outcome]>([
    [400, "InvalidParameter", "Role must be user or assistant", "bad-request"],
    [400, "invalid_parameter_error", "", "bad-request"],
    [400, "InvalidParameter", "Range of input length should be [1, 6000]", "context-overflow"],
    [400, "DataInspectionFailed", "Input data may contain inappropriate content", "filtered-input"],
    [400, "data_inspection_failed", "Output data may contain …", "filtered-output"],
    [200, "DataInspectionFailed", "Output data may contain …", "filtered-output"],
    [400, "Arrearage", "", "quota"],
    [403, "AllocationQuota.FreeTierOnly", "", "quota"],
    [429, "PrepaidBillOverdue", "", "quota"],
    [429, "PostpaidBillOverdue", "", "quota"],
    [429, "BudgetLimitExceeded", "", "quota"],
    [429, "CommodityNotPurchased", "", "quota"],
    [401, "InvalidApiKey", "", "auth"],
    [401, "invalid_api_key", "", "auth"],
    [403, "AccessDenied", "", "permission"],
    [403, "AccessDenied.Unpurchased", "", "permission"],
    [404, "ModelNotFound", "", "model-not-found"],
    [404, "model_not_found", "", "model-not-found"],
    [408, "RequestTimeOut", "", "timeout"],
    [500, "RequestTimeOut", "", "timeout"],
    [500, "InternalError.Timeout", "", "timeout"],
    [429, "Throttling", "", "rate-limited"],
    [429, "Throttling.RateQuota", "", "rate-limited"],
    [429, "LimitRequests", "", "rate-limited"],
    [429, "limit_requests", "", "rate-limited"],
    [429, "Throttling.BurstRate", "", "rate-limited"],
    [429, "Throttling.AllocationQuota", "Allocated quota exceeded", "rate-limited"],
    [429, "Throttling.AllocationQuota", "Free allocated quota exceeded", "quota"],
    [429, "insufficient_quota", "You exceeded your current quota", "quota"],
    [429, "Throttling.ServiceOverloaded", "", "overloaded"],
    [503, "ServiceUnavailable", "", "overloaded"],
    [200, "ServiceUnavailable", "", "overloaded"],
    [503, "ModelUnavailable", "", "overloaded"],
    [500, "InternalError", "", "server"],
    [500, "InternalError.Algo", "", "server"],
    [500, "SystemError", "", "server"],
  ])("%i %s %s is %s", async (status, code, message, outcome) => {
    expect(await outcomeAt(ref, status, code, message)).toBe(outcome);
  });

  test("a temperature of 2 is refused, and search is explicitly switched off", async () => {
    const { body, dropped } = await sentTo(ref.replace("any", "qwen-plus"), {
      temperature: 2,
      top_p: 1,
      thinking: "off",
    });
    expect(body).toEqual({
      temperature: 1.99,
      top_p: 0.99,
      enable_thinking: false,
      enable_search: false,
    });
    expect(dropped.map(({ param }) => param)).toEqual(["temperature", "top_p"]);
  });
});

const million = 1_000_000;
// Calculated by hand, in yuan. A tier applies to the whole request.
test.each([
  [
    "qwen/qwen3.8-max",
    { input: million, cached_input: 500_000, output: 100_000 },
    false,
    6 + 0.75 + 3.6,
  ],
  ["qwen/qwen3.8-max", { input: million, cache_write: million, output: 0 }, false, 15],
  ["qwen/qwen-plus", { input: 128_000, output: million }, false, 0.1024 + 2],
  ["qwen/qwen-plus", { input: 128_000, output: million }, true, 0.1024 + 8],
  ["qwen/qwen-plus", { input: 128_001, output: million }, false, 0.3072024 + 20],
  ["qwen/qwen-plus", { input: 256_001, output: million }, true, 1.2288048 + 64],
  ["qwen/qwen3-max", { input: 32_000, output: 10_000 }, false, 0.08 + 0.1],
  ["qwen/qwen3-max", { input: 32_001, output: 10_000 }, false, 0.128004 + 0.16],
  ["qwen/qwen3-max", { input: 252_000, cached_input: 252_000, output: 0 }, false, 0.3528],
  ["qwen/qwen3.6-plus", { input: 256_001, output: 1000 }, false, 2.048008 + 0.048],
  [
    "qwen/qwen3.5-plus",
    { input: 200_000, cached_input: 100_000, output: 1000 },
    true,
    0.2 + 0.02 + 0.012,
  ],
  ["dashscope/qwen-plus", { input: 128_000, output: million }, true, 0.1024 + 8],
  ["dashscope/qwen3-32b", { input: million, output: million }, true, 2 + 20],
] as const)("%s %j, thinking %s, costs %d", async (ref, usage, thinking, amount) => {
  expect(await costAt(ref, usage, { thinking })).toBeCloseTo(amount, 9);
});
