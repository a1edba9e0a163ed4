import { expect, test } from "vitest";

import { openaiStructured } from "./structured.ts";
import { requestAt } from "./testing/loopback.ts";

const schema = { type: "object", properties: { 切题: { type: "integer" } } };
const sent = (
  structured?: "json_schema" | "json_object" | "tool",
  given: object | undefined = schema,
) => {
  const { endpoint } = requestAt("http://127.0.0.1:1");
  const request = { ...endpoint.request, ...(structured === undefined ? {} : { structured }) };
  return openaiStructured({
    endpoint: { ...endpoint, request },
    schema: given === undefined ? undefined : { ...given },
  });
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

test("nothing is sent where the vendor has no way, or no reply has to be held", () => {
  expect(sent()).toEqual({});
  const { endpoint } = requestAt("http://127.0.0.1:1");
  const request = { ...endpoint.request, structured: "json_object" as const };
  expect(openaiStructured({ endpoint: { ...endpoint, request } })).toEqual({});
});
