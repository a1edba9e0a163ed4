import { afterAll, beforeAll, expect, test } from "vitest";

import type { Simulator } from "./server.ts";

import { loadMark, probeTexts } from "../../domain/request/probe-texts.ts";
import { profiles, namedPrompts } from "../../engine/load/profile.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { startSimulator } from "./server.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    suites: [`${builtinFolder("suites")}/starter.yaml`],
    unknown_prompts: "refuse",
    unknown_models: "imitate",
    speed: 1000,
  });
});
afterAll(() => simulator.close());

const unknown = "本店会员日是每月几号？只回答数字。";

test.each([
  ["/v1/chat/completions", { messages: [{ role: "user", content: unknown }] }],
  ["/v1/chat/completions", { stream: true, messages: [{ role: "user", content: unknown }] }],
  ["/v1/responses", { input: unknown }],
  ["/v1/messages", { max_tokens: 64, messages: [{ role: "user", content: unknown }] }],
  [
    "/v1beta/models/gemini-x:generateContent",
    { contents: [{ role: "user", parts: [{ text: unknown }] }] },
  ],
  ["/api/chat", { messages: [{ role: "user", content: unknown }] }],
])("%s refuses a prompt of no suite in its own form, and says what to do", async (path, body) => {
  const response = await fetch(`${simulator.url}${path}`, {
    method: "POST",
    headers: {
      authorization: "Bearer sim-x",
      "x-api-key": "sim-x",
      "x-goog-api-key": "sim-x",
      "anthropic-version": "2023-06-01",
      "content-type": "application/json",
    },
    body: JSON.stringify({ model: "xiliu", ...body }),
  });
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(text).toContain("in none of the suites that the simulator has read");
  expect(text).toContain("--suites");
});

const chat = async (content: string): Promise<number> => {
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sim-x", "content-type": "application/json" },
    body: JSON.stringify({ model: "xiliu", messages: [{ role: "user", content }] }),
  });
  await response.arrayBuffer();
  return response.status;
};

const how = { turns: 1, think_ms: 0, seed: 7 };
const loads = Object.keys(profiles).flatMap((name) =>
  [false, true].map((cached) => {
    const { messages } = namedPrompts(name as keyof typeof profiles, { ...how, cached }).ask(0, 1);
    return [`a load of ${name}${cached ? ", cached" : ""}`, messages[0]?.text ?? "", 200] as const;
  }),
);

test.each([
  ...Object.entries(probeTexts).map(([name, text]) => [`the probe ${name}`, text, 200] as const),
  ...loads,
  ["a load of one's own", `${loadMark(5, 1, 1)}${unknown}`, 200],
  ["a greeting", "你好", 200],
  ["a greeting with a mark", "Hello!", 200],
  ["the form of a judge", '请给回答打分。\n{"分数": <1-5>}', 200],
  ["an item that begins with a greeting", "你好，请问退货要几天？", 400],
  ["an item that asks to count", "请从一数到九。", 400],
  ["an item of no suite", unknown, 400],
] as const)("%s", async (_, prompt, status) => {
  expect(await chat(prompt)).toBe(status);
});

test("a refused prompt is counted, and no request stays open", () => {
  const { strangers, in_flight, statuses } = simulator.stats();
  expect(strangers).toBeGreaterThan(0);
  expect(in_flight).toBe(0);
  expect(statuses["400"]).toBeGreaterThan(0);
});
