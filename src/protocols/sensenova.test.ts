import { expect, test } from "vitest";

import { exchange, replyTo } from "../calling/testing/attempt.ts";
import { json, sse } from "../calling/testing/loopback.ts";
import { protocol } from "./sensenova.ts";

const event = (delta: string, finish = "") =>
  `data:{"data":{"id":"i-1","choices":[{"index":0,"role":"assistant","delta":"${delta}","finish_reason":"${finish}"}],"usage":{"prompt_tokens":4,"completion_tokens":6,"knowledge_tokens":0,"total_tokens":10}},"status":{"code":0,"message":"ok"}}\n\n`;
const done = "data:[DONE]\n\n";
const unsafe = 'data:{"data":null,"status":{"code":18,"message":"unsafe"}}\n\n';
const errors = [
  { code: "18", outcome: "filtered-input" as const },
  { code: "17", outcome: "context-overflow" as const },
];
const read = (text: string, headers: Readonly<Record<string, string>> = sse) =>
  replyTo(protocol, text, { headers, endpoint: { errors } });

test.each([
  [
    event("守株") + event("待兔") + event("", "stop") + done,
    { outcome: "ok", text: "守株待兔", usage: { input: 4, output: 6 }, request_id: "i-1" },
  ],
  [event("守株", "length") + done, { outcome: "length" }],
  [event("守株", "context") + done, { outcome: "length" }],
  [event("守株", "sensitive") + done, { outcome: "filtered-output" }],
  [unsafe, { outcome: "filtered-input", code: "18", message: "unsafe" }],
  [event("守株") + unsafe, { outcome: "filtered-input", text: "守株" }],
  [event("守株"), { outcome: "malformed" }],
])("%j", async (text, expected) => {
  expect(await read(text)).toMatchObject(expected);
});

test("complete bodies: an answer is a text, an error has a code", async () => {
  const answer =
    '{"data":{"id":"i","choices":[{"index":0,"message":"好","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}}';
  expect(await read(answer, json)).toMatchObject({ outcome: "ok", text: "好" });
  const error = '{"error":{"code":17,"message":"too long","details":[]}}';
  expect(await read(error, json)).toMatchObject({ outcome: "context-overflow", code: "17" });
});

test("the request", async () => {
  const { seen, reply } = await exchange(protocol, event("好", "stop"), {
    params: { max_tokens: 9, stop: ["。"], temperature: 0.5 },
  });
  expect(seen?.url).toBe("/v1/llm/chat-completions");
  expect(seen?.body).toEqual({
    model: "test-model",
    messages: [{ role: "user", content: "你好" }],
    max_new_tokens: 9,
    temperature: 0.5,
    stream: true,
  });
  expect(reply.dropped.map(({ param }) => param)).toEqual(["stop"]);
});
