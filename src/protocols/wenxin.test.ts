import { expect, test } from "vitest";

import { exchange, replyTo } from "../calling/testing/attempt.ts";
import { json, sse } from "../calling/testing/loopback.ts";
import { protocol } from "./wenxin.ts";

const event = (at: number, result: string, more = '"is_end":false') =>
  `data: {"id":"as-1","object":"chat.completion","created":1,"sentence_id":${at},"is_truncated":false,"result":"${result}","need_clear_history":false,"usage":{"prompt_tokens":4,"completion_tokens":${at + 1},"total_tokens":${at + 5}},${more}}\n\n`;
const end = event(2, "", '"is_end":true,"finish_reason":"normal"');

const read = (text: string, headers: Readonly<Record<string, string>> = sse) =>
  replyTo(protocol, text, {
    headers,
    endpoint: { errors: [{ code: "336100", outcome: "overloaded" }] },
  });

test.each([
  [
    event(0, "守株") + event(1, "待兔") + end,
    { outcome: "ok", text: "守株待兔", finish: { reason: "stop" }, usage: { input: 4, output: 3 } },
  ],
  [event(0, "守株", '"is_end":true,"is_truncated":true'), { outcome: "length", text: "守株" }],
  [
    event(0, "守株", '"is_end":true,"finish_reason":"content_filter"'),
    { outcome: "filtered-output" },
  ],
  // The filter's message is not an answer.
  [
    'data: {"result":"换个话题吧","need_clear_history":true,"ban_round":-1,"is_end":true}\n\n',
    { outcome: "filtered-input", text: "", message: "换个话题吧" },
  ],
  // In a stream an error is a line of JSON without `data:`.
  [
    `${event(0, "守株")}{"error_code":336100,"error_msg":"high load"}\n`,
    { outcome: "overloaded", code: "336100", message: "high load" },
  ],
  [event(0, "守株"), { outcome: "malformed" }],
])("%j", async (text, expected) => {
  expect(await read(text)).toMatchObject(expected);
});

test("an error is a JSON body with HTTP 200", async () => {
  expect(await read('{"error_code":336100,"error_msg":"busy","id":"as-2"}', json)).toMatchObject({
    outcome: "overloaded",
    status: 200,
    code: "336100",
  });
});

test("the system prompt is separate and the turns alternate", async () => {
  const { seen } = await exchange(protocol, end, {
    call: {
      model: "ernie-lite-8k",
      messages: [
        { role: "system", text: "简短" },
        { role: "user", text: "一" },
        { role: "user", text: "二" },
        { role: "assistant", text: "好" },
        { role: "user", text: "三" },
      ],
    },
    params: { max_tokens: 9, seed: 1 },
  });
  expect(seen?.url).toBe("/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ernie-lite-8k");
  expect(seen?.body).toEqual({
    system: "简短",
    messages: [
      { role: "user", content: "一\n\n二" },
      { role: "assistant", content: "好" },
      { role: "user", content: "三" },
    ],
    max_output_tokens: 9,
    stream: true,
  });
});
