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

let ark: VendorAtHand;
beforeAll(async () => {
  ark = await vendorAtHand("ark");
});
afterAll(() => ark.close());

const error = (code: string, type = "BadRequest") => ({
  error: { code, message: `${code} happened. Request id: 0217`, param: "", type },
});

const codes: readonly [number, string, Outcome][] = [
  [400, "SensitiveContentDetected", "filtered-input"],
  [400, "SensitiveContentDetected.SevereViolation", "filtered-input"],
  [400, "SensitiveContentDetected.Violence", "filtered-input"],
  [400, "InputTextSensitiveContentDetected", "filtered-input"],
  [400, "InputTextSensitiveContentDetected.PolicyViolation", "filtered-input"],
  [400, "InputTextRiskDetection", "filtered-input"],
  [400, "InputImageSensitiveContentDetected", "filtered-input"],
  [400, "OutputTextSensitiveContentDetected", "filtered-output"],
  [400, "OutputTextRiskDetection", "filtered-output"],
  [400, "OutputImageSensitiveContentDetected", "filtered-output"],
  [400, "OutofContextError", "context-overflow"],
  [400, "MissingParameter", "bad-request"],
  [400, "InvalidParameter", "bad-request"],
  [400, "InvalidParameter.UnsupportedParameter", "bad-request"],
  [401, "AuthenticationError", "auth"],
  [403, "AccessDenied", "permission"],
  [403, "OperationDenied.PermissionDenied", "permission"],
  [403, "OperationDenied.ServiceNotOpen", "permission"],
  [403, "OperationDenied.ServiceOverdue", "quota"],
  [403, "AccountOverdueError", "quota"],
  [403, "InvalidAccountStatus", "quota"],
  [404, "InvalidEndpointOrModel.NotFound", "model-not-found"],
  [404, "InvalidEndpoint.ClosedEndpoint", "model-not-found"],
  [404, "ModelNotOpen", "permission"],
  [429, "SetLimitExceeded", "quota"],
  [429, "QuotaExceeded", "quota"],
  [429, "RateLimitExceeded.EndpointRPMExceeded", "rate-limited"],
  [429, "RateLimitExceeded.EndpointTPMExceeded", "rate-limited"],
  [429, "RateLimitExceeded.EndpointFlexTPMExceeded", "rate-limited"],
  [429, "ModelAccountRpmRateLimitExceeded", "rate-limited"],
  [429, "ModelAccountTpmRateLimitExceeded", "rate-limited"],
  [429, "ModelAccountFlexTpmRateLimitExceeded", "rate-limited"],
  [429, "APIAccountRpmRateLimitExceeded", "rate-limited"],
  [429, "AccountRateLimitExceeded", "rate-limited"],
  [429, "InflightBatchsizeExceeded", "rate-limited"],
  [429, "RequestBurstTooFast", "rate-limited"],
  [429, "ServerOverloaded", "overloaded"],
  [500, "InternalServiceError", "server"],
];

test.each(codes)("%i %s is %s", async (status, code, outcome) => {
  expect(await ark.ask(refused(status, error(code)))).toMatchObject({ outcome, code, status });
});

test.each(codes.filter((_, index) => index % 4 === 0))(
  "in the middle of a stream: %i %s",
  async (_, code, outcome) => {
    const reply = await ark.ask(brokenBy(error(code)));
    expect(reply).toMatchObject({ outcome, code, status: 200, text: "好" });
  },
);

test.each<[string, Outcome]>([
  ["stop", "ok"],
  ["length", "length"],
  ["tool_calls", "ok"],
  ["content_filter", "filtered-output"],
])("finish reason %s is %s", async (reason, outcome) => {
  expect(await ark.ask(finished(reason))).toMatchObject({ outcome });
});

test("usage comes in a last chunk without choices, together with the real model's name", async () => {
  const usage = {
    prompt_tokens: 88,
    completion_tokens: 40,
    total_tokens: 128,
    prompt_tokens_details: { cached_tokens: 16, provisioned_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 30, provisioned_tokens: 0 },
  };
  const named = { model: "doubao-seed-2-1-pro-260628" };
  const reply = await ark.ask(
    streamed(
      delta({ role: "assistant", content: "", reasoning_content: "想" }, null, named),
      delta({ role: "assistant", content: "答" }, "stop", named),
      event({ choices: [], ...named, usage }),
      "data: [DONE]\n\n",
    ),
    { model: "ep-20260101-abcde" },
  );
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "答",
    reasoning: "想",
    model_returned: "doubao-seed-2-1-pro-260628",
    usage: { input: 88, cached_input: 16, output: 40, reasoning: 30 },
  });
});

test.each([
  ["doubao-seed-2-1-pro-260628", "on", { type: "enabled" }, undefined],
  ["doubao-seed-2-1-pro-260628", "off", { type: "disabled" }, undefined],
  ["doubao-seed-1-6-251015", "low", { type: "enabled" }, "low"],
  ["deepseek-v3-2-251201", "on", { type: "enabled" }, undefined],
  ["doubao-1-5-pro-32k-250115", "on", undefined, undefined],
] as const)("%s with thinking %s", async (model, thinking, sent, effort) => {
  const { body, path } = await ark.sent({ model, params: { thinking, max_tokens: 100 } });
  expect(path).toBe("/api/v3/chat/completions");
  expect(body["thinking"]).toEqual(sent);
  expect(body["reasoning_effort"]).toBe(effort);
  // The bound covers the answer only.
  expect(body["max_tokens"]).toBe(100);
});

test.each<[string, number, number, number]>([
  ["doubao-seed-2-1-pro-260628", 100_000, 1000, 0.6 + 0.03],
  ["doubao-seed-2-0-pro-260215", 32_000, 1000, 0.1024 + 0.016],
  ["doubao-seed-2-0-pro-260215", 32_001, 1000, 0.1536048 + 0.024],
  ["doubao-seed-2-0-pro-260215", 200_000, 1000, 1.92 + 0.048],
  // Up to 200 output tokens have their own price.
  ["doubao-seed-1-8-251228", 1000, 200, 0.0008 + 0.0004],
  ["doubao-seed-1-8-251228", 1000, 201, 0.0008 + 0.001608],
  ["glm-4-7-251222", 1000, 200, 0.002 + 0.0016],
  ["glm-4-7-251222", 40_000, 200, 0.16 + 0.0032],
])("%s: %i tokens in, %i out cost %f yuan", async (model, input, output, amount) => {
  const usage = { input, cached_input: 0, output };
  expect(await costAt(`ark/${model}`, usage)).toBeCloseTo(amount, 12);
});

test("beyond the last tier the price is unknown", async () => {
  const usage = { input: 256_001, output: 1 };
  const ref = "ark/doubao-seed-2-0-pro-260215";
  expect(await costAt(ref, usage)).toBeNull();
});
