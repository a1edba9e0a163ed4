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

let zhinao: VendorAtHand;
beforeAll(async () => {
  zhinao = await vendorAtHand("zhinao");
});
afterAll(() => zhinao.close());

const error = (code: string, message: string) => ({ error: { code, message, type: "" } });

test.each<[number, string, string, Outcome]>([
  [401, "1001", "invalid key", "auth"],
  [401, "1002", "invalid key", "auth"],
  [401, "1003", "invalid key", "auth"],
  [401, "1004", "invalid key", "auth"],
  [401, "1005", "invalid key", "auth"],
  [401, "1006", "invalid key", "auth"],
  // The message reveals a lack of money where the code does not.
  [403, "1004", "账户余额不足", "quota"],
  [429, "1006", "额度已用完", "quota"],
  [429, "9", "QPS limit", "rate-limited"],
  [400, "9", "内容含敏感信息", "filtered-input"],
  [500, "9", "oops", "server"],
])("%i %s %s is %s", async (status, code, message, outcome) => {
  expect(await zhinao.ask(refused(status, error(code, message)))).toMatchObject({ outcome, code });
});

test("an error in the middle of a stream counts as an error", async () => {
  const reply = await zhinao.ask(brokenBy(error("1004", "账户余额不足")));
  expect(reply).toMatchObject({ outcome: "quota", text: "好" });
});

test("o1 models report their reasoning separately", async () => {
  const reply = await zhinao.ask(
    streamed(delta({ reasoning_content: "想" }), delta({ content: "答" }, "stop")),
    { model: "360zhinao3-o1.5" },
  );
  expect(reply).toMatchObject({ outcome: "ok", text: "答", reasoning: "想" });
});

test.each([
  ["360zhinao3-o1.5", 0.04 + 0.02],
  ["volcengine/doubao-seed-2-0-pro", 0.032 + 0.032],
])("%s: 10000 tokens in, 2000 out cost %f yuan", async (model, amount) => {
  const usage = { input: 10_000, output: 2000 };
  const cost = await costAt(`zhinao/${model}`, usage);
  expect(cost).toBeCloseTo(amount, 12);
});
