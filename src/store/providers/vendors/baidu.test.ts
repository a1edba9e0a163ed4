import { describe, expect, test } from "vitest";

import { cases, costAt, type ErrorCase, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each(["qianfan/any", "qianfan-bce/any"])("%s", (ref) => {
  test.each<ErrorCase>([
    ...cases(
      400,
      "malformed_json invalid_messages invalid_argument invalid_image_url",
      "bad-request",
    ),
    [400, "invalid_model", "model-not-found"],
    ...cases(400, "characters_too_long tokens_too_long", "context-overflow"),
    ...cases(400, "image_url_unsafe unsafe_request system_unsafe", "filtered-input"),
    ...cases(403, "system_unsafe user_setting_unsafe functions_unsafe", "filtered-input"),
    ...cases(401, "access_denied no_parameter_permission invalid_model invalid_appid", "auth"),
    [401, "invalid_iam_token", "auth"],
    [403, "access_denied", "permission"],
    [405, "method_not_supported", "bad-request"],
    ...cases(
      429,
      "rate_limit_exceeded rpm_rate_limit_exceeded tpm_rate_limit_exceeded input_tpm_rate_limit_exceeded " +
        "output_tpm_rate_limit_exceeded user_rate_limit_exceeded preemptible_rate_limit_exceeded " +
        "cluster_rate_limit_exceeded cluster_rpm_rate_limit_exceeded cluster_tpm_rate_limit_exceeded " +
        "Offline_batch_reasoning_refused",
      "rate-limited",
    ),
    [200, "rpm_rate_limit_exceeded", "rate-limited"],
    ...cases(500, "internal_error dispatch_internal_error", "server"),
  ])("%i %s is %s", async (status, code, outcome) => {
    expect(await outcomeAt(ref, status, code)).toBe(outcome);
  });
});

describe.each(["wenxin/any", "wenxin-bce/any"])("%s: all with HTTP 200", (ref) => {
  test.each<ErrorCase>([
    ...cases(200, "1 2 336000 500000", "server"),
    ...cases(200, "336101 336005 336001 336002 336003 336004 336006 336104 336105", "bad-request"),
    [200, "3", "model-not-found"],
    ...cases(200, "4 18 336501 336502", "rate-limited"),
    ...cases(200, "17 19", "quota"),
    [200, "6", "permission"],
    ...cases(200, "13 14 15 100 110 111", "auth"),
    ...cases(200, "336007 336103", "context-overflow"),
    [200, "336100", "overloaded"],
  ])("%i %s is %s", async (status, code, outcome) => {
    expect(await outcomeAt(ref, status, code)).toBe(outcome);
  });
});

test("temperature 0 is refused, search is switched off, and fixed params are reported", async () => {
  const v2 = await sentTo("qianfan/ernie-5.1", { temperature: 0, max_tokens: 64 });
  expect(v2.body).toEqual({
    temperature: 0.01,
    max_completion_tokens: 64,
    web_search: { enable: false },
  });
  expect(v2.dropped).toMatchObject([{ param: "temperature", asked: 0, effective: 0.01 }]);
  const v1 = await sentTo("wenxin/ernie-4.0-8k", { temperature: 0, max_tokens: 64 });
  expect(v1.body).toMatchObject({ temperature: 0.01, disable_search: true });
  const kimi = await sentTo("qianfan/kimi-k2.5", { temperature: 0, thinking: "off" });
  expect(kimi.body).toEqual({ thinking: { type: "disabled" } });
  expect(kimi.dropped).toMatchObject([{ param: "temperature", effective: 1 }]);
  const think = await sentTo("qianfan/ernie-5.0-thinking-latest", { thinking: 4096 });
  expect(think.body).toMatchObject({ enable_thinking: true, thinking_budget: 4096 });
});

// Calculated by hand, in yuan.
test.each([
  ["qianfan/ernie-5.1", { input: 32_000, output: 1000 }, 0.128 + 0.018],
  ["qianfan/ernie-5.1", { input: 32_001, output: 1000 }, 0.192006 + 0.022],
  ["qianfan-bce/ernie-5.0", { input: 100_000, output: 10_000 }, 1 + 0.4],
  [
    "qianfan/ernie-4.5-turbo-128k",
    { input: 100_000, cached_input: 50_000, output: 10_000 },
    0.04 + 0.01 + 0.032,
  ],
  ["qianfan/ernie-x1.1", { input: 100_000, output: 10_000 }, 0.1 + 0.04],
  ["wenxin/ernie-4.0-8k", { input: 4000, output: 1000 }, 0.12 + 0.09],
])("%s %j costs %d", async (ref, usage, amount) => {
  expect(await costAt(ref, usage)).toBeCloseTo(amount, 9);
});

test("a model whose cost is unknown has no price", async () => {
  expect(await costAt("wenxin/ernie_speed", { input: 1, output: 1 })).toBeNull();
  expect(await costAt("qianfan/ernie-5.1", { input: 128_001, output: 1 })).toBeNull();
});
