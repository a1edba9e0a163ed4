import { afterAll, beforeAll, expect, test } from "vitest";

import { builtinFolder } from "../../store/builtin.ts";
import { imitation, simulatedModels } from "../models.ts";
import { type Simulator, startSimulator } from "./server.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    suites: [`${builtinFolder("suites")}/starter.yaml`],
    speed: 200,
    models: [...simulatedModels, imitation("gemini-2.5-pro"), imitation("glm-5.3")],
    unknown_models: "refuse",
    script: {
      schema: "faults/1",
      habits: [
        { model: "gemini-2.5-*", answers_as: "glm-5.3" },
        { model: "baicao", thinks: "always" },
      ],
    },
  });
});
afterAll(() => simulator.close());

const get = async (path: string): Promise<unknown> =>
  (await fetch(simulator.url + path, { headers: { authorization: "Bearer sim-key" } })).json();

async function chat(model: string, more: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sim-key", "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "你好" }], ...more }),
  });
  return (await response.json()) as Record<string, unknown>;
}

test("real ids are served and listed, in OpenAI's form and in Ollama's", async () => {
  const listed = (await get("/v1/models")) as { data: { id: string }[] };
  expect(listed.data.map(({ id }) => id)).toContain("gemini-2.5-pro");
  const tags = (await get("/api/tags")) as { models: { name: string; model: string }[] };
  expect(tags.models.map(({ model }) => model)).toContain("glm-5.3");
  expect(await chat("no-such-model")).toHaveProperty("error.code", "model_not_found");
  expect(await chat("glm-5.3")).toMatchObject({ model: "glm-5.3" });
});

test("a vendor that reroutes names what answered", async () => {
  expect(await chat("gemini-2.5-pro")).toMatchObject({ model: "glm-5.3" });
});

test("n answers to one request, counted each, streamed too", async () => {
  const [one, three] = [await chat("xiliu"), await chat("xiliu", { n: 3 })];
  const choices = three["choices"] as { index: number; message: unknown }[];
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  const output = (reply: Record<string, unknown>): number =>
    (reply["usage"] as { completion_tokens: number }).completion_tokens;
  expect(output(three)).toBe(3 * output(one));
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sim-key", "content-type": "application/json" },
    body: JSON.stringify({
      model: "xiliu",
      n: 2,
      stream: true,
      messages: [{ role: "user", content: "你好" }],
    }),
  });
  const stops = (await response.text())
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map(
      (line) =>
        JSON.parse(line.slice(6)) as { choices: { index: number; finish_reason: string | null }[] },
    )
    .flatMap(({ choices: each }) => each)
    .filter(({ finish_reason }) => finish_reason === "stop");
  expect(stops.map(({ index }) => index)).toEqual([0, 1]);
});
