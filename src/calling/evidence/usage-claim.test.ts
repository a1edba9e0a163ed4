import { describe, expect, test } from "vitest";

import type { Reply } from "../../domain/call.ts";
import type { UsageDoubt } from "../../domain/run-file/usage-counts.ts";

import { loadProtocol } from "../protocol.ts";
import { replyTo } from "../testing/attempt.ts";
import { json } from "../testing/loopback.ts";

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const chat = (content: string, more: object = {}): string =>
  event({ choices: [{ delta: { content } }], ...more });
const stop = event({ choices: [{ delta: {}, finish_reason: "stop" }] });
const usage = (prompt_tokens: unknown, completion_tokens: unknown, more: object = {}) => ({
  usage: { prompt_tokens, completion_tokens, ...more },
});
const cached = (count: unknown) => ({ prompt_tokens_details: { cached_tokens: count } });
const thought = (count: unknown) => ({ completion_tokens_details: { reasoning_tokens: count } });
const end = (counts: object): string =>
  stop + event({ choices: [], ...counts }) + "data: [DONE]\n\n";
const said = (counts: object): string => chat("一年有十二个月") + end(counts);

async function read(id: string, body: string, prompt = "你好", headers = {}): Promise<Reply> {
  const protocol = await loadProtocol(id);
  if (protocol === null) throw new Error(`no protocol ${id}`);
  return replyTo(protocol, body, {
    ...(body.startsWith("{") && id !== "ollama" ? { headers: json } : headers),
    call: { messages: [{ role: "user", text: prompt }] },
  });
}

const long = "请把下面的清单按日期排好，一行一条，不要漏，也不要改动里面的字。".repeat(8);
const each = (counts: readonly number[]): string =>
  counts.map((count) => chat("月份", usage(20, count))).join("") + stop;

describe("counts of OpenAI's dialect", () => {
  test.each<[string, string, UsageDoubt | undefined, string?]>([
    ["plausible", said(usage(20, 8)), undefined],
    ["none", chat("十二") + stop, undefined],
    ["null", said({ usage: null }), undefined],
    ["0/0 beside an answer", said(usage(0, 0)), "zero"],
    ["no output beside an answer", said(usage(20, 0)), "zero"],
    ["no input", said(usage(0, 8)), "zero"],
    ["more reasoning than output", said(usage(20, 8, thought(9))), "reasoning"],
    ["more cached than input", said(usage(20, 8, cached(21))), "cached"],
    ["negative", said(usage(20, -8)), "invalid"],
    ["half a token", said(usage(20, 7.5)), "invalid"],
    ["too large for a number", said(usage(20, 8)).replace(":8", ":1e999"), "invalid"],
    ["more than any context", said(usage(3e12, 8)), "invalid"],
    ["negative, where nobody looks", said(usage(20, 8, thought(-1))), "invalid"],
    ["5 tokens for 9,000 characters", chat("十二月".repeat(3000)) + end(usage(20, 5)), "few"],
    ["one for each event", each([1, 1, 1, 1]), "increments"],
    ["a few for each event", each([2, 1, 3, 2]), "increments"],
    ["running totals", each([2, 3, 6, 8]), undefined],
    ["0 until the last", each([0, 0, 0, 8]) + event(usage(20, 8)), undefined],
    ["the whole, repeated with each event", each([8, 8, 8, 8]), undefined],
    ["two events, too few to tell", each([1, 1]), undefined],
    ["input far below the prompt", said(usage(3, 8)), "prompt", long],
    ["input as the prompt has", said(usage(190, 8)), undefined, long],
    ["a template beside a short prompt", said(usage(9, 8)), undefined],
    [
      "a body, 0/0",
      JSON.stringify({ choices: [{ message: { content: "十二" } }], ...usage(0, 0) }),
      "zero",
    ],
    [
      "0 beside a tool call",
      event({ choices: [{ delta: { tool_calls: [{ function: { name: "now" } }] } }] }) +
        end(usage(20, 0)),
      "zero",
    ],
  ])("%s", async (_, body, doubt, prompt) => {
    const reply = await read("openai-chat", body, prompt);
    expect(reply.outcome).toBe("ok");
    expect(reply.usage_doubt).toBe(doubt);
    for (const count of Object.values(reply.usage)) {
      expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
    }
  });
});

test.each<[string, string, UsageDoubt]>([
  [
    "anthropic",
    event({ type: "message_start", message: { usage: { input_tokens: 0 } } }) +
      event({ type: "content_block_delta", delta: { text: "十二" } }) +
      event({
        type: "message_delta",
        delta: { stop_reason: "end_turn" },
        usage: { output_tokens: 0 },
      }) +
      event({ type: "message_stop" }),
    "zero",
  ],
  [
    "anthropic",
    event({ type: "message_start", message: { usage: { input_tokens: 9 } } }) +
      ["一", "年", "有", "十"]
        .map(
          (text) =>
            event({ type: "content_block_delta", delta: { text } }) +
            event({ type: "message_delta", delta: {}, usage: { output_tokens: 1 } }),
        )
        .join("") +
      event({ type: "message_stop" }),
    "increments",
  ],
  [
    "gemini",
    event({
      candidates: [{ content: { parts: [{ text: "十二" }] }, finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 9, cachedContentTokenCount: 90, candidatesTokenCount: 2 },
    }),
    "cached",
  ],
  [
    "openai-responses",
    event({ type: "response.output_text.delta", delta: "十二" }) +
      event({
        type: "response.completed",
        response: {
          status: "completed",
          usage: {
            input_tokens: 9,
            output_tokens: 2,
            output_tokens_details: { reasoning_tokens: 64 },
          },
        },
      }),
    "reasoning",
  ],
  [
    "dashscope",
    event({
      output: { choices: [{ message: { content: "十二" }, finish_reason: "stop" }] },
      usage: { input_tokens: 9, output_tokens: -2 },
    }),
    "invalid",
  ],
  [
    "hunyuan",
    event({
      Choices: [{ Delta: { Content: "十二" }, FinishReason: "stop" }],
      Usage: { PromptTokens: 0, CompletionTokens: 0 },
    }),
    "zero",
  ],
  [
    "wenxin",
    event({
      result: "十二".repeat(500),
      is_end: true,
      usage: { prompt_tokens: 4, completion_tokens: 1 },
    }),
    "few",
  ],
])("counts of %s that cannot be true", async (id, body, doubt) => {
  expect(await read(id, body)).toMatchObject({ outcome: "ok", usage_doubt: doubt });
});

test("what lies outside its whole is added to it", async () => {
  const reply = await read("openai-chat", said(usage(20, 8, { ...thought(60), ...cached(30) })));
  expect(reply.usage).toMatchObject({ input: 50, cached_input: 30, output: 68, reasoning: 60 });
});
