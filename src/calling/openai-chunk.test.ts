import { expect, test } from "vitest";

import { plainTextOf } from "./openai-chunk.ts";

const usage = { prompt_tokens: 20, completion_tokens: 4 };

test("a chunk that adds its text and nothing else has a plain text", () => {
  const choice = { index: 0, delta: { content: "十位" }, logprobs: null, finish_reason: null };
  expect(plainTextOf({ id: "c1", choices: [choice], usage: null })).toBe("十位");
  expect(plainTextOf({ id: "c1", choices: [{ index: 0, delta: { content: "十位" } }] })).toBe(
    "十位",
  );
});

test.each([
  ["its end", { finish_reason: "stop" }, {}],
  ["an end without a name", { finish_reason: "" }, {}],
  ["counts", {}, { usage }],
  ["counts in the choice", { usage }, {}],
  ["counts of Groq", {}, { x_groq: { usage } }],
  ["chances", { logprobs: { content: [{ token: "十", logprob: -0.1 }] } }, {}],
  ["no text", { delta: { content: "" } }, {}],
  ["a thought", { delta: { content: "十位", reasoning_content: "先想" } }, {}],
  ["a call", { delta: { content: "十位", tool_calls: [{ index: 0 }] } }, {}],
  ["a refusal", { delta: { content: "十位", refusal: "不能" } }, {}],
])("one with %s has none: all of it has to be read each time", (_, choice, around) => {
  const first = { index: 0, delta: { content: "十位" }, ...choice };
  expect(plainTextOf({ id: "c1", choices: [first], ...around })).toBe(null);
});
