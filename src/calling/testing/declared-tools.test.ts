import { afterAll, beforeAll, expect, test } from "vitest";

import { Tool } from "../../domain/suite.ts";
import { loadProtocol } from "../protocol.ts";
import { requestAt, contextOf, type Loopback, startLoopback } from "./loopback.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
  server.serve({ status: 400, pieces: ["{}"] });
});
afterAll(() => server.close());

const schema = { type: "object", properties: { 城市: { type: "string" } }, required: ["城市"] };
const bare = { name: "weather", description: "查天气", parameters: schema };
const open = { type: "function", function: bare } as const;
const inner = { name: "weather", description: "查天气" };

/** Where each protocol puts the functions that a suite declares. */
const places: Readonly<Record<string, object>> = {
  "openai-chat": { tools: [open] },
  "openai-responses": { tools: [{ type: "function", ...bare, strict: false }] },
  anthropic: { tools: [{ ...inner, input_schema: schema }] },
  "anthropic-bedrock": { tools: [{ ...inner, input_schema: schema }] },
  "anthropic-vertex": { tools: [{ ...inner, input_schema: schema }] },
  "bedrock-converse": {
    toolConfig: { tools: [{ toolSpec: { ...inner, inputSchema: { json: schema } } }] },
  },
  gemini: { tools: [{ functionDeclarations: [{ ...inner, parametersJsonSchema: schema }] }] },
  cohere: { tools: [open] },
  watsonx: { tools: [open] },
  ollama: { tools: [open] },
  oci: { chatRequest: { tools: [{ type: "FUNCTION", ...bare }] } },
  dashscope: { parameters: { tools: [open] } },
};

const sent = async (id: string, tools: readonly Tool[]): Promise<object> => {
  const protocol = await loadProtocol(id);
  await protocol?.attempt({ ...requestAt(server.url), tools }, contextOf(server.http));
  return server.seen.at(-1)?.body ?? {};
};

test.each(Object.entries(places))("%s sends declared functions", async (id, place) => {
  expect(await sent(id, [bare])).toMatchObject(place);
  expect(await sent(id, [open])).toMatchObject(place);
  const without = JSON.stringify(await sent(id, []));
  expect(without).not.toMatch(/tools|functionDeclarations|toolConfig/);
});

test("a function without parameters still gets a schema, because vendors require one", async () => {
  const parameters = { type: "object", properties: {} };
  expect(await sent("openai-chat", [{ name: "now" }])).toMatchObject({
    tools: [{ function: { name: "now", parameters } }],
  });
});

test.each(["sensenova", "wenxin"])("%s reports that it sends no tools", async (id) => {
  const protocol = await loadProtocol(id);
  const call = { ...requestAt(server.url), tools: [bare] };
  const reply = await protocol?.attempt(call, contextOf(server.http));
  const dropped = { param: "tools", asked: ["weather"], effective: null };
  expect(reply?.dropped).toContainEqual(expect.objectContaining(dropped));
});

test("a declaration is checked when the suite is read", () => {
  expect(Tool.safeParse(bare).success).toBe(true);
  expect(Tool.safeParse(open).success).toBe(true);
  expect(Tool.safeParse({ type: "function", function: {} }).success).toBe(false);
  expect(Tool.safeParse({ name: "weather", input_schema: {} }).success).toBe(false);
});
