import { dirname } from "node:path";

import { expect, test } from "vitest";

import { foreignFile, jsonLines, readForeign } from "../importing/testing/foreign.ts";
import { runImporter } from "./openai-batch.ts";

const answers = jsonLines(
  {
    id: "batch_req_1",
    custom_id: "q1",
    response: {
      status_code: 200,
      body: {
        model: "gpt-x",
        choices: [{ message: { role: "assistant", content: "北京" }, finish_reason: "stop" }],
        usage: { prompt_tokens: 5, completion_tokens: 2 },
      },
    },
    error: null,
  },
  {
    custom_id: "q2",
    response: { status_code: 429, body: { error: { message: "slow down" } } },
    error: null,
  },
  { custom_id: "q3", response: null, error: { code: "batch_expired", message: "not run in time" } },
  {
    custom_id: "q4",
    response: {
      status_code: 200,
      body: {
        model: "gpt-x",
        output: [
          { type: "reasoning", summary: [{ text: "想" }] },
          { type: "message", content: [{ type: "output_text", text: "上海" }] },
        ],
        incomplete_details: { reason: "max_output_tokens" },
      },
    },
  },
);

const requests = jsonLines(
  {
    custom_id: "q1",
    method: "POST",
    url: "/v1/chat/completions",
    body: { messages: [{ role: "user", content: "首都？" }] },
  },
  { custom_id: "q4", url: "/v1/responses", body: { instructions: "简短", input: "哪座城市？" } },
);

test("the questions come from the file that was handed in", async () => {
  const file = await foreignFile("answers.jsonl", answers);
  await foreignFile("requests.jsonl", requests, dirname(file));
  const { found } = await readForeign(runImporter, file);
  expect(found).toMatchObject([
    { of: "gpt-x: batch/q1", asked: ["首都？"], reply: "北京", use: "open" },
    { of: "unknown: batch/q2", reply: "rate-limited: slow down" },
    { reply: "server: not run in time" },
    { asked: ["system: 简短", "哪座城市？"], reply: "length: 上海" },
  ]);
  const handedIn = await readForeign(runImporter, file.replace("answers", "requests"));
  expect(handedIn.found).toEqual([]);
});

test("other lines are refused", async () => {
  const file = await foreignFile("a.jsonl", jsonLines({ prompt: "x" }));
  await expect(readForeign(runImporter, file)).rejects.toThrow(/custom_id/);
});
