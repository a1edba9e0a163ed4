import { expect, test } from "vitest";

import { exchange, replyTo } from "../calling/testing/attempt.ts";
import { json } from "../calling/testing/loopback.ts";
import { protocol } from "./hunyuan.ts";

const event = (delta: string, finish: string, output: number) =>
  `data: {"Note":"…","Choices":[{"Delta":{"Role":"assistant",${delta}},"FinishReason":"${finish}","Index":0}],"Created":1,"Id":"i-1","Usage":{"PromptTokens":7,"CompletionTokens":${output},"TotalTokens":${7 + output},"PromptTokensDetails":{"CachedTokens":"3"}}}\n\n`;
const thought = event('"Content":"","ReasoningContent":"想"', "", 1);
const start = event('"Content":"守株"', "", 2);
const end = event('"Content":"待兔"', "stop", 3);

test.each([
  [
    thought + start + end,
    {
      outcome: "ok",
      text: "守株待兔",
      reasoning: "想",
      usage: { input: 7, cached_input: 3, output: 3, reasoning: null },
    },
  ],
  [`${start}${end}data: [DONE]\n\n`, { outcome: "ok", text: "守株待兔" }],
  // Moderation stopped the answer after some of it was sent.
  [start + event('"Content":""', "sensitive", 2), { outcome: "filtered-output" }],
  [
    `${start}data: {"ErrorMsg":{"Msg":"busy","Code":4001}}\n\n`,
    { outcome: "server", code: "4001", message: "busy" },
  ],
  [start, { outcome: "malformed" }],
])("%j", async (text, expected) => {
  expect(await replyTo(protocol, text)).toMatchObject(expected);
});

test("a stream was requested, and an error comes as a body with HTTP 200", async () => {
  const body =
    '{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"no"},"RequestId":"r"}}';
  const reply = await replyTo(protocol, body, {
    headers: { ...json, date: "Sun, 22 Nov 2020 00:00:00 GMT", "x-tc-requestid": "r" },
    endpoint: { errors: [{ code: "AuthFailure*", outcome: "auth" }] },
  });
  expect(reply).toMatchObject({
    outcome: "auth",
    status: 200,
    code: "AuthFailure.SignatureFailure",
    request_id: "r",
  });
  expect(reply.message).toMatch(/^no \(our clock is \d+ s off the vendor's\)$/);
});

test("a complete answer comes in an envelope", async () => {
  const body =
    '{"Response":{"RequestId":"r","Choices":[{"Index":0,"Message":{"Role":"assistant","Content":"好"},"FinishReason":"stop"}],"Id":"i","Usage":{"PromptTokens":1,"CompletionTokens":2,"TotalTokens":3}}}';
  const reply = await replyTo(protocol, body, { headers: json });
  expect(reply).toMatchObject({ outcome: "ok", text: "好", usage: { input: 1 } });
});

test("the request: PascalCase, no bound, a seed within its range", async () => {
  const { seen, reply } = await exchange(protocol, end, {
    endpoint: { request: { body: { enable_enhancement: false } } },
    params: { temperature: 0, max_tokens: 9, seed: 42 },
    call: {
      messages: [
        { role: "system", text: "简短" },
        { role: "user", text: "一" },
      ],
    },
  });
  expect(seen).toMatchObject({
    url: "/",
    headers: { "x-tc-action": "ChatCompletions", "x-tc-version": "2023-09-01" },
  });
  expect(seen?.body).toEqual({
    Model: "test-model",
    Messages: [
      { Role: "system", Content: "简短" },
      { Role: "user", Content: "一" },
    ],
    Temperature: 0,
    Seed: 42,
    EnableEnhancement: false,
    Stream: true,
  });
  expect(reply.dropped.map(({ param }) => param)).toEqual(["max_tokens"]);
  const odd = await replyTo(protocol, end, { params: { seed: 0 } });
  expect(odd.dropped).toMatchObject([{ param: "seed", asked: 0, effective: null }]);
});
