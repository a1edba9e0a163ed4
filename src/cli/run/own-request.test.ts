import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { command as run } from "../commands/run.ts";
import { call } from "../testing/call.ts";
import { newFolder } from "../testing/command-context.ts";

type Asked = { readonly body: Record<string, unknown>; readonly headers: IncomingHttpHeaders };

const key = "sk-house-0123456789abcdef";
const team = "team-secret-77123";
let folder: string;
let server: Server;
let lines: readonly RunFileLine[];
const asked: Asked[] = [];

const odds = {
  token: "B",
  logprob: -0.05,
  top_logprobs: [
    { token: "B", logprob: -0.05 },
    { token: "A", logprob: -3.2 },
  ],
};
const chunk = (choice: object): string =>
  `data: ${JSON.stringify({ model: "m", choices: [{ index: 0, ...choice }] })}\n\n`;

beforeAll(async () => {
  folder = newFolder();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (piece: Buffer) => chunks.push(piece));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      asked.push({ body, headers: request.headers });
      response.writeHead(200, { "content-type": "text/event-stream" });
      const logprobs = body["logprobs"] === true ? { content: [odds] } : null;
      response.write(chunk({ delta: { content: "B" }, logprobs }));
      response.write(chunk({ delta: {}, finish_reason: "stop" }));
      response.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1
providers:
  house:
    protocol: openai-chat
    base_url: ${url}
    headers: {x-team: none, x-zone: cn}
    auth: {scheme: bearer, env: HOUSE_KEY}
    request: {body: {enable_search: true, extra: {a: 1, b: 2}}}
  twin:
    like: {use: house, carry: [headers, auth]}
    protocol: openai-chat
    base_url: ${url}
  stranger:
    like: house
    protocol: openai-chat
    base_url: ${url}
targets:
  - house/plain
  - {ref: house/own, as: own, body: {enable_search: false, extra: {b: null}, top_k: 5}, headers: {X-Team: "\${TEAM}"}}
  - twin/m
  - stranger/m
`,
  );
  writeFileSync(
    join(folder, "q.yaml"),
    `schema: suite/1
id: q
tasks:
  - id: letter
    dimension: [试, 选]
    params: {stop: ["。"], seed: 11}
    body: {top_k: 40, house: {mode: quick}}
    response_format: {json_schema: {type: object}}
    logprobs: 2
    prompt: "{{question}}\\n{{options}}"
    grader: {use: choice}
    items: [{id: a, question: 一年有几个月？, options: {A: 十个, B: 十二个}, answer: B}]
`,
  );
  await call(run, {
    cwd: folder,
    args: ["q.yaml"],
    env: { HOUSE_KEY: key, TEAM: team },
    values: { out: "run.jsonl", reporter: "silent" },
  });
  lines = readFileSync(join(folder, "run.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunFileLine);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const requestOf = (model: string, team?: string): Asked | undefined =>
  asked.find(
    ({ body, headers }) =>
      body["model"] === model && (team === undefined || headers["x-team"] === team),
  );

test("a task's and a target's own members go over the vendor's, the target's last", () => {
  expect(requestOf("plain")?.body).toMatchObject({
    enable_search: true,
    extra: { a: 1, b: 2 },
    top_k: 40,
    house: { mode: "quick" },
    stop: ["。"],
    seed: 11,
    logprobs: true,
    top_logprobs: 2,
    response_format: { type: "json_schema", json_schema: { schema: { type: "object" } } },
  });
  const own = requestOf("own")?.body;
  expect(own).toMatchObject({ enable_search: false, top_k: 5, house: { mode: "quick" } });
  expect(own?.["extra"]).toEqual({ a: 1 });
});

test("a target's header comes from the environment and stands in no file", () => {
  expect(requestOf("plain")?.headers["x-team"]).toBe("none");
  expect(requestOf("own")?.headers["x-team"]).toBe(team);
  const header = lines.find((line) => line.kind === "run");
  expect(header?.targets[1]).toMatchObject({
    body: { enable_search: false, extra: { b: null }, top_k: 5 },
    header_names: ["X-Team"],
  });
  expect(JSON.stringify(lines)).not.toContain(team);
  expect(JSON.stringify(lines)).not.toContain(key);
});

test("like carries headers and the key only where it says so", () => {
  const [twin, stranger] = asked
    .filter(({ body }) => body["model"] === "m")
    .toSorted((a) => (a.headers.authorization === undefined ? 1 : -1));
  expect(twin?.headers).toMatchObject({ authorization: `Bearer ${key}`, "x-zone": "cn" });
  expect(stranger?.headers.authorization).toBeUndefined();
  expect(stranger?.headers["x-zone"]).toBeUndefined();
  expect(stranger?.body).toMatchObject({ enable_search: true });
});

test("the first token is kept with its alternatives", () => {
  const answer = lines.find((line): line is AnswerLine => line.kind === "answer");
  expect(answer?.turns[0]?.first_token).toEqual({
    token: "B",
    logprob: -0.05,
    top: [
      { token: "B", logprob: -0.05 },
      { token: "A", logprob: -3.2 },
    ],
  });
});
