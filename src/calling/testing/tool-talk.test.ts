import { expect, test } from "vitest";

import type { ChatMessage } from "../../domain/call.ts";

import { loadProtocol } from "../protocol.ts";
import { contextOf, json, requestAt, startLoopback } from "./loopback.ts";

/** Two calls at once, one of whose arguments cannot be read, and what they gave. */
const messages: readonly ChatMessage[] = [
  { role: "user", text: "北京和上海的天气？" },
  {
    role: "assistant",
    text: "查一下。",
    calls: [
      { id: "a", name: "weather", arguments: '{"city":"北京"}' },
      { id: "b", name: "weather", arguments: '{"city":' },
    ],
  },
  {
    role: "user",
    text: "",
    results: [
      { id: "a", name: "weather", content: '{"sky":"晴"}' },
      { id: "b", name: "weather", content: '"参数不对"' },
    ],
  },
];
const tools = [
  { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
];

const openaiCalls = [
  { id: "a", type: "function", function: { name: "weather", arguments: '{"city":"北京"}' } },
  { id: "b", type: "function", function: { name: "weather", arguments: "{}" } },
];
const openai = [
  { role: "user", content: "北京和上海的天气？" },
  { role: "assistant", content: "查一下。", tool_calls: openaiCalls },
  { role: "tool", tool_call_id: "a", content: '{"sky":"晴"}' },
  { role: "tool", tool_call_id: "b", content: '"参数不对"' },
];

test.each<[string, object]>([
  ["openai-chat", { messages: openai }],
  ["watsonx", { messages: openai }],
  ["cohere", { messages: openai }],
  ["dashscope", { input: { messages: openai } }],
  [
    "anthropic",
    {
      messages: [
        { role: "user", content: "北京和上海的天气？" },
        {
          role: "assistant",
          content: [
            { type: "text", text: "查一下。" },
            { type: "tool_use", id: "a", name: "weather", input: { city: "北京" } },
            { type: "tool_use", id: "b", name: "weather", input: {} },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "a", content: '{"sky":"晴"}' },
            { type: "tool_result", tool_use_id: "b", content: '"参数不对"' },
          ],
        },
      ],
    },
  ],
  [
    "gemini",
    {
      contents: [
        { role: "user", parts: [{ text: "北京和上海的天气？" }] },
        {
          role: "model",
          parts: [
            { text: "查一下。" },
            { functionCall: { name: "weather", args: { city: "北京" } } },
            { functionCall: { name: "weather", args: {} } },
          ],
        },
        {
          role: "user",
          parts: [
            { functionResponse: { name: "weather", response: { sky: "晴" } } },
            { functionResponse: { name: "weather", response: { result: "参数不对" } } },
          ],
        },
      ],
    },
  ],
  [
    "bedrock-converse",
    {
      messages: [
        { role: "user", content: [{ text: "北京和上海的天气？" }] },
        {
          role: "assistant",
          content: [
            { text: "查一下。" },
            { toolUse: { toolUseId: "a", name: "weather", input: { city: "北京" } } },
            { toolUse: { toolUseId: "b", name: "weather", input: {} } },
          ],
        },
        {
          role: "user",
          content: [
            { toolResult: { toolUseId: "a", content: [{ text: '{"sky":"晴"}' }] } },
            { toolResult: { toolUseId: "b", content: [{ text: '"参数不对"' }] } },
          ],
        },
      ],
    },
  ],
  [
    "openai-responses",
    {
      input: [
        { role: "user", content: "北京和上海的天气？" },
        { role: "assistant", content: "查一下。" },
        { type: "function_call", call_id: "a", name: "weather", arguments: '{"city":"北京"}' },
        { type: "function_call", call_id: "b", name: "weather", arguments: "{}" },
        { type: "function_call_output", call_id: "a", output: '{"sky":"晴"}' },
        { type: "function_call_output", call_id: "b", output: '"参数不对"' },
      ],
    },
  ],
  [
    "ollama",
    {
      messages: [
        { role: "user", content: "北京和上海的天气？" },
        {
          role: "assistant",
          content: "查一下。",
          tool_calls: [
            { function: { name: "weather", arguments: { city: "北京" } } },
            { function: { name: "weather", arguments: {} } },
          ],
        },
        { role: "tool", tool_name: "weather", content: '{"sky":"晴"}' },
        { role: "tool", tool_name: "weather", content: '"参数不对"' },
      ],
    },
  ],
  [
    "hunyuan",
    {
      Tools: [
        {
          Type: "function",
          Function: { Name: "weather", Parameters: JSON.stringify(tools[0]?.parameters) },
        },
      ],
      Messages: [
        { Role: "user", Content: "北京和上海的天气？" },
        {
          Role: "assistant",
          Content: "查一下。",
          ToolCalls: [
            {
              Id: "a",
              Type: "function",
              Function: { Name: "weather", Arguments: '{"city":"北京"}' },
            },
            { Id: "b", Type: "function", Function: { Name: "weather", Arguments: "{}" } },
          ],
        },
        { Role: "tool", ToolCallId: "a", Content: '{"sky":"晴"}' },
        { Role: "tool", ToolCallId: "b", Content: '"参数不对"' },
      ],
    },
  ],
])("%s carries calls and results in its own form", async (id, expected) => {
  const loopback = await startLoopback();
  try {
    loopback.serve({ headers: json, pieces: ["{}"] });
    const protocol = await loadProtocol(id);
    await protocol?.attempt(
      requestAt(loopback.url, { call: { messages, tools } }),
      contextOf(loopback.http),
    );
    expect(loopback.seen[0]?.body).toMatchObject(expected);
  } finally {
    await loopback.close();
  }
});
