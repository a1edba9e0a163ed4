import { describe, expect, test } from "vitest";

import type { Reply } from "../../domain/call.ts";

import { isRetryable } from "../../domain/outcome.ts";
import { loadProtocol } from "../protocol.ts";
import { replyTo } from "../testing/attempt.ts";
import { json } from "../testing/loopback.ts";

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const done = "data: [DONE]\n\n";

async function read(id: string, body: string, headers?: Readonly<Record<string, string>>) {
  const protocol = await loadProtocol(id);
  if (protocol === null) throw new Error(`no protocol ${id}`);
  return replyTo(protocol, body, headers === undefined ? {} : { headers });
}

/** A chunk of a chat completion. */
const chat = (choice: object, more: object = {}) =>
  event({ id: "c", choices: [{ index: 0, ...choice }], ...more });
const counts = (input: number, output: number, reasoning?: number) => ({
  usage: {
    prompt_tokens: input,
    completion_tokens: output,
    ...(reasoning === undefined
      ? {}
      : { completion_tokens_details: { reasoning_tokens: reasoning } }),
  },
});

describe("no answer: malformed, and asked again", () => {
  test.each<[string, string, string, Readonly<Record<string, string>>?]>([
    ["nothing at all", "openai-chat", ""],
    ["an empty JSON body", "openai-chat", "", json],
    ["an end mark alone", "openai-chat", done],
    ["comments alone", "openai-chat", ": hi\n\n: hi\n\n"],
    ["a role and an end mark", "openai-chat", chat({ delta: { role: "assistant" } }) + done],
    ["a finish word alone", "openai-chat", chat({ delta: {}, finish_reason: "stop" }) + done],
    ["counts alone", "openai-chat", event({ choices: [], ...counts(9, 5) }) + done],
    ["null choices", "openai-chat", event({ choices: null }) + done],
    ["an empty text without an end", "openai-chat", chat({ delta: { content: "" } })],
    ["empty tags", "openai-chat", chat({ delta: { content: "<think></think>" } }) + done],
    ["an empty message", "openai-chat", '{"choices":[{"message":{"content":""}}]}', json],
    ["no choices", "openai-chat", '{"choices":[],"usage":{"completion_tokens":0}}', json],
    [
      "tokens that never came, after reasoning",
      "openai-chat",
      chat({ delta: { reasoning_content: "想" } }) +
        chat({ delta: {}, finish_reason: "stop" }, counts(9, 90, 40)) +
        done,
    ],
    [
      "tokens that never came, cut short",
      "openai-chat",
      chat({ delta: {}, finish_reason: "length" }, counts(9, 90, 0)) + done,
    ],
    [
      "a tool call that was counted and never came",
      "openai-chat",
      chat({ delta: {}, finish_reason: "tool_calls" }, counts(9, 30)) + done,
    ],
    ["nothing but a start and an end", "anthropic", event({ type: "message_stop" })],
    [
      "an empty message",
      "anthropic",
      '{"type":"message","content":[],"stop_reason":"end_turn","usage":{"output_tokens":7}}',
      json,
    ],
    [
      "an empty response",
      "openai-responses",
      event({ type: "response.completed", response: { status: "completed", output: [] } }),
    ],
    ["no parts", "gemini", event({ candidates: [{ content: {}, finishReason: "STOP" }] })],
    ["no parts", "gemini", '{"candidates":[{"finishReason":"STOP"}]}', json],
    ["a last line alone", "ollama", '{"done":true,"done_reason":"stop","eval_count":4}\n'],
    [
      "an empty end",
      "cohere",
      event({ type: "message-end", delta: { finish_reason: "COMPLETE" } }),
    ],
    ["an empty choice", "hunyuan", event({ Choices: [{ Delta: {}, FinishReason: "stop" }] })],
    ["an empty output", "dashscope", event({ output: { text: "", finish_reason: "stop" } })],
    ["an empty result", "wenxin", event({ result: "", is_end: true })],
    ["an empty choice", "sensenova", event({ data: { choices: [{ finish_reason: "stop" }] } })],
    ["an empty choice", "oci", event({ message: { content: [] }, finishReason: "stop" })],
    ["an empty choice", "watsonx", chat({ delta: {}, finish_reason: "stop" })],
  ])("%s (%s)", async (_, id, body, headers) => {
    const reply = await read(id, body, headers);
    expect(reply).toMatchObject({ outcome: "malformed", text: "" });
    expect(isRetryable(reply.outcome)).toBe(true);
  });
});

