import { expect, test } from "vitest";

import { replyTo } from "../calling/testing/attempt.ts";
import { requestAt, contextOf, wireOf } from "../calling/testing/loopback.ts";
import { protocol as http } from "./openai-chat.ts";
import { protocol } from "./spark.ts";

const frame = (status: number, content: string, more = "", code = 0) =>
  `{"header":{"code":${code},"message":"Success","sid":"cht1","status":${status}},"payload":{"choices":{"status":${status},"seq":0,"text":[{"content":"${content}","role":"assistant","index":0${more}}]}${
    status === 2
      ? ',"usage":{"text":{"question_tokens":4,"prompt_tokens":5,"completion_tokens":9,"total_tokens":14}}'
      : ""
  }}}\n`;
const refusal = (code: number) =>
  `{"header":{"code":${code},"message":"OutputAuditError","sid":"cht1","status":2}}\n`;
const errors = [{ code: "10014", outcome: "filtered-output" as const }];

const read = (text: string, status = 101, max_tokens?: number) =>
  replyTo(protocol, text, {
    headers: {},
    status,
    endpoint: { errors },
    params: max_tokens === undefined ? {} : { max_tokens },
  });

test.each([
  [
    frame(0, "守株") + frame(1, "待") + frame(2, "兔"),
    { outcome: "ok", text: "守株待兔", finish: null, usage: { input: 5, output: 9 } },
  ],
  [
    frame(0, "", ',"reasoning_content":"想"') + frame(2, "好"),
    { outcome: "ok", text: "好", reasoning: "想", request_id: "cht1" },
  ],
  // Moderation intervenes after some of the answer was sent.
  [frame(0, "守株") + refusal(10014), { outcome: "filtered-output", code: "10014", text: "守株" }],
  [frame(0, "守株"), { outcome: "malformed" }],
])("%j", async (text, expected) => {
  expect(await read(text)).toMatchObject(expected);
});

test("no finish reason is given: an answer that reaches its bound was cut", async () => {
  expect(await read(frame(0, "守") + frame(2, "株"), 101, 9)).toMatchObject({ outcome: "length" });
  expect(await read(frame(0, "守") + frame(2, "株"), 101, 10)).toMatchObject({ outcome: "ok" });
});

test("a refused handshake has a message and no code", async () => {
  expect(await read('{"message":"HMAC signature cannot be verified"}', 401)).toMatchObject({
    outcome: "auth",
    status: 401,
    message: "HMAC signature cannot be verified",
  });
});

test("the request: the application's id, the domain, and messages for a model without system prompts", async () => {
  const sent: string[] = [];
  const wire = wireOf([Buffer.from(frame(2, "好"))], {}, 101);
  const ask = requestAt("https://spark.example", {
    endpoint: {
      request: {
        system: "user",
        body: { header: { app_id: "a1" }, tools: [] },
        thinking: { on: { thinking: { type: "enabled" } } },
      },
    },
    params: { temperature: 0.5, thinking: "on" },
    call: {
      model: "lite",
      messages: [
        { role: "system", text: "简短" },
        { role: "user", text: "你好" },
      ],
    },
  });
  await protocol.attempt(ask, {
    ...contextOf(wire),
    authorize: (request) => {
      sent.push(request.url, request.body ?? "");
      return Promise.resolve(request);
    },
  });
  expect(sent[0]).toBe("wss://spark.example/v4.0/chat");
  expect(JSON.parse(sent[1] ?? "")).toEqual({
    header: { app_id: "a1" },
    parameter: { chat: { domain: "lite", temperature: 0.5, thinking: { type: "enabled" } } },
    payload: { message: { text: [{ role: "user", content: "简短\n\n你好" }] } },
  });
});

const readHttp = (text: string) => replyTo(http, text, { endpoint: { errors } });

test("over HTTP: no space after data, a code in each event, no finish reason", async () => {
  const chunk = (content: string, more = "") =>
    `data:{"code":0,"message":"Success","sid":"s","choices":[{"delta":{"role":"assistant","content":"${content}"},"index":0}]${more}}\n\n`;
  const usage = ',"usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14}';
  expect(await readHttp(`${chunk("守株")}${chunk("待兔", usage)}data: [DONE]\n\n`)).toMatchObject({
    outcome: "ok",
    text: "守株待兔",
    usage: { input: 5, output: 9 },
  });
  const audit = 'data:{"code":10014,"message":"OutputAuditError","sid":"s"}\n\n';
  expect(await readHttp(chunk("守株") + audit)).toMatchObject({
    outcome: "filtered-output",
    code: "10014",
  });
});

test("over HTTP: a refusal with HTTP 200, and a gateway's form", async () => {
  expect(await readHttp('{"code":10014,"message":"x","sid":"s"}')).toMatchObject({
    outcome: "filtered-output",
    status: 200,
  });
  expect(
    await readHttp('{"code":"rpm_rate_limit_exceeded","msg":"Rate limit reached for RPM"}'),
  ).toMatchObject({
    code: "rpm_rate_limit_exceeded",
    message: "Rate limit reached for RPM",
  });
});
