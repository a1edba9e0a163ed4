/**
 * Two servers that others wrote, asked by the built program: llama.cpp's on random weights, and a LiteLLM proxy whose models
 * answer by themselves. Optional; nothing else needs them.
 *
 *     python3 -m venv .venv && .venv/bin/pip install xllamacpp gguf numpy 'litellm[proxy]'
 *     npm run -s build && npm run bench:servers -- .venv/bin
 *
 * Of each: what `init --url` finds, `ping`, the words for a wrong model, a prompt that is too long, a spent budget and a
 * failing upstream; and a run of 40 answers in whose middle the server is killed and started again after five seconds.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import "../../own-temporary.ts";

const here = import.meta.dirname;
const bin = resolve(process.argv[2] ?? ".venv/bin");
const program = resolve(here, "../../dist/cli/bin.js");
const answers = 40;
const downMs = 5_000;

type Server = {
  readonly name: string;
  readonly start: (port: number) => ChildProcess;
  readonly key: string;
  readonly model: string;
  /** Model, how often the question is repeated to make it long, and a word that what is printed must hold. */
  readonly failures: readonly (readonly [model: string, repeat: number, outcome: string])[];
};

const servers: readonly Server[] = [
  {
    name: "llama.cpp",
    start: (port) => child("python", [join(here, "llama_server.py"), String(port)]),
    key: "none",
    model: "tiny",
    failures: [["tiny", 2_000, "context-overflow"]],
  },
  {
    name: "LiteLLM",
    start: (port) =>
      child("litellm", [
        "--config",
        join(here, "litellm.yaml"),
        "--host",
        "127.0.0.1",
        "--port",
        String(port),
      ]),
    key: "sk-local",
    model: "steady",
    failures: [
      ["no-such-model", 1, "model-not-found"],
      ["overflow", 1, "context-overflow"],
      ["failing", 1, "server"],
      ["spent", 1, "quota"],
    ],
  },
];

let failed = 0;
for (const server of servers) {
  const folder = mkdtempSync(join(tmpdir(), "baimo-server-"));
  try {
    failed += await tryServer(server, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(`${failed} not as they should be`);
process.exitCode = failed === 0 ? 0 : 1;

async function tryServer(server: Server, folder: string): Promise<number> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/v1`;
  let running = server.start(port);
  const told = (what: string, holds: boolean, detail: string): number => {
    console.log(`${server.name} · ${what}: ${holds ? "as it should be" : "WRONG"} · ${detail}`);
    return holds ? 0 : 1;
  };
  let wrong = 0;
  try {
    await isUp(url, server.key);
    const init = baimo(folder, server.key, [
      "init",
      "--url",
      url,
      "--model",
      server.model,
      "--key-env",
      "SERVER_KEY",
    ]);
    wrong += told("init", init.status === 0, lastLine(init.text, /并发/u));
    const ping = baimo(folder, server.key, ["ping", "-m", `mine/${server.model}`]);
    wrong += told("ping", ping.status === 0, lastLine(ping.text, /mine/u));
    for (const [model, repeat, outcome] of server.failures) {
      writeSuite(folder, "one", 6, repeat);
      const run = baimo(folder, server.key, [
        "run",
        "./one.yaml",
        "-m",
        `mine/${model}`,
        "--concurrency",
        "1",
        "--out",
        `${outcome}.jsonl`,
      ]);
      const line = lastLine(run.text, new RegExp(`${outcome}:`, "u"));
      wrong += told(outcome, line !== "", line === "" ? run.text.slice(-600) : line);
    }
    writeSuite(folder, "many", answers, 1);
    const run = baimoBeside(folder, server.key, [
      "run",
      "./many.yaml",
      "-m",
      `mine/${server.model}`,
      "--concurrency",
      "2",
      "--out",
      "many.jsonl",
    ]);
    await until(() => answersIn(join(folder, "many.jsonl")) >= 10);
    running.kill("SIGKILL");
    await once(running, "exit");
    const before = answersIn(join(folder, "many.jsonl"));
    await sleep(downMs);
    running = server.start(port);
    const text = await run;
    const all = answersIn(join(folder, "many.jsonl"));
    wrong += told(
      "killed and started again",
      all === answers && before < answers,
      `${before} answers before, ${all} of ${answers} at the end · ${lastLine(text, /^\d{8}T/u)}`,
    );
  } finally {
    running.kill("SIGKILL");
  }
  return wrong;
}

function child(command: string, args: readonly string[]): ChildProcess {
  return spawn(join(bin, command), args, { stdio: ["pipe", "ignore", "ignore"] });
}

function baimo(folder: string, key: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, SERVER_KEY: key, LANG: "zh_CN.UTF-8" },
    encoding: "utf8",
    input: "",
  });
  return { status, text: `${stdout}${stderr}` };
}

async function baimoBeside(folder: string, key: string, args: readonly string[]): Promise<string> {
  const running = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, SERVER_KEY: key, LANG: "zh_CN.UTF-8" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts: string[] = [];
  running.stdout.on("data", (part: Buffer) => parts.push(part.toString()));
  running.stderr.on("data", (part: Buffer) => parts.push(part.toString()));
  await once(running, "close");
  return parts.join("");
}

function writeSuite(folder: string, id: string, n: number, repeat: number): void {
  const items = Array.from(
    { length: n },
    (_, at) =>
      `      - {id: q${at}, question: "${"请看题。".repeat(repeat)}${at} 加几等于 ${at + 7}？", answer: "7"}`,
  );
  writeFileSync(
    join(folder, `${id}.yaml`),
    `schema: suite/1
id: ${id}
title: 试接
tasks:
  - id: sums
    title: 加法
    dimension: [计算]
    prompt: "{{question}}"
    grader: {use: numeric}
    items:
${items.join("\n")}
`,
  );
}

/** Answers of a run file that came; llama.cpp cuts some, noise has no end. */
function answersIn(file: string): number {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter(
        (line) => line.startsWith('{"kind":"answer"') && /"outcome":"(?:ok|length)"/u.test(line),
      ).length;
  } catch {
    return 0;
  }
}

async function isUp(url: string, key: string): Promise<void> {
  await until(async () => {
    try {
      return (await fetch(`${url}/models`, { headers: { authorization: `Bearer ${key}` } })).ok;
    } catch {
      return false;
    }
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error("the server did not come up, or the run did not begin");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function lastLine(text: string, pattern: RegExp): string {
  const line = text.split("\n").findLast((each) => pattern.test(each));
  return line?.trim().slice(0, 220) ?? "";
}
