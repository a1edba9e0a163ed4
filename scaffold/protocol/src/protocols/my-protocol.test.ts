import { expect, test } from "vitest";

import { exchange, replyTo } from "../../../../src/calling/testing/attempt.ts";
import { json } from "../../../../src/calling/testing/loopback.ts";
import { protocol } from "./my-protocol.ts";

const event = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;
const end = (finish: string): string =>
  `${event({ finish, counts: { in: 4, out: 6, thought: 2 } })}data: [DONE]\n\n`;

/** What the vendor has been seen to send, each kind once. */
test.each([
  [
    event({ thought: "想" }) + event({ text: "守株" }) + event({ text: "待兔" }) + end("stop"),
    {
      outcome: "ok",
      text: "守株待兔",
      reasoning: "想",
      usage: { input: 4, output: 6, reasoning: 2 },
    },
  ],
  [event({ text: "守株" }) + end("length"), { outcome: "length" }],
  [event({ text: "守株" }) + end("content_filter"), { outcome: "filtered-output" }],
  [event({ text: "守株" }), { outcome: "malformed" }],
  [event({ error: { code: "x", message: "no" } }), { code: "x", message: "no" }],
])("%j", async (text, expected) => {
  expect(await replyTo(protocol, text)).toMatchObject(expected);
});

test("a whole body is an answer too", async () => {
  const body = JSON.stringify({ text: "好", finish: "stop", counts: { in: 1, out: 1 } });
  expect(await replyTo(protocol, body, { headers: json })).toMatchObject({
    outcome: "ok",
    text: "好",
  });
});

test("the request holds what was asked, under the vendor's names", async () => {
  const { seen } = await exchange(protocol, end("stop"), { params: { max_tokens: 10, seed: 1 } });
  expect(seen?.url).toBe("/my-protocol/talk");
  expect(seen?.body).toMatchObject({ limit: 10, stream: true });
});
