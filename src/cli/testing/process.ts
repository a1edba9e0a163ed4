import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { type Host, main } from "../main.ts";

/** The program as it ships; vitest.config.ts has it built before the tests. */
const entry = resolve(import.meta.dirname, "../../../dist/cli/bin.js");

export type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Starts `baimo` as a user would, in `cwd`, without the secrets of this machine. */
export function startBaimo(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = startProcess(cwd, args, env);
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return text;
  };
  const ended = Promise.all([
    read(child.stdout),
    read(child.stderr),
    once(child, "exit").then(([code]) => code as number | null),
  ]).then(([stdout, stderr, code]) => ({ code, stdout, stderr }));
  return { child, ended };
}

const startProcess = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) =>
  spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: "zh_CN.UTF-8", ...env },
  });

export const baimo = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => startBaimo(cwd, args, env).ended;

/** The same in this process: quick, for what ends before a run starts. */
export async function inProcess(
  cwd: string,
  args: readonly string[],
  more: Partial<Host> = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const never = new AbortController().signal;
  const code = await main(args, {
    cwd,
    env: { LANG: "zh_CN.UTF-8" },
    print: (text) => out.push(`${text}\n`),
    warn: (text) => err.push(`${text}\n`),
    columns: 80,
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: (work) => work(),
    signal: never,
    stopping: never,
    ...more,
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}

/** `inProcess`, called as `baimo` is. */
export const baimoHere: typeof baimo = (cwd, args, env) =>
  inProcess(cwd, args, { env: { LANG: "zh_CN.UTF-8", ...env } });

/** The same with a reader that closes the output at once, as `head` does. */
export async function baimoUnread(cwd: string, args: readonly string[]): Promise<Ended> {
  const child = startProcess(cwd, args, {});
  child.stdout.destroy();
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout: "", stderr: Buffer.concat(said).toString("utf8") };
}

/** The same with its output written into a file or device. */
export async function baimoInto(to: string, cwd: string, args: readonly string[]): Promise<Ended> {
  const out = await open(to, "w");
  try {
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: "zh_CN.UTF-8" };
    const child = spawn(process.execPath, [entry, ...args], {
      cwd,
      env,
      stdio: ["ignore", out.fd, "pipe"],
    });
    const said: Buffer[] = [];
    child.stderr?.on("data", (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout: "", stderr: Buffer.concat(said).toString("utf8") };
  } finally {
    await out.close();
  }
}

/** Starts the chat server; `log` tells what it was asked so far. */
export async function startChatServer(firstMs = 20, gapMs = 5) {
  const file = resolve(import.meta.dirname, "chat-server.ts");
  const child = spawn(process.execPath, [file, String(firstMs), String(gapMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    log: async () =>
      (await (await fetch(`${url}/log`)).json()) as {
        prompt: string;
        received: number;
        first: number;
      }[],
    close: async () => {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

/** A folder with a suite of `n` additions as JSONL and a config for the chat server. */
export async function makeProject(url: string, n: number) {
  const folder = await mkdtemp(join(tmpdir(), "baimo-"));
  const items = Array.from({ length: n }, (_, index) =>
    JSON.stringify({ id: `a${index}`, question: `${index} + ${index * 7} = ?`, answer: index * 8 }),
  );
  await writeFile(join(folder, "sums.jsonl"), `${items.join("\n")}\n`);
  await writeFile(
    join(folder, "sums.yaml"),
    [
      "schema: suite/1",
      "id: sums",
      "tasks:",
      "  - id: add",
      "    dimension: [数学, 加法]",
      '    prompt: "计算：{{question}}"',
      "    grader: {use: numeric}",
      "    items: {from: sums.jsonl}",
      "",
    ].join("\n"),
  );
  await writeFile(
    join(folder, "baimo.yaml"),
    [
      "schema: baimo/1",
      "suites: [sums.yaml]",
      "targets: [mine/exact, mine/sloppy]",
      "providers:",
      "  mine:",
      "    protocol: openai-chat",
      `    base_url: ${url}/v1`,
      "    auth: {scheme: none}",
      "    egress: 内网",
      "    limits: {scope: model, concurrency: 32}",
      "    models:",
      "      - {id: exact, price: {currency: CNY, tiers: [{input: 2, output: 8}]}}",
      "      - {id: sloppy}",
      "",
    ].join("\n"),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
