import { expect, test } from "vitest";

import { openaiError } from "./openai-error.ts";

test.each<[string, unknown, string | null, string]>([
  ["OpenAI", { error: { code: "c", type: "t", message: "m" } }, "c", "m"],
  ["Kimi, a type alone", { error: { type: "t", message: "m" } }, "t", "m"],
  ["a text", { error: "m" }, null, "m"],
  ["ModelScope", { errors: { message: "m" }, request_id: "r" }, null, "m"],
  ["a list", { errors: [{ code: 7, message: "m" }] }, "7", "m"],
  ["SiliconFlow", { code: 20012, message: "m", data: null }, "20012", "m"],
  ["vLLM", { object: "error", type: "BadRequestError", code: 400, message: "m" }, "400", "m"],
  ["Huawei", { error_code: "ModelArts.81101", error_msg: "m" }, "ModelArts.81101", "m"],
  [
    "MiniMax",
    { choices: null, base_resp: { status_code: 1002, status_msg: "rate limit" } },
    "1002",
    "rate limit",
  ],
])("%s", (_, json, code, message) => {
  expect(openaiError(json)).toMatchObject({ code, message, body: json });
});

test.each([
  { choices: [], base_resp: { status_code: 0, status_msg: "success" } },
  { code: 0, message: "Success", choices: [{ delta: { content: "好" } }] },
  { choices: [{ delta: {} }], error: null },
  { object: "chat.completion.chunk", choices: [] },
])("no error: %j", (json) => {
  expect(openaiError(json)).toBeNull();
});

test.each<[unknown, string]>([
  [{ detail: "Not Found" }, "Not Found"],
  [{ detail: [{ loc: ["body", "model"], msg: "field required" }] }, "model: field required"],
  [{ detail: ["no such model", "no such key"] }, "no such model; no such key"],
  [{ detail: { error: { message: "prompt too long", type: "x" } } }, "prompt too long"],
  [{ detail: { error: "no such model" } }, "no such model"],
  [{ error: { message: "{'error': 'no such model'}", type: "None" } }, "no such model"],
  [{ detail: { error: "x", message: "no such deployment" } }, "no such deployment"],
  [{ errorCode: "E1", errorMessage: "额度用尽" }, "额度用尽"],
])("%j says %s", (json, message) => {
  expect(openaiError(json)?.message).toBe(message);
});
