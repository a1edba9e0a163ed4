import type { CallRequest } from "./protocol.ts";

const name = "verdict";

type Held = Pick<CallRequest, "schema" | "endpoint">;
type Json = Readonly<Record<string, unknown>>;

/** How a protocol says that a reply has to be JSON of a schema: from the schema and the vendor's way (`request.structured`). */
const forms = {
  "openai-chat": openaiForm,
  "openai-responses": (schema: object) => ({
    text: { format: { type: "json_schema", name, strict: true, schema } },
  }),
  gemini: (schema: object) => ({
    generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema },
  }),
  anthropic: (schema: object) => ({ output_config: { format: { type: "json_schema", schema } } }),
} satisfies Readonly<Record<string, (schema: object, way: Way) => Json>>;

type Way = NonNullable<CallRequest["endpoint"]["request"]["structured"]>;

/** Whether replies of a protocol can be held to a schema at all. */
export const holdsToSchema = (protocol: string): boolean => Object.hasOwn(forms, protocol);

/**
 * The body members that hold a reply to a JSON Schema, in the way that the vendor has (`request.structured`); nothing where it
 * has none. `json_object` only promises some object, so the prompt has to show which, and name JSON (https://api-docs.deepseek.com/guides/json_mode ,
 * read 2026-11-29). OpenAI: https://platform.openai.com/docs/guides/structured-outputs ; Gemini:
 * https://ai.google.dev/gemini-api/docs/structured-output ; Anthropic: `output_config.format`, second-hand from
 * https://docs.litellm.ai/docs/anthropic_unified/structured_output (2026-10-09).
 */
export function structuredBody({ schema, endpoint }: Held, protocol: keyof typeof forms): Json {
  const { structured } = endpoint.request;
  return schema === undefined || structured === undefined
    ? {}
    : forms[protocol](schema, structured);
}

function openaiForm(schema: object, way: Way): Json {
  switch (way) {
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
