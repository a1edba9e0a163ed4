import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as run } from "./run.ts";

const suite = `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [工具]
    prompt: "{{question}}"
    grader: {use: exact}
    tools:
      - {name: weather, description: 查天气, parameters: {type: object, properties: {city: {type: string}}}}
    items: [{id: a, question: 北京今天热吗？, answer: 热}]
`;

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const call = { id: "c1", function: { name: "weather", arguments: '{"city":"北京"}' } };
const reply = [
  event({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...call }] } }] }),
  event({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] }),
  "data: [DONE]\n\n",
].join("");

test("an item's functions are declared to the vendor, and the call that comes back is kept", async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (text: string) => bodies.push(text));
    request.on("end", () =>
      response.writeHead(200, { "content-type": "text/event-stream" }).end(reply),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const folder = newFolder();
  writeFileSync(join(folder, "s.yaml"), suite);
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "http://127.0.0.1:${port}/v1"}\n`,
  );
  await runCommand(run, folder, ["s.yaml"], { out: "r.jsonl", reporter: "silent" });
  server.close();
  expect(JSON.parse(bodies.join(""))).toMatchObject({
    tools: [{ type: "function", function: { name: "weather", description: "查天气" } }],
  });
  const lines = readFileSync(join(folder, "r.jsonl"), "utf8").trim().split("\n");
  const answer = lines
    .map((line) => JSON.parse(line) as RunFileLine)
    .find((line): line is AnswerLine => line.kind === "answer");
  expect(answer?.turns[0]).toMatchObject({
    outcome: "ok",
    finish: { reason: "tool", raw: "tool_calls" },
    tool_calls: [{ id: "c1", name: "weather", arguments: '{"city":"北京"}' }],
  });
});
