import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  refused,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let modelscope: VendorAtHand;
beforeAll(async () => {
  modelscope = await vendorAtHand("modelscope");
});
afterAll(() => modelscope.close());

const error = (message: string) => ({ errors: { message }, request_id: "r1" });
const left = (account: string, model: string) => ({
  "modelscope-ratelimit-requests-limit": "2000",
  "modelscope-ratelimit-requests-remaining": account,
  "modelscope-ratelimit-model-requests-limit": "500",
  "modelscope-ratelimit-model-requests-remaining": model,
});

test.each<[number, string, Record<string, string>, Outcome]>([
  [400, "Model id : x/y , has no provider supported", {}, "model-not-found"],
  [401, "Please bind your Alibaba Cloud account before use", {}, "auth"],
  [429, "We have to rate limit you", left("1500", "400"), "rate-limited"],
  [429, "We have to rate limit you", {}, "rate-limited"],
  // The daily quota is used up: the account's, the model's.
  [429, "We have to rate limit you", left("0", "400"), "quota"],
  [429, "We have to rate limit you", left("1500", "0"), "quota"],
  [429, "insufficient balance (1008)", {}, "quota"],
  [400, "content_filter", {}, "filtered-input"],
  [500, "oops", {}, "server"],
])("%i %s with %j is %s", async (status, message, headers, outcome) => {
  const reply = await modelscope.ask(refused(status, error(message), headers));
  expect(reply).toMatchObject({ outcome, message });
});

test("an error in the middle of a stream counts as an error", async () => {
  const reply = await modelscope.ask(brokenBy(error("has no provider supported")));
  expect(reply).toMatchObject({ outcome: "model-not-found", text: "好" });
});

test("the hybrid Qwen3 is told not to think, streamed or not", async () => {
  const params = { thinking: "off", temperature: 0 } as const;
  const { body, path } = await modelscope.sent({ model: "Qwen/Qwen3-32B", params });
  expect(path).toBe("/v1/chat/completions");
  expect(body).toMatchObject({ enable_thinking: false, stream: true, temperature: 0 });
});

test("an unbilled model has an unknown price, not a price of 0", async () => {
  const usage = { input: 100, output: 100 };
  expect(await costAt("modelscope/Qwen/Qwen3-32B", usage)).toBeNull();
});
