import { expect, test } from "vitest";

import type { TaskRequest } from "../domain/request/task-request.ts";

import { taskBody } from "./task-body.ts";

const schema = { type: "object", properties: { answer: { type: "string" } } };
const form: TaskRequest = { response_format: { json_schema: schema } };
const named = { type: "json_schema", json_schema: { name: "reply", schema } };

test.each<[string, TaskRequest, Parameters<typeof taskBody>[2], unknown, readonly string[]]>([
  ["openai-chat", form, {}, { response_format: named }, []],
  ["openai-chat", form, { structured: "json_schema" }, { response_format: named }, []],
  [
    "openai-chat",
    form,
    { structured: "json_object" },
    { response_format: { type: "json_object" } },
    ["response_format json_schema → json_object"],
  ],
  [
    "openai-chat",
    { response_format: "json_object", logprobs: 5, body: { top_logprobs: 2, search: false } },
    {},
    {
      response_format: { type: "json_object" },
      logprobs: true,
      top_logprobs: 2,
      search: false,
    },
    [],
  ],
  [
    "openai-responses",
    form,
    {},
    { text: { format: { type: "json_schema", name: "reply", schema } } },
    [],
  ],
  [
    "gemini",
    form,
    {},
    { generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema } },
    [],
  ],
  ["ollama", form, {}, { format: schema }, []],
  ["ollama", { response_format: "json_object" }, {}, { format: "json" }, []],
  ["anthropic", form, {}, {}, ["response_format json_schema → null"]],
  ["gemini", { logprobs: 3 }, {}, {}, ["logprobs 3 → null"]],
])("%s: %j with %j", (protocol, request, quirks, body, dropped) => {
  const made = taskBody(request, protocol, quirks);
  expect(made.body).toEqual(body);
  expect(
    made.dropped.map(
      ({ param, asked, effective }) => `${param} ${String(asked)} → ${String(effective)}`,
    ),
  ).toEqual(dropped);
});