describe("an answer, or a verdict that needs none", () => {
  test.each<[string, string, string, Partial<Reply>, Readonly<Record<string, string>>?]>([
    [
      "text without finish word and end mark, closed by its counts",
      "openai-chat",
      chat({ delta: { content: "好" } }) + event({ choices: [], ...counts(9, 1) }),
      { outcome: "ok", text: "好" },
    ],
    [
      "text that breaks off after counts of its own",
      "openai-chat",
      chat({ delta: { content: "好" } }, counts(9, 1)) + chat({ delta: { content: "吧" } }),
      { outcome: "malformed" },
    ],
    [
      "text that breaks off while each event is counted",
      "openai-chat",
      chat({ delta: { content: "好" } }, counts(9, 1)) +
        chat({ delta: { content: "吧" } }, counts(9, 2)) +
        event({ choices: [], ...counts(9, 2) }),
      { outcome: "malformed" },
    ],
    [
      "reasoning alone",
      "openai-chat",
      chat({ delta: { reasoning_content: "想" } }) + chat({ delta: {}, finish_reason: "stop" }),
      { outcome: "ok", reasoning: "想" },
    ],
    [
      "reasoning alone, counted as 0",
      "openai-chat",
      chat({ delta: { reasoning_content: "想来想去还是想" } }) +
        chat({ delta: {}, finish_reason: "stop" }, counts(9, 8, 0)),
      { outcome: "ok" },
    ],
    [
      "hidden reasoning, cut by max_tokens",
      "openai-chat",
      chat({ delta: {}, finish_reason: "length" }, counts(9, 64, 64)),
      { outcome: "length" },
    ],
    [
      "hidden reasoning that nobody counts, cut by max_tokens",
      "openai-chat",
      chat({ delta: {}, finish_reason: "length" }, counts(9, 64)),
      { outcome: "length" },
    ],
    [
      "a tool call",
      "openai-chat",
      chat({ delta: { tool_calls: [{ id: "t", function: { name: "now", arguments: "{}" } }] } }) +
        chat({ delta: {}, finish_reason: "tool_calls" }, counts(9, 30, 0)),
      { outcome: "ok" },
    ],
    [
      "a filtered answer",
      "openai-chat",
      chat({ delta: {}, finish_reason: "content_filter" }, counts(9, 30)),
      { outcome: "filtered-output" },
    ],
    [
      "a refusal without a word",
      "anthropic",
      event({
        type: "message_delta",
        delta: { stop_reason: "refusal" },
        usage: { output_tokens: 9 },
      }) + event({ type: "message_stop" }),
      { outcome: "ok", finish: { reason: "refusal", raw: "refusal" } },
    ],
    [
      "a complete answer in one event",
      "anthropic",
      event({ type: "message", content: [{ type: "text", text: "好" }], stop_reason: "end_turn" }),
      { outcome: "ok", text: "好" },
    ],
    [
      "an answer that only the last event holds",
      "openai-responses",
      event({
        type: "response.completed",
        response: {
          status: "completed",
          output: [{ type: "message", content: [{ type: "output_text", text: "好" }] }],
        },
      }),
      { outcome: "ok", text: "好", finish: { reason: "stop", raw: "completed" } },
    ],
    [
      "a complete answer in one event",
      "cohere",
      event({ id: "r", message: { content: [{ text: "好" }] }, finish_reason: "COMPLETE" }),
      { outcome: "ok", text: "好" },
    ],
    [
      "`Message` in a stream",
      "hunyuan",
      event({ Choices: [{ Message: { Content: "好" }, FinishReason: "stop" }] }),
      { outcome: "ok", text: "好" },
    ],
    [
      "`message` in a stream",
      "sensenova",
      event({ data: { choices: [{ message: "好", finish_reason: "stop" }] } }),
      { outcome: "ok", text: "好" },
    ],
    [
      "`delta` in a stream",
      "dashscope",
      event({ output: { choices: [{ delta: { content: "好" }, finish_reason: "stop" }] } }),
      { outcome: "ok", text: "好" },
    ],
    [
      "`response` of the generate API",
      "ollama",
      '{"response":"好","done":false}\n{"response":"","done":true,"done_reason":"stop"}\n',
      { outcome: "ok", text: "好" },
    ],
  ])("%s (%s)", async (_, id, body, expected, headers) => {
    expect(await read(id, body, headers)).toMatchObject(expected);
  });
});

