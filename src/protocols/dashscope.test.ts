import { expect, test } from "vitest";

import { exchange, replyTo } from "../calling/testing/attempt.ts";
import { protocol } from "./dashscope.ts";

const usage = (output: number, reasoning: number) =>
  `"usage":{"total_tokens":${16 + output},"output_tokens":${output},"input_tokens":16,"output_tokens_details":{"reasoning_tokens":${reasoning}}}`;
const event = (id: number, content: string, thought: string, finish: string, counts: string) =>
  `id:${id}\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":"${content}","reasoning_content":"${thought}","role":"assistant"},"finish_reason":"${finish}"}]},${counts},"request_id":"r-7"}\n`;
const stream = (parted: string) =>
  [
    event(1, "", "嗯", "null", usage(3, 1)),
    event(2, "", "，四字", "null", usage(7, 5)),
    event(3, "守株", "", "null", usage(9, 5)),
    event(4, "待兔", "", "null", usage(11, 5)),
    event(5, "", "", "stop", usage(11, 5)),
  ].join(parted) + parted;

test.each([
  ["parted by blank lines", "\n"],
  ["not parted at all", ""],
])("a stream %s", async (_, parted) => {
  expect(await replyTo(protocol, stream(parted))).toMatchObject({
    outcome: "ok",
    text: "守株待兔",
    reasoning: "嗯，四字",
    finish: { reason: "stop" },
    usage: { input: 16, output: 11, reasoning: 5, cached_input: null },
    request_id: "r-7",
  });
});

test("a stream that repeats the whole text anyway is read once", async () => {
  const text = ["守", "守株", "守株待", "守株待兔", "守株待兔"]
    .map((said, at) => event(at, said, "", at === 4 ? "stop" : "null", usage(at, 0)))
    .join("\n");
  expect(await replyTo(protocol, text)).toMatchObject({ outcome: "ok", text: "守株待兔" });
});

test.each([
  [
    'id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"InvalidParameter","message":"Role must be user or assistant","request_id":"r"}\n\n',
    200,
    "bad-request",
    "InvalidParameter",
  ],
  // A code that no row covers: the status in the comment decides.
  [
    'id:1\nevent:error\n:HTTP_STATUS/503\ndata:{"code":"Odd","message":"?"}\n\n',
    200,
    "overloaded",
    "Odd",
  ],
  [`${event(1, "守", "", "null", usage(1, 0))}\n`, 200, "malformed", null],
  ['{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"r"}', 401, "auth"],
])("%j with status %i is %s", async (text, status, outcome, code?: string | null) => {
  expect(await replyTo(protocol, text, { status })).toMatchObject({
    outcome,
    ...(code !== undefined && { code }),
  });
});

test("a complete answer, and the text format of old models", async () => {
  const message =
    '{"output":{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"好"}}]},"usage":{"input_tokens":12,"output_tokens":2},"request_id":"r"}';
  expect(await replyTo(protocol, message)).toMatchObject({
    outcome: "ok",
    text: "好",
    usage: { input: 12 },
  });
  const old = '{"output":{"text":"好","finish_reason":"length"},"usage":{"input_tokens":12}}';
  expect(await replyTo(protocol, old)).toMatchObject({ outcome: "length", text: "好" });
});

test("the request: an incremental stream, params in their own object", async () => {
  const { seen } = await exchange(protocol, stream("\n"), {
    endpoint: {
      request: { thinking: { on: { enable_thinking: true }, budget: "thinking_budget" } },
    },
    params: { temperature: 0.5, max_tokens: 64, thinking: 100 },
  });
  expect(seen).toMatchObject({
    method: "POST",
    url: "/api/v1/services/aigc/text-generation/generation",
    headers: { "x-dashscope-sse": "enable", accept: "text/event-stream" },
  });
  expect(seen?.body).toEqual({
    model: "test-model",
    input: { messages: [{ role: "user", content: "你好" }] },
    parameters: {
      result_format: "message",
      incremental_output: true,
      temperature: 0.5,
      max_tokens: 64,
      enable_thinking: true,
      thinking_budget: 100,
    },
  });
});

test("a long prompt of which the vendor counted only part was truncated: not an answer", async () => {
  const call = { messages: [{ role: "user" as const, text: "大海捞针".repeat(2000) }] };
  const cut = stream("\n").replaceAll('"input_tokens":16', '"input_tokens":1600');
  const reply = await replyTo(protocol, cut, { call });
  expect(reply).toMatchObject({
    outcome: "context-overflow",
    code: "silent-truncation",
    text: "守株待兔",
  });
  // No context is as short as 16 tokens: the count is wrong, the answer is none the worse.
  expect(await replyTo(protocol, stream("\n"), { call })).toMatchObject({
    outcome: "ok",
    usage_doubt: "prompt",
  });
});
