import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { transformSync } from "esbuild";

import type { EndLine } from "../../src/domain/run-file/session.ts";

const kit = import.meta.dirname;
export const builtEntry = resolve(kit, "../../dist/cli/bin.js");
const entry = builtEntry;

/** What a process used from its first connection to its end. */
export type Used = {
  /** User and system time of all threads. */
  readonly cpu_ms: number;
  readonly system_ms: number;
  /** The same from the start of the process to its first connection. */
  readonly start_cpu_ms: number;
  readonly wall_ms: number;
  readonly peak_mb: number;
  /** CPU time so far, about every tenth of a second of the machine's monotonic clock. */
  readonly samples: readonly (readonly [at_ms: number, cpu_ms: number])[];
};

export type LoadServer = {
  readonly url: string;
  /** The server's own load since the last call. */
  readonly stats: () => Promise<Stats>;
  readonly stamps: () => Promise<readonly Stamps[]>;
  readonly close: () => Promise<void>;
};
export type Stats = {
  readonly requests: number;
  /** Answers that had ended by then, every tenth of a second. */
  readonly progress: readonly (readonly [at_ms: number, ended: number])[];
  readonly first_request: number | null;
  readonly cpu_ms: number;
  readonly utilisation: number;
};
export type Stamps = {
  readonly item: number;
  readonly received: number;
  readonly first: number;
  readonly last: number;
  readonly max_gap: number;
};
export type Shape = {
  readonly chunks: number;
  readonly first_ms: number;
  readonly gap_ms: number;
  readonly spread_ms: number;
};

/** Starts the load server in its own process. */
export async function startServer({
  chunks,
  first_ms,
  gap_ms,
  spread_ms,
}: Shape): Promise<LoadServer> {
  const args = [chunks, first_ms, gap_ms, spread_ms].map(String);
  const child = spawn(process.execPath, [join(kit, "load-server.ts"), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    stats: async () => (await (await fetch(`${url}/stats`)).json()) as Stats,
    stamps: async () => (await (await fetch(`${url}/stamps`)).json()) as readonly Stamps[],
    close: async () => {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

/** A folder with a JSONL suite of `n` additions and a config whose vendor is at `url`. */
export async function makeProject(url: string, n: number, concurrency: number) {
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  const out = createWriteStream(join(folder, "sums.jsonl"));
  for (let index = 1; index <= n; index += 1) {
    const row = { id: `a${index}`, question: `${index} + ${index * 7} = ?`, answer: index * 8 };
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  writeFileSync(join(folder, "sums.yaml"), suite);
  writeFileSync(join(folder, "baimo.yaml"), configOf(url, concurrency));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const suite = `schema: suite/1
id: sums
tasks:
  - id: add
    dimension: [数学, 加法]
    prompt: "计算：{{question}}"
    grader: {use: numeric}
    items: {from: sums.jsonl}
`;

const configOf = (url: string, concurrency: number): string => `schema: baimo/1
suites: [sums.yaml]
targets: [mine/load]
providers:
  mine:
    protocol: openai-chat
    base_url: ${url}/v1
    auth: {scheme: none}
    egress: 内网
    limits: {scope: model, concurrency: ${concurrency}}
    models: [{id: load, price: {currency: CNY, tiers: [{input: 2, output: 8}]}}]
`;

/** Runs a program under the probe and reads its standard output; its errors are shown where it fails. */
export async function probed(
  args: readonly string[],
  { cwd, terminal = false }: { readonly cwd: string; readonly terminal?: boolean },
): Promise<{ readonly used: Used; readonly stdout: string; readonly code: number | null }> {
  const file = join(cwd, `probe-${process.hrtime.bigint()}.json`);
  const command = ["--import", plainProgram("probe"), ...args];
  const env = { ...plainEnv(), BENCH_PROBE: file };
  const child = terminal
    ? spawn("script", ["-qfec", onTerminal(command), "/dev/null"], {
        cwd,
        env: { ...env, TERM: "xterm-256color" },
      })
    : spawn(process.execPath, command, { cwd, env });
  const { stdout, stderr, code } = await endOf(child);
  if (!existsSync(file))
    throw new Error(`${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
  return { used: JSON.parse(readFileSync(file, "utf8")) as Used, stdout, code };
}

/** Wraps a command in a pseudo-terminal of 160×50. */
const onTerminal = (args: readonly string[]): string =>
  `stty cols 160 rows 50; exec ${[process.execPath, ...args].map((each) => `'${each}'`).join(" ")}`;

const plainPrograms = new Map<string, string>();

/**
 * A program of this folder as plain JavaScript, in the folder for temporary files until this process ends. To run TypeScript, Node
 * loads a WebAssembly program into the measured process and each of its threads: 22 MB more in a run of ten items, 17 MB in the
 * bare loop.
 */
function plainProgram(name: string): string {
  const known = plainPrograms.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, `${name}.mjs`);
  const { code } = transformSync(readFileSync(join(kit, `${name}.ts`), "utf8"), { loader: "ts" });
  // No package is found from there.
  const undici = JSON.stringify(import.meta.resolve("undici"));
  writeFileSync(file, code.replace(/(?<=from )"undici"/, undici));
  plainPrograms.set(name, file);
  return file;
}

/** The environment without secrets and without the machine's own Node options. */
export const plainEnv = (): Record<string, string | undefined> => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  LANG: "zh_CN.UTF-8",
});

async function endOf(child: ChildProcess) {
  const read = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
    let text = "";
    if (stream !== null) for await (const chunk of stream) text += String(chunk);
    return text;
  };
  child.stdin?.on("error", () => undefined);
  const ended = once(child, "exit");
  const [stdout, stderr, [code]] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    ended as Promise<[number | null]>,
  ]);
  return { stdout, stderr, code };
}

export type OwnRun = { readonly used: Used; readonly end: EndLine; readonly file: string };

/** A run of the built program as a user would start it, with run file, grading and log. */
export async function ownRun(
  folder: string,
  reporter: "log" | "silent" | "tui" = "log",
  accepted: readonly number[] = [0],
): Promise<OwnRun> {
  const file = join(folder, `run-${process.hrtime.bigint()}.jsonl`);
  const args = [entry, "run", "--out", file, "--reporter", reporter];
  const { used, stdout, code } = await probed(args, { cwd: folder, terminal: reporter === "tui" });
  if (code === null || !accepted.includes(code))
    throw new Error(`the run ended with ${code}: ${stdout}`);
  return { used, end: lastLine(file), file };
}

/** The reference loop with as many requests. */
export async function bareRun(url: string, items: number, concurrency: number, cwd: string) {
  const args = [plainProgram("bare"), url, String(items), String(concurrency)];
  const { used, stdout } = await probed(args, { cwd });
  return { used, ...(JSON.parse(stdout) as { wall_ms: number; ttft: [number, number][] }) };
}

function lastLine(file: string): EndLine {
  const text = readFileSync(file).subarray(-20_000).toString("utf8").trimEnd();
  return JSON.parse(text.slice(text.lastIndexOf("\n") + 1)) as EndLine;
}
