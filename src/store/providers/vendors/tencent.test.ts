import { describe, expect, test } from "vitest";

import { cases, costAt, type ErrorCase, outcomeAt, sentTo } from "../../testing/vendor.ts";

describe.each(["hunyuan/any", "hunyuan-tc3/any"])("%s", (ref) => {
  test.each<ErrorCase>([
    [200, "FailedOperation.EngineRequestTimeout", "timeout"],
    ...cases(
      200,
      "FailedOperation.EngineServerError FailedOperation.ConsoleServerError InternalError",
      "server",
    ),
    [200, "FailedOperation.EngineServerLimitExceeded", "overloaded"],
    ...cases(
      200,
      "LimitExceeded RequestLimitExceeded RequestLimitExceeded.UinLimitExceeded",
      "rate-limited",
    ),
    ...cases(
      200,
      "OperationDenied.TextIllegalDetected OperationDenied.ImageIllegalDetected",
      "filtered-input",
    ),
    ...cases(
      200,
      "FailedOperation.FreeResourcePackExhausted FailedOperation.ResourcePackExhausted " +
        "FailedOperation.ServiceStop FailedOperation.ServiceStopArrears " +
        "ResourceInsufficient.ChargeResourceExhaust ResourceUnavailable.InArrears " +
        "ResourceUnavailable.LowBalance ResourceUnavailable.StopUsing",
      "quota",
    ),
    ...cases(
      200,
      "FailedOperation.ServiceNotActivated ResourceUnavailable.NotExist UnauthorizedOperation",
      "permission",
    ),
    [200, "InvalidParameterValue.Model", "model-not-found"],
    ...cases(200, "InvalidParameter InvalidParameterValue", "bad-request"),
    ...cases(
      200,
      "AuthFailure.SignatureFailure AuthFailure.SignatureExpire AuthFailure.SecretIdNotFound",
      "auth",
    ),
    // Reported in the middle of a stream.
    ...cases(200, "4000 4001", "server"),
  ])("%i %s is %s", async (status, code, outcome) => {
    expect(await outcomeAt(ref, status, code)).toBe(outcome);
  });
});

test.each<ErrorCase>([
  ...cases(400, "400001 400002 400004", "bad-request"),
  [401, "401002", "auth"],
  ...cases(402, "401007 401008 403004", "quota"),
  ...cases(403, "403001 403002 403005", "permission"),
  [429, "429001", "rate-limited"],
  [451, "451001", "filtered-input"],
  [502, "502001", "server"],
])("TokenHub %i %s is %s", async (status, code, outcome) => {
  expect(await outcomeAt("tencent-tokenhub/any", status, code)).toBe(outcome);
});

test("TokenHub reports a throttled vendor and an exhausted free quota with 502", async () => {
  const upstream = "upstream failed (ModelAccountTpmRateLimitExceeded)";
  const at = (status: number, message: string) =>
    outcomeAt("tencent-tokenhub/any", status, "502001", message);
  expect(await at(502, upstream)).toBe("rate-limited");
  expect(await at(403, "FREE_QUOTA_EXHAUSTED")).toBe("quota");
});

test("web search is explicitly off; thinking is switched where there is a switch", async () => {
  const { body } = await sentTo("hunyuan/hunyuan-a13b", { thinking: "off", temperature: 0 });
  expect(body).toEqual({ enable_enhancement: false, enable_thinking: false, temperature: 0 });
  const hy3 = await sentTo("tencent-tokenhub/hy3", { thinking: "off" });
  expect(hy3.body).toEqual({ reasoning_effort: "no_think" });
});

// Calculated by hand, in yuan.
test.each([
  [
    "tencent-tokenhub/hy3",
    { input: 100_000, cached_input: 60_000, output: 10_000 },
    0.04 + 0.015 + 0.04,
  ],
  ["tencent-tokenhub/hy3-preview", { input: 16_000, output: 1000 }, 0.0192 + 0.004],
  ["tencent-tokenhub/hy3-preview", { input: 16_001, output: 1000 }, 0.0256016 + 0.0064],
  [
    "tencent-tokenhub/hunyuan-2.0-thinking-20251109",
    { input: 32_001, output: 1000 },
    0.1696053 + 0.0212,
  ],
  ["hunyuan/hunyuan-turbos-latest", { input: 10_000, output: 10_000 }, 0.008 + 0.02],
  ["hunyuan-tc3/hunyuan-t1-latest", { input: 10_000, output: 10_000 }, 0.01 + 0.04],
])("%s %j costs %d", async (ref, usage, amount) => {
  expect(await costAt(ref, usage)).toBeCloseTo(amount, 9);
});
