import { afterAll, beforeAll, describe, expect, test } from "vitest";

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

let compatible: VendorAtHand;
let native: VendorAtHand;
beforeAll(async () => {
  compatible = await vendorAtHand("minimax");
  native = await vendorAtHand("minimax-v2");
});
afterAll(async () => {
  await compatible.close();
  await native.close();
});

const numbers: readonly [number, string, Outcome][] = [
  [1000, "unknown error", "server"],
  [1001, "request timeout", "timeout"],
  [1002, "rate limit", "rate-limited"],
  [1004, "not authorized", "auth"],
  [1008, "insufficient balance", "quota"],
  [1013, "internal error", "server"],
  [1024, "internal error", "server"],
  [1026, "input sensitive", "filtered-input"],
  [1027, "output sensitive", "filtered-output"],
  [1033, "downstream error", "server"],
  [1039, "TPM limit", "rate-limited"],
  [1041, "conn limit", "rate-limited"],
  [1042, "invisible characters", "bad-request"],
  [2013, "invalid params, temperature", "bad-request"],
  [2013, "invalid params, context window exceeds limit", "context-overflow"],
  [2049, "invalid api key", "auth"],
  [2056, "usage limit of the plan exceeded", "quota"],
];

const base = (status_code: number, status_msg: string) => ({
  id: "",
  choices: null,
  base_resp: { status_code, status_msg },
});

describe("errors inside HTTP 200", () => {
  test.each(numbers)("%i %s is %s", async (code, message, outcome) => {
    const reply = await native.ask(refused(200, base(code, message)));
    expect(reply).toMatchObject({ outcome, code: String(code), message, status: 200, text: "" });
  });

  test.each(numbers)("%i %s in the middle of a stream", async (code, message, outcome) => {
    const reply = await native.ask(brokenBy(base(code, message)));
    expect(reply).toMatchObject({ outcome, code: String(code), text: "好" });
  });
});

test.each<[number, string, string, Outcome]>([
  [401, "authorized_error", "login fail: (1004)", "auth"],
  // In both cases waiting seems to help but does not.
  [429, "insufficient_balance_error", "insufficient balance (1008)", "quota"],
  [500, "api_error", "insufficient balance (1008)", "quota"],
  [429, "rate_limit_error", "rate limit exceeded (1002)", "rate-limited"],
  [422, "bad_request_error", "input new_sensitive (1026)", "filtered-input"],
  [422, "bad_request_error", "output new_sensitive (1027)", "filtered-output"],
  [
    400,
    "bad_request_error",
    "invalid params, context window exceeds limit (2013)",
    "context-overflow",
  ],
  [400, "bad_request_error", "invalid params, unknown model (2013)", "bad-request"],
  [429, "usage_limit_error", "usage limit exceeded (2056)", "quota"],
  [500, "api_error", "unknown error, 999 (1000)", "server"],
])("compatible: %i %s %s is %s", async (status, type, message, outcome) => {
  const body = { type: "error", error: { type, message, http_code: String(status) } };
  expect(await compatible.ask(refused(status, body))).toMatchObject({ outcome, message });
});

test("the last event of chatcompletion_v2 repeats the answer and is not read twice", async () => {
  const early = { usage: { total_tokens: 0 }, input_sensitive: false, output_sensitive: false };
  const whole = {
    id: "c1",
    object: "chat.completion",
    model: "MiniMax-M2.7",
    choices: [
      {
        index: 0,
        finish_reason: "stop",
        message: { role: "assistant", content: "答案", reasoning_content: "想想" },
      },
    ],
    usage: {
      total_tokens: 45,
      total_characters: 0,
      prompt_tokens: 30,
      completion_tokens: 15,
      completion_tokens_details: { reasoning_tokens: 9 },
      prompt_tokens_details: { cached_tokens: 8 },
    },
    base_resp: { status_code: 0, status_msg: "" },
  };
  const reply = await native.ask(
    streamed(
      delta({ role: "assistant", reasoning_content: "想想" }, null, early),
      delta({ role: "assistant", content: "答" }, null, early),
      delta({ role: "assistant", content: "案" }, null, early),
      event(whole),
    ),
  );
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "答案",
    reasoning: "想想",
    usage: { input: 30, cached_input: 8, output: 15, reasoning: 9 },
    timing: { chunks: 3 },
  });
});