describe("`message` and `delta` mixed up", () => {
  const finish = { finish_reason: "stop" };
  test.each<[string, string, string, Readonly<Record<string, string>>?]>([
    ["`message` in a stream", chat({ message: { content: "好的" }, ...finish }), "好的"],
    ["beside an empty delta", chat({ delta: {}, message: { content: "好的" }, ...finish }), "好的"],
    ["beside a null delta", chat({ delta: null, message: { content: "好的" }, ...finish }), "好的"],
    [
      "in pieces",
      chat({ delta: {}, message: { content: "好" } }) +
        chat({ delta: {}, message: { content: "的" }, ...finish }),
      "好的",
    ],
    [
      "the whole text so far beside each delta",
      chat({ delta: { content: "好" }, message: { content: "好" } }) +
        chat({ delta: { content: "的" }, message: { content: "好的" } }) +
        chat({ delta: {}, message: { content: "好的" }, ...finish }),
      "好的",
    ],
    [
      "`text` of the old completions",
      chat({ text: "好" }) + chat({ text: "的", ...finish }),
      "好的",
    ],
    ["`delta` in a body", '{"choices":[{"delta":{"content":"好的"}}]}', "好的", json],
    ["`text` in a body", '{"choices":[{"text":"好的","finish_reason":"stop"}]}', "好的", json],
  ])("%s", async (_, body, text, headers) => {
    expect(await read("openai-chat", body, headers)).toMatchObject({ outcome: "ok", text });
  });
});

/** A finish word that says the generation broke, in each protocol's place. */
const broken: Readonly<Record<string, (word: string) => string>> = {
  "openai-chat": (word) =>
    chat({ delta: { content: "一半" } }) + chat({ delta: {}, finish_reason: word }) + done,
  watsonx: (word) => chat({ delta: { content: "一半" }, finish_reason: word }),
  anthropic: (word) =>
    event({ type: "content_block_delta", index: 0, delta: { text: "一半" } }) +
    event({ type: "message_delta", delta: { stop_reason: word } }) +
    event({ type: "message_stop" }),
  gemini: (word) =>
    event({ candidates: [{ content: { parts: [{ text: "一半" }] }, finishReason: word }] }),
  cohere: (word) =>
    event({ type: "content-delta", delta: { message: { content: { text: "一半" } } } }) +
    event({ type: "message-end", delta: { finish_reason: word } }),
  dashscope: (word) =>
    event({ output: { choices: [{ message: { content: "一半" }, finish_reason: word }] } }),
  hunyuan: (word) => event({ Choices: [{ Delta: { Content: "一半" }, FinishReason: word }] }),
  sensenova: (word) => event({ data: { choices: [{ delta: "一半", finish_reason: word }] } }),
  oci: (word) => event({ message: { content: [{ text: "一半" }] }, finishReason: word }),
  wenxin: (word) => event({ result: "一半", is_end: true, finish_reason: word }),
  ollama: (word) => `{"message":{"content":"一半"},"done":true,"done_reason":"${word}"}\n`,
};

describe.each(Object.keys(broken))("%s", (id) => {
  test.each(["network_error", "error", "abort", "abnormal", "internal_error", "upstream_failure"])(
    "an answer that ends with %s is none",
    async (word) => {
      const reply = await read(id, broken[id]?.(word) ?? "");
      expect(reply).toMatchObject({ outcome: "server", text: "一半", code: word });
    },
  );
});

test("a plain stop of a gateway does not mend what broke", async () => {
  const body =
    chat({ delta: { content: "一半" }, finish_reason: "network_error" }) +
    chat({ delta: {}, finish_reason: "stop" }) +
    done;
  expect(await read("openai-chat", body)).toMatchObject({ outcome: "server" });
});
