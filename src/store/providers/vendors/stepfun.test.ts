import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  delta,
  event,
  refused,
  streamed,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let stepfun: VendorAtHand;
beforeAll(async () => {
  stepfun = await vendorAtHand("stepfun");
});
afterAll(() => stepfun.close());

const error = (type: string, message: string) => ({ error: { message, type } });
const blocked = "The content you provided or machine outputted is blocked.";

test.each<[number, string, string, Outcome]>([
  [451, "censorship_blocked", blocked, "filtered-input"],
  [402, "quota_exceeded", "You exceeded your current quota", "quota"],
  [429, "rate_limit", "rate limit reached", "rate-limited"],
  [429, "rate_limit", "concurrent limit exceeded (running=7 max=6)", "rate-limited"],
  [503, "engine_overloaded", "The engine is overloaded", "overloaded"],
  [401, "invalid_api_key", "Incorrect API key provided", "auth"],
  [400, "request_params_invalid", "invalid temperature", "bad-request"],
  [500, "internal_error", "oops", "server"],
])("%i %s %s is %s", async (status, type, message, outcome) => {
  expect(await stepfun.ask(refused(status, error(type, message)))).toMatchObject({ outcome });
});

test("a block after the answer began means the answer was filtered", async () => {
  const reply = await stepfun.ask(brokenBy(error("censorship_blocked", blocked)));
  expect(reply).toMatchObject({ outcome: "filtered-output", text: "好", status: 200 });
});

test("reasoning under its own name, cached tokens at the top level of the usage", async () => {
  const usage = {
    prompt_tokens: 40,
    completion_tokens: 12,
    total_tokens: 52,
    cached_tokens: 24,
    completion_tokens_details: { reasoning_tokens: 7 },
  };
  const reply = await stepfun.ask(
    streamed(
      delta({ reasoning: "想" }),
      delta({ content: "答" }, "stop"),
      event({ choices: [], usage }),
      "data: [DONE]\n\n",
    ),
  );
  expect(reply).toMatchObject({
    text: "答",
    reasoning: "想",
    usage: { input: 40, cached_input: 24, output: 12, reasoning: 7 },
  });
});

test.each([
  ["step-3.7-flash", "low", "low", []],
  ["step-3.5-flash", "low", undefined, [["thinking", "low", "on"]]],
] as const)("%s with thinking %s", async (model, thinking, effort, dropped) => {
  const sent = await stepfun.sent({ model, params: { thinking } });
  expect(sent.path).toBe("/v1/chat/completions");
  expect(sent.body["reasoning_effort"]).toBe(effort);
  expect(sent.dropped).toEqual(dropped);
});

test.each([
  [4000, 0.006 + 0.004],
  [4001, 0.016004 + 0.008],
])("step-3: %i tokens in, 1000 out cost %f yuan", async (input, amount) => {
  const usage = { input, output: 1000 };
  const cost = await costAt("stepfun/step-3", usage);
  expect(cost).toBeCloseTo(amount, 12);
});
