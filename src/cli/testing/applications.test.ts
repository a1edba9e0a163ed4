import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { AnswerLine, ScoreLine } from "../../domain/run-file/lines.ts";

import { inProcess } from "./process.ts";

const passages = [
  { id: "p1", title: "休假", text: "员工入职满一年后每年有十天带薪年假。" },
  { id: "p2", title: "安全", text: "有机废液倒入蓝色桶。" },
];

/** An application that finds one passage by the characters that it shares with the question. */
function startApplication(): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { question } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
        readonly question: string;
      };
      const found = passages.filter(({ text }) => /年假/.test(question) === /年假/.test(text));
      response.writeHead(200, { "content-type": "text/event-stream" });
      const send = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`);
      send({ passages: found });
      send({ answer: found.map(({ text }) => text.replace("。", "[1]。")).join("") });
      send({ done: true, usage: { input: 20, output: 9 } });
      response.end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

let folder: string;
let server: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-applications-"));
  server = await startApplication();
  const { port } = server.address() as AddressInfo;
  await writeFile(
    join(folder, "answer.mjs"),
    `import { readFileSync, appendFileSync } from "node:fs";
const { question } = JSON.parse(readFileSync(0, "utf8"));
appendFileSync("asked.txt", question + "\\n");
console.log(JSON.stringify({ answer: "资料中没有提到。", passages: [{ text: "空调夏季设定不低于二十六摄氏度。" }] }));
`,
  );
  await writeFile(
    join(folder, "baimo.yaml"),
    `schema: baimo/1
suites: [s.yaml]
targets: [hr/bot, own/script]
providers:
  hr: {protocol: http-app, base_url: "http://127.0.0.1:${port}", auth: {scheme: none}, egress: 内网}
  own: {protocol: command, command: {run: ["${process.execPath}", answer.mjs]}, auth: {scheme: none}, egress: 内网}
`,
  );
  await writeFile(join(folder, "s.yaml"), suite(""));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const suite = (more: string): string => `schema: suite/1
id: handbook
tasks:
  - id: ask
    dimension: [知识库]
    prompt: "{{question}}"
    grader:
      use: all
      with:
        checks:
          - {name: 有据, use: grounded}
          - {name: 引用, use: citation}
          - {name: 检索, use: retrieval, with: {k: 1}}
          - {name: 弃答, use: abstain}
    items:
      - {id: leave, question: 年假几天？, gold_passages: [p1]}
      - {id: waste, question: 有机废液倒哪里？, gold_passages: [有机废液倒入蓝色桶]}
${more}`;

const linesOf = async (file: string): Promise<readonly (AnswerLine | ScoreLine)[]> =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AnswerLine | ScoreLine);

test("an application and a command are asked, graded by what they retrieved, and marked", async () => {
  const out = join(folder, "run.jsonl");
  const run = await inProcess(folder, ["run", "--out", out]);
  expect(run.stderr).toContain("own/script 是本机命令");
  const lines = await linesOf(out);
  const answers = lines.filter((line): line is AnswerLine => line.kind === "answer");
  const scores = lines.filter((line): line is ScoreLine => line.kind === "score");
  const of = (key: string) => answers.find((each) => each.key.includes(key));
  expect(of("ask/leave")?.turns[0]).toMatchObject({ passages: expect.anything() });
  const hr = answers.filter(({ target }) => target === "hr/bot");
  const found = new Set(hr.map(({ turns }) => turns[0]?.passages?.[0]?.id));
  expect(found).toEqual(new Set(["p1", "p2"]));
  for (const { key } of hr)
    expect(scores.find((score) => score.key === key)).toMatchObject({ verdict: "right" });
  const own = answers.filter(({ target }) => target === "own/script");
  expect(own.map(({ outcome }) => outcome)).toEqual(["ok", "ok"]);
  for (const { key } of own) {
    const score = scores.find((each) => each.key === key);
    expect(score?.sub_scores?.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["有据", "right"],
      ["引用", "right"],
      ["检索", "wrong"],
      ["弃答", "wrong"],
    ]);
  }
  const board = await inProcess(folder, ["leaderboard", out]);
  expect(board.stdout).toContain("own/script [本机命令]");
  expect(board.stdout).toContain("本机命令（计时含启动进程）");
});

const strange = `{run: ["${process.execPath}", -e, "require('fs').writeFileSync('stolen','')"]}`;

test.each([
  ["the suite", `command: ${strange}\n`],
  ["its providers", `providers: {x: {protocol: command, command: ${strange}}}\n`],
  ["its defaults", `defaults: {command: ${strange}}\n`],
  [
    "a task",
    `  - {id: t, dimension: [x], command: ${strange}, grader: {use: open}, items: [{id: i, question: q}]}\n`,
  ],
  [
    "an item",
    `  - {id: t, dimension: [x], grader: {use: open}, items: [{id: i, question: q, command: ${strange}}]}\n`,
  ],
  [
    "a grader",
    `  - {id: t, dimension: [x], grader: {use: grounded, with: {command: ${strange}}}, items: [{id: i, question: q}]}\n`,
  ],
])("no suite can name a command: %s", async (_where, more) => {
  await writeFile(join(folder, "strange.yaml"), suite(more));
  const run = await inProcess(folder, ["run", "strange.yaml", "-m", "own/script"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("strange.yaml");
  await expect(stat(join(folder, "stolen"))).rejects.toThrow("ENOENT");
});

test("the simulator stands in for no command", async () => {
  const run = await inProcess(folder, ["run", "s.yaml", "-m", "own/script", "--via-sim"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("--via-sim");
});

test("settings that the protocol would not read are reported where they stand", async () => {
  await writeFile(
    join(folder, "odd.yaml"),
    `schema: baimo/1
suites: [s.yaml]
targets: [a/b]
providers:
  a: {protocol: openai-chat, base_url: "http://127.0.0.1:1", auth: {scheme: none}, command: {run: [ls]}}
`,
  );
  const run = await inProcess(folder, ["run", "--config", "odd.yaml"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("protocol: command");
});
