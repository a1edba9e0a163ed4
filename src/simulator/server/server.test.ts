import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Simulator } from "./server.ts";

import { openTasks } from "../replies/shelves.ts";
import { startSimulator } from "./server.ts";

const starter = join(import.meta.dirname, "../../../suites/starter.yaml");
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ suites: [starter], speed: 1000 });
});
afterAll(() => simulator.close());

type Message = { readonly role: string; readonly content: string };

function post(body: object, path = "/sim/v1/chat/completions", key = "sim-test") {
  return fetch(`${simulator.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
}

const user = (content: string): Message => ({ role: "user", content });

/** The data fields of a stream's events. */
async function events(response: Response): Promise<readonly string[]> {
  const text = await response.text();
  return text
    .split("\n\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => event.slice(6));
}

type Chunk = {
  readonly choices: readonly {
    readonly delta: {
      readonly role?: string;
      readonly content?: string | null;
      readonly reasoning_content?: string;
    };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
};

const joined = (chunks: readonly Chunk[], part: "content" | "reasoning_content"): string =>
  chunks.map(({ choices }) => choices[0]?.delta[part] ?? "").join("");

test("streams role, text, finish, usage and the end marker, in this order", async () => {
  const response = await post({
    model: "xiliu",
    messages: [user("成语“守株待（　）”的括号里应当填哪一个字？")],
    stream: true,
    stream_options: { include_usage: true },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-baimo-simulated")).toBe("1");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const data = await events(response);
  expect(data.at(-1)).toBe("[DONE]");
  const chunks = data.slice(0, -1).map((each) => JSON.parse(each) as Chunk);
  expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
  expect(chunks.at(-1)?.choices).toEqual([]);
  expect(chunks.at(-1)?.usage?.prompt_tokens).toBeGreaterThan(5);
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
  expect(joined(chunks, "content")).not.toBe("");
});

test("without include_usage no usage is streamed, and equal requests get equal answers", async () => {
  const body = { model: "yuanshan", messages: [user("你好")], stream: true };
  const texts = [];
  for (let round = 0; round < 2; round += 1) {
    const data = await events(await post(body));
    const chunks = data.slice(0, -1).map((each) => JSON.parse(each) as Chunk);
    expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
    texts.push(joined(chunks, "content"));
  }
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toContain("模拟");
});

test("a reasoning model thinks before it answers, unless told not to", async () => {
  const messages = [
    user(
      "“春蚕到死丝方尽”的下一句是什么？\n请在最后一行用“答案：……”给出答案，答案后面不要再写别的。",
    ),
  ];
  const chat = async (extra: object) => {
    const data = await events(await post({ model: "yuanshan", messages, stream: true, ...extra }));
    return data.slice(0, -1).map((each) => JSON.parse(each) as Chunk);
  };
  const thinking = await chat({});
  expect(joined(thinking, "reasoning_content").length).toBeGreaterThan(40);
  const first = thinking.findIndex(({ choices }) => (choices[0]?.delta.content ?? "") !== "");
  const last = thinking.findLastIndex(({ choices }) => choices[0]?.delta.reasoning_content);
  expect(first).toBeGreaterThan(last);
  expect(joined(await chat({ enable_thinking: false }), "reasoning_content")).toBe("");
});

test.each([
  ["/v1/chat/completions"],
  ["/sim/v1/chat/completions"],
  ["/compatible-mode/v1/chat/completions"],
])("answers whole at %s", async (path) => {
  const response = await post({ model: "baicao", messages: [user("你好")] }, path);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    object: "chat.completion",
    model: "baicao",
    choices: [{ index: 0, message: { role: "assistant" }, finish_reason: "stop" }],
    usage: { prompt_tokens: expect.any(Number) as number },
  });
});

test.each([
  ["a foreign key", {}, "sk-secret", 401, "invalid_api_key"],
  ["an unknown model", { model: "gpt-99" }, "sim-x", 404, "model_not_found"],
  ["no messages", { messages: [] }, "sim-x", 400, null],
  ["a bad temperature", { temperature: 3 }, "sim-x", 400, null],
  [
    "a long prompt",
    { model: "baicao", messages: [user("长".repeat(60_000))] },
    "sim-x",
    400,
    "context_length_exceeded",
  ],
])("refuses %s", async (_, change, key, status, code) => {
  const body = { model: "xiliu", messages: [user("你好")], ...change };
  const response = await post(body, "/v1/chat/completions", key);
  expect(response.status).toBe(status);
  expect(response.headers.get("x-baimo-simulated")).toBe("1");
  expect(await response.json()).toMatchObject({
    error: { code, message: expect.any(String) as string },
  });
});

test.each(["/chat/completions", "/api/chat/completions", "/v2/chat/completions", "/v1"])(
  "POST %s is no path of its own: a 404 says where the interface lies",
  async (path) => {
    const response = await post({ model: "yuanshan", messages: [user("你好")] }, path);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { message: expect.stringContaining(`${path}: the simulator's OpenAI-compatible`) } },
    ]);
    expect((await fetch(`${simulator.url}/models`)).status).toBe(404);
  },
);

test("lists its models", async () => {
  const response = await fetch(`${simulator.url}/sim/v1/models`, {
    headers: { authorization: "Bearer sim-x" },
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  expect(data.map(({ id }) => id)).toEqual(simulator.models);
});

test("max_tokens cuts the answer and reports it, a stop sequence ends it", async () => {
  const messages = [user("“海内存知己”的下一句是什么？")];
  const cut = await post({ model: "xiliu", messages, max_tokens: 3 });
  expect(await cut.json()).toMatchObject({
    choices: [{ finish_reason: "length" }],
    usage: { completion_tokens: 3 },
  });
  const stopped = await post({ model: "xiliu", messages, stop: ["所以"] });
  expect(JSON.stringify(await stopped.json())).toContain(
    '"content":"我是模拟模型“溪流（模拟）”，没有在题库里找到这个问题（共 15 个字），"',
  );
});

test("every prompt of the starter suite is recognised, including wordings and later turns", async () => {
  const { tasks, close } = await openTasks([starter]);
  const before = simulator.stats();
  const expected = new Set<string>();
  const { itemLine } = await import("../../domain/prompt.ts");
  for (const { suite, task, each } of tasks) {
    for await (const item of each()) {
      const line = itemLine(suite, task, item, [null, ...Object.keys(task.wordings ?? {})]);
      for (const { wording, messages, turns } of line.asks) {
        const talk: Message[] = messages.map(({ role, text }) => ({ role, content: text }));
        for (const [turn, prompt] of turns.entries()) {
          talk.push(user(prompt));
          const response = await post({ model: "baicao", messages: talk });
          const reply = (await response.json()) as { choices: { message: { content: string } }[] };
          talk.push({ role: "assistant", content: reply.choices[0]?.message.content ?? "" });
          expected.add(`baicao ${line.item}${wording === null ? "" : `~${wording}`}/${turn}`);
        }
      }
    }
  }
  await close();
  const { items, strangers } = simulator.stats();
  expect(expected.size).toBe(simulator.prompts);
  expect([...expected].filter((key) => items[key] === undefined)).toEqual([]);
  expect(strangers).toBe(before.strangers);
});
