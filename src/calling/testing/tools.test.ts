import { expect, test } from "vitest";

import { bedrockEvent } from "../../simulator/kit/event-frames.ts";
import { loadProtocol } from "../protocol.ts";
import { requestAt, contextOf, wireOf } from "./loopback.ts";

const sse = (...events: readonly object[]): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");

const weather = { id: "t1", name: "查天气", arguments: '{"城市":"北京"}' };

test.each<[string, string | Uint8Array, string | null]>([
  [
    "anthropic",
    sse(
      { type: "message_start", message: { id: "m", model: "c", usage: { input_tokens: 3 } } },
      {
        type: "content_block_start",
        index: 1,
        content_block: { type: "tool_use", id: "t1", name: "查天气", input: {} },
      },
      { type: "content_block_delta", index: 1, delta: { partial_json: '{"城市":' } },
      { type: "content_block_delta", index: 1, delta: { partial_json: '"北京"}' } },
      { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
      { type: "message_stop" },
    ),
    "t1",
  ],
  [
    "bedrock-converse",
    Buffer.concat([
      bedrockEvent("contentBlockStart", {
        contentBlockIndex: 0,
        start: { toolUse: { toolUseId: "t1", name: "查天气" } },
      }),
      bedrockEvent("contentBlockDelta", {
        contentBlockIndex: 0,
        delta: { toolUse: { input: '{"城市":' } },
      }),
      bedrockEvent("contentBlockDelta", {
        contentBlockIndex: 0,
        delta: { toolUse: { input: '"北京"}' } },
      }),
      bedrockEvent("messageStop", { stopReason: "tool_use" }),
    ]),
    "t1",
  ],
  [
    "gemini",
    sse({
      candidates: [
        {
          content: { parts: [{ functionCall: { name: "查天气", args: { 城市: "北京" } } }] },
          finishReason: "STOP",
        },
      ],
    }),
    null,
  ],
  [
    "openai-responses",
    sse(
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { type: "function_call", call_id: "t1", name: "查天气", arguments: "" },
      },
      { type: "response.function_call_arguments.delta", output_index: 0, delta: '{"城市":' },
      { type: "response.function_call_arguments.delta", output_index: 0, delta: '"北京"}' },
      { type: "response.completed", response: { status: "completed", usage: {} } },
    ),
    "t1",
  ],
  [
    "cohere",
    sse(
      {
        type: "tool-call-start",
        index: 0,
        delta: {
          message: { tool_calls: { id: "t1", function: { name: "查天气", arguments: "" } } },
        },
      },
      {
        type: "tool-call-delta",
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: '{"城市":"北京"}' } } } },
      },
      { type: "message-end", delta: { finish_reason: "TOOL_CALL" } },
    ),
    "t1",
  ],
  [
    "ollama",
    `${JSON.stringify({
      message: {
        content: "",
        tool_calls: [{ function: { name: "查天气", arguments: { 城市: "北京" } } }],
      },
      done: false,
    })}\n${JSON.stringify({ message: { content: "" }, done: true, done_reason: "stop" })}\n`,
    null,
  ],
  [
    "oci",
    sse({
      message: { toolCalls: [{ id: "t1", name: "查天气", arguments: '{"城市":"北京"}' }] },
      finishReason: "tool_calls",
    }),
    "t1",
  ],
])("%s: tool calls are parsed and recorded", async (id, stream, callId) => {
  const protocol = await loadProtocol(id);
  const reply = await protocol?.attempt(
    requestAt("http://x"),
    contextOf(wireOf([Buffer.from(stream)])),
  );
  expect(reply).toMatchObject({ outcome: "ok", text: "" });
  expect(reply?.tool_calls).toEqual([{ ...weather, id: callId }]);
});

test("frames that are damaged or cut short are malformed", async () => {
  const protocol = await loadProtocol("bedrock-converse");
  const good = Buffer.concat([
    bedrockEvent("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "好" } }),
    bedrockEvent("messageStop", { stopReason: "end_turn" }),
  ]);
  const read = (bytes: Buffer) =>
    protocol?.attempt(requestAt("http://x"), contextOf(wireOf([bytes])));
  expect(await read(good)).toMatchObject({ outcome: "ok", text: "好" });
  const flipped = Buffer.from(good);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  expect(await read(flipped)).toMatchObject({ outcome: "malformed" });
  expect(await read(good.subarray(0, -3))).toMatchObject({ outcome: "malformed" });
  expect(await read(Buffer.alloc(64, 0xff))).toMatchObject({ outcome: "malformed" });
});
