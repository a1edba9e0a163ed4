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

let yi: VendorAtHand;
beforeAll(async () => {
  yi = await vendorAtHand("yi");
});
afterAll(() => yi.close());

const limited = { error: { code: "429", message: "rate_limit_exceeded" } };

test.each<[number, object, Outcome]>([
  [429, limited, "rate-limited"],
  [401, { error: { message: "Authorization failed" } }, "auth"],
  [400, { error: { message: "maximum context length is 16384" } }, "context-overflow"],
  [500, { error: { message: "oops" } }, "server"],
])("%i %j is %s", async (status, body, outcome) => {
  expect(await yi.ask(refused(status, body))).toMatchObject({ outcome });
});

test("an error in the middle of a stream counts as an error", async () => {
  expect(await yi.ask(brokenBy(limited))).toMatchObject({ outcome: "rate-limited", text: "好" });
});

test("the cumulative text next to each delta is ignored", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
  const reply = await yi.ask(
    streamed(
      delta({ content: "你" }, null, { content: "你", lastOne: false }),
      delta({ content: "好" }, null, { content: "你好", lastOne: false }),
      delta({}, "stop", { content: "你好", lastOne: true, usage }),
      "data: [DONE]\n\n",
    ),
  );
  expect(reply).toMatchObject({ outcome: "ok", text: "你好", usage: { input: 5, output: 2 } });
});

test("ranges exclude their ends", async () => {
  const { body, dropped } = await yi.sent({ params: { temperature: 2, top_p: 1, seed: 1 } });
  expect(body).toMatchObject({ temperature: 1.99, top_p: 0.99 });
  expect(dropped).toEqual([
    ["temperature", 2, 1.99],
    ["top_p", 1, 0.99],
    ["seed", 1, null],
  ]);
});

test("yi-lightning: 3000 tokens in, 1000 out", async () => {
  const usage = { input: 3000, output: 1000 };
  const cost = await costAt("yi/yi-lightning", usage);
  expect(cost).toBeCloseTo(0.00396, 12);
});
