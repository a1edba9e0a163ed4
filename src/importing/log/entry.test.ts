import { expect, test } from "vitest";

import { SkipRow } from "../importer.ts";
import { type LogEntry, logEntryOf } from "./entry.ts";

const messages = [
  { role: "system", content: "你是客服" },
  { role: "user", content: "怎么退款？" },
];
const body = { model: "qwen-x", messages };
const completion = {
  model: "qwen-x-2026",
  choices: [{ message: { role: "assistant", content: "在订单页申请。" }, finish_reason: "stop" }],
};
const stream = [
  { model: "qwen-x", choices: [{ delta: { role: "assistant", content: "" } }] },
  { model: "qwen-x", choices: [{ delta: { content: "在订单页" } }] },
  { model: "qwen-x", choices: [{ delta: { content: "申请。" }, finish_reason: "stop" }] },
]
  .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  .join("");

const asked: Partial<LogEntry> = {
  question: "怎么退款？",
  before: [{ role: "system", text: "你是客服" }],
  reply: "在订单页申请。",
};

test.each<[string, unknown, Partial<LogEntry>]>([
  ["OpenAI's request beside its response", { request: body, response: completion }, asked],
  [
    "the same as texts, as Nginx before one-api writes them",
    {
      time: "2026-11-29",
      request_body: JSON.stringify(body),
      response_body: JSON.stringify(completion),
      status: 200,
    },
    { ...asked, model: "qwen-x-2026" },
  ],
  [
    "a stream that was logged as it came",
    {
      request_body: JSON.stringify(body),
      response_body: `${stream}data: [DONE]\n\n`,
    },
    { ...asked, model: "qwen-x" },
  ],
  [
    "a stream that broke off",
    {
      request_body: JSON.stringify(body),
      response_body: stream.slice(0, stream.indexOf("申请")),
    },
    { ...asked, reply: null },
  ],
  [
    "LiteLLM's standard payload",
    {
      id: "chatcmpl-1",
      call_type: "acompletion",
      status: "success",
      model: "qwen-x",
      messages,
      response: completion,
      startTime: 1.5,
    },
    asked,
  ],
  [
    "the same within its callback's arguments",
    {
      kwargs: { standard_logging_object: { model: "qwen-x", messages: JSON.stringify(messages) } },
      response: "在订单页申请。",
    },
    asked,
  ],
  ["LiteLLM's proxy request", { proxy_server_request: { body }, response: completion }, asked],
  [
    "a call that LiteLLM saw fail",
    { messages, status: "failure", response: {} },
    { ...asked, reply: null },
  ],
  [
    "an error of the vendor",
    { request: body, response: { status_code: 500, body: { error: { message: "x" } } } },
    { ...asked, reply: null },
  ],
  ["a line of a batch", { body, response: { status_code: 200, body: completion } }, asked],
  [
    "the interface `responses`",
    {
      request: { model: "m", instructions: "你是客服", input: "怎么退款？" },
      response: {
        output: [{ type: "message", content: [{ type: "output_text", text: "在订单页申请。" }] }],
      },
    },
    asked,
  ],
  [
    "a reply that was cut by the length",
    {
      request: body,
      response: { choices: [{ message: { content: "在订单" }, finish_reason: "length" }] },
    },
    { ...asked, reply: null },
  ],
])("%s", (_what, row, expected) => {
  expect(logEntryOf(row)).toMatchObject(expected);
});

test.each([
  ["one-api's table of usage", { model_name: "m", quota: 12, prompt_tokens: 5 }, "只有用量"],
  ["nothing of a request", { level: "info", msg: "started" }, "没有请求内容"],
  [
    "a picture",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
    "没有用户的文字",
  ],
  ["tools", { ...body, tools: [{ type: "function" }] }, "请求带有工具"],
  ["blanks", { messages: [{ role: "user", content: "  " }] }, "问题是空的"],
])("%s is left out with its reason", (_what, row, reason) => {
  const read = () => logEntryOf(row);
  expect(read).toThrow(SkipRow);
  try {
    read();
  } catch (error) {
    expect((error as SkipRow).text.zh).toContain(reason);
  }
});