test("a stream that ends before that event is not an answer and has no usage", async () => {
  const reply = await native.ask(
    streamed(delta({ content: "答" }, null, { usage: { total_tokens: 0 } })),
  );
  expect(reply).toMatchObject({
    outcome: "malformed",
    usage: { input: null, output: null },
  });
});

test.each([
  ["two names", { reasoning_content: "想", reasoning_details: [{ text: "想" }] }],
  ["the list alone", { reasoning_details: [{ type: "reasoning.text", text: "想" }] }],
])("thinking under %s is read once", async (_, fields) => {
  const reply = await compatible.ask(
    streamed(delta(fields), delta({ content: "答" }), delta({}, "stop"), "data: [DONE]\n\n"),
  );
  expect(reply).toMatchObject({ text: "答", reasoning: "想" });
});

test("thinking sent as cumulative snapshots is read once", async () => {
  const pieces = ["想", "想一", "想一想", "想一想再", "想一想再答"];
  const reply = await compatible.ask(
    streamed(
      ...pieces.map((text) => delta({ reasoning_details: [{ type: "reasoning.text", text }] })),
      delta({ content: "答" }),
      delta({}, "stop"),
    ),
  );
  expect(reply).toMatchObject({ outcome: "ok", text: "答", reasoning: "想一想再答" });
});

test("an answer cut by the content filter has its own outcome", async () => {
  expect(await native.ask(finished("content_filter"))).toMatchObject({
    outcome: "filtered-output",
  });
});

test("temperature 0 is refused: the smallest accepted value is sent and reported", async () => {
  const params = { temperature: 0, top_p: 0, seed: 7, presence_penalty: 1 };
  const { body, path, dropped } = await compatible.sent({ model: "MiniMax-M2.7", params });
  expect(path).toBe("/v1/chat/completions");
  expect(body).toMatchObject({ temperature: 0.01, top_p: 0.01, reasoning_split: true });
  expect(dropped).toEqual([
    ["temperature", 0, 0.01],
    ["top_p", 0, 0.01],
    ["presence_penalty", 1, null],
    ["seed", 7, null],
  ]);
});

test.each([
  ["MiniMax-M3", "on", { type: "adaptive" }, []],
  ["MiniMax-M3", "off", { type: "disabled" }, []],
  ["MiniMax-M2.7", "off", undefined, [["thinking", "off", "on"]]],
] as const)("%s with thinking %s", async (model, thinking, sent, dropped) => {
  const asked = await native.sent({ model, params: { thinking } });
  expect(asked.path).toBe("/v1/text/chatcompletion_v2");
  expect(asked.body["thinking"]).toEqual(sent);
  expect(asked.body).not.toHaveProperty("stream_options");
  expect(asked.dropped).toEqual(dropped);
});

test.each<[string, number, number]>([
  // 512000 × 2.1 + 1000 × 8.4
  ["MiniMax-M3", 512_000, 1.0752 + 0.0084],
  ["MiniMax-M3", 512_001, 2.1504042 + 0.0168],
  ["MiniMax-M2.7-highspeed", 10_000, 0.042 + 0.0168],
])("%s: %i tokens in, 1000 out cost %f yuan, by either API", async (model, input, amount) => {
  const usage = { input, output: 1000 };
  for (const id of ["minimax", "minimax-v2"]) {
    const cost = await costAt(`${id}/${model}`, usage);
    expect(cost).toBeCloseTo(amount, 12);
  }
});
