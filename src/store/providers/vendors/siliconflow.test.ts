import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  delta,
  refused,
  streamed,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let siliconflow: VendorAtHand;
beforeAll(async () => {
  siliconflow = await vendorAtHand("siliconflow");
});
afterAll(() => siliconflow.close());

const error = (code: number, message: string) => ({ code, message, data: null });
const limited = {
  message: "Request was rejected due to rate limiting. Details:TPM limit reached.",
  data: null,
};

test.each<[number, unknown, Outcome, string]>([
  [400, error(20012, "Model does not exist"), "model-not-found", "Model does not exist"],
  [403, error(30001, "Sorry, your account balance is insufficient"), "quota", "insufficient"],
  [503, error(50505, "Model service overloaded"), "overloaded", "overloaded"],
  [503, error(50603, "System is too busy now"), "overloaded", "busy"],
  [429, limited, "rate-limited", "TPM limit reached"],
  [429, '"Rate limit reached for requests"', "rate-limited", "Rate limit"],
  [429, "Rate limit reached for requests", "rate-limited", "Rate limit"],
  [401, '"Invalid token"', "auth", "Invalid token"],
  [403, error(20031, "Model disabled"), "permission", "Model disabled"],
  [504, "upstream timed out", "timeout", "timed out"],
  [400, error(20015, "maximum context length is 131072"), "context-overflow", "context"],
  [400, error(20015, "length of prompt_tokens must be less"), "context-overflow", "prompt_tokens"],
])("%i %j is %s", async (status, body, outcome, words) => {
  const reply = await siliconflow.ask(refused(status, body));
  expect(reply.outcome).toBe(outcome);
  expect(reply.message).toContain(words);
});

test.each<[number, Outcome]>([
  [30001, "quota"],
  [50505, "overloaded"],
])("%i in the middle of a stream is %s", async (code, outcome) => {
  expect(await siliconflow.ask(brokenBy(error(code, "no")))).toMatchObject({ outcome, text: "好" });
});

test("every event carries usage; the last one counts", async () => {
  const usage = (completion_tokens: number) => ({
    usage: { prompt_tokens: 20, completion_tokens, total_tokens: 20 + completion_tokens },
  });
  const reply = await siliconflow.ask(
    streamed(
      delta({ content: "你" }, null, usage(1)),
      delta({ content: "好" }, null, usage(2)),
      delta({ content: "" }, "stop", usage(3)),
      "data: [DONE]\n\n",
    ),
  );
  expect(reply).toMatchObject({ text: "你好", usage: { input: 20, output: 3 } });
});

test.each([
  ["Qwen/Qwen3-32B", { enable_thinking: true, thinking_budget: 1024 }, 1124],
  ["Pro/deepseek-ai/DeepSeek-V3.2", { enable_thinking: true, thinking_budget: 1024 }, 1124],
  ["Qwen/Qwen2.5-72B-Instruct", {}, 100],
  ["Qwen/Qwen3-30B-A3B-Instruct-2507", {}, 100],
] as const)("%s with a thinking budget sends %j", async (model, expected, max_tokens) => {
  const params = { thinking: 1024, max_tokens: 100 };
  const { body } = await siliconflow.sent({ model, params });
  const { enable_thinking, thinking_budget } = body;
  expect(JSON.parse(JSON.stringify({ enable_thinking, thinking_budget }))).toEqual(expected);
  expect(body["max_tokens"]).toBe(max_tokens);
});

test.each([
  ["Pro/zai-org/GLM-5.1", 32_000, 0.192 + 0.024],
  ["Pro/zai-org/GLM-5.1", 32_001, 0.256008 + 0.028],
  ["Qwen/Qwen3-8B", 32_000, 0],
])("%s: %i tokens in, 1000 out cost %f yuan", async (model, input, amount) => {
  const cost = await costAt(`siliconflow/${model}`, { input, output: 1000 });
  expect(cost).toBeCloseTo(amount, 12);
});
