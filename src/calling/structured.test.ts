import { expect, test } from "vitest";

import { structuredBody } from "./structured.ts";
import { requestAt } from "./testing/loopback.ts";

const schema = { type: "object", properties: { 切题: { type: "integer" } } };
const sent = (
  structured?: "json_schema" | "json_object" | "tool",
  given: object | undefined = schema,
  protocol: "openai-chat" | "openai-responses" | "gemini" | "anthropic" = "openai-chat",
) => {
  const { endpoint } = requestAt("http://127.0.0.1:1");
  const request = { ...endpoint.request, ...(structured === undefined ? {} : { structured }) };
  return structuredBody(
    { endpoint: { ...endpoint, request }, schema: given === undefined ? undefined : { ...given } },
    protocol,
  );
};

test("a reply is held to its schema in the vendor's own way", () => {
  expect(sent("json_schema")).toEqual({
    response_format: {
      type: "json_schema",
      json_schema: { name: "verdict", strict: true, schema },
    },
  });
  expect(sent("json_object")).toEqual({ response_format: { type: "json_object" } });
  expect(sent("tool")).toEqual({
    tools: [{ type: "function", function: { name: "verdict", parameters: schema } }],
    tool_choice: { type: "function", function: { name: "verdict" } },
  });
});

test("other protocols have a form of their own", () => {
  expect(sent("json_schema", schema, "openai-responses")).toEqual({
    text: { format: { type: "json_schema", name: "verdict", strict: true, schema } },
  });
  expect(sent("json_schema", schema, "gemini")).toEqual({
    generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema },
  });
  expect(sent("json_schema", schema, "anthropic")).toEqual({
    output_config: { format: { type: "json_schema", schema } },
  });
  expect(sent(undefined, schema, "anthropic")).toEqual({});
});

test("nothing is sent where the vendor has no way, or no reply has to be held", () => {
  expect(sent()).toEqual({});
  const { endpoint } = requestAt("http://127.0.0.1:1");
  const request = { ...endpoint.request, structured: "json_object" as const };
  expect(structuredBody({ endpoint: { ...endpoint, request } }, "openai-chat")).toEqual({});
});
