import type { CallRequest } from "./protocol.ts";

const name = "verdict";

/**
 * The body members that hold a reply to a JSON Schema, in the way that the vendor has (`request.structured`); nothing where it
 * has none. `json_object` only promises some object, so the prompt has to show which, and name JSON (https://api-docs.deepseek.com/guides/json_mode ,
 * read 2026-11-29). OpenAI's form: https://platform.openai.com/docs/guides/structured-outputs .
 */
export function openaiStructured({
  schema,
  endpoint,
}: Pick<CallRequest, "schema" | "endpoint">): Readonly<Record<string, unknown>> {
  const { structured } = endpoint.request;
  if (schema === undefined || structured === undefined) return {};
  switch (structured) {
    case "json_schema":
      return {
        response_format: { type: "json_schema", json_schema: { name, strict: true, schema } },
      };
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "tool":
      return {
        tools: [{ type: "function", function: { name, parameters: schema } }],
        tool_choice: { type: "function", function: { name } },
      };
  }
}
