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

let baichuan: VendorAtHand;
beforeAll(async () => {
  baichuan = await vendorAtHand("baichuan");
});
afterAll(() => baichuan.close());

const error = (code: string | null, message: string) => ({
  error: { code, param: null, type: "invalid_request_error", message },
});

test.each<[number, string | null, string, Outcome]>([
  [400, "content_filter", "blocked", "filtered-input"],
  [400, null, "内容包含敏感信息", "filtered-input"],
  [400, "invalid_parameter", "roles must alternate", "bad-request"],
  [400, null, "This model's maximum context length is 32768", "context-overflow"],
  [401, "invalid_api_key", "Incorrect API key", "auth"],
  [429, "rate_limit_exceeded", "Rate limit", "rate-limited"],
  [429, "insufficient_quota", "账户余额不足", "quota"],
  [500, null, "oops", "server"],
])("%i %s %s is %s", async (status, code, message, outcome) => {
  expect(await baichuan.ask(refused(status, error(code, message)))).toMatchObject({ outcome });
});

test("an error and a filter in the middle of a stream", async () => {
  const broken = await baichuan.ask(brokenBy(error("insufficient_quota", "账户余额不足")));
  expect(broken).toMatchObject({ outcome: "quota", status: 200 });
  expect(await baichuan.ask(finished("content_filter"))).toMatchObject({
    outcome: "filtered-output",
  });
});

test("usage is in the last chunk", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
  const reply = await baichuan.ask(
    streamed(delta({ content: "好" }), delta({}, "stop", { usage }), "data: [DONE]\n\n"),
  );
  expect(reply).toMatchObject({ outcome: "ok", text: "好", usage: { input: 5, output: 2 } });
});

test("search is switched off, and the temperature is kept in range", async () => {
  const { body, dropped } = await baichuan.sent({
    model: "Baichuan4-Turbo",
    params: { temperature: 1.5 },
  });
  expect(body).toMatchObject({ with_search_enhance: false, temperature: 1 });
  expect(dropped).toEqual([["temperature", 1.5, 1]]);
});

test("Baichuan-M2: 10000 tokens in, 2000 out", async () => {
  const usage = { input: 10_000, output: 2000 };
  const cost = await costAt("baichuan/Baichuan-M2", usage);
  expect(cost).toBeCloseTo(0.06, 12);
});
