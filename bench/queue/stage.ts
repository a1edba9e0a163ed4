/** A Redis, a vendor, a project and any number of workers, each a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import type { AnswerLine, RunFileLine } from "../../src/domain/run-file/lines.ts";

import { startRedis } from "../../src/queue/testing/redis.ts";
import { readRun } from "../../src/store/runs/reader.ts";

const bin = join(import.meta.dirname, "../../dist/cli/bin.js");

export type VendorStats = {
  readonly starts: readonly number[];
  readonly peak: number;
  readonly questions: number;
  readonly repeats: number;
};

export type StageOptions = {
  readonly items: number;
  readonly latency_ms: number;
  readonly concurrency: number;
  readonly rpm?: number;
};

/** Sets everything up; `close` ends every process and removes the folder. */
export async function openStage({ items, latency_ms, concurrency, rpm }: StageOptions) {
  const folder = await mkdtemp(join(tmpdir(), "baimo-queue-"));
  const redis = await startRedis();
  const vendor = spawn(
    process.execPath,
    [join(import.meta.dirname, "vendor.ts"), "0", String(latency_ms)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [vendorPort] = (await once(createInterface({ input: vendor.stdout }), "line")) as [string];
  const limits = `{scope: account, concurrency: ${concurrency}${rpm === undefined ? "" : `, rpm: ${rpm}`}}`;
  await writeFile(
    join(folder, "baimo.yaml"),
    [
      "schema: baimo/1",
      "suites: [sums.yaml]",
      "targets: [mine/exact]",
      "providers:",
      "  mine:",
      "    protocol: openai-chat",
      `    base_url: http://127.0.0.1:${vendorPort}/v1`,
      "    auth: {scheme: none}",
      "    egress: 内网",
      `    limits: ${limits}`,
      "    models: [{id: exact}]",
      "",
    ].join("\n"),
  );
  await writeFile(join(folder, "sums.jsonl"), rowsText(items));
  await writeFile(
    join(folder, "sums.yaml"),
    'schema: suite/1\nid: sums\ntasks: [{id: add, dimension: [数学], prompt: "{{question}}", grader: {use: numeric}, items: {from: sums.jsonl}}]\n',
  );
  const { url } = redis;
  const started: ChildProcess[] = [];
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { ...process.env, LANG: "en_US.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    return {
      child,
      said: () => said,
      ended: once(child, "close").then(([code]) => code as number),
    };
  };
  return {
    folder,
    url,
    redis,
    coordinate: (out: string, ...more: readonly string[]) =>
      start(["run", "--queue", url, "--out", out, "--reporter", "log", ...more]),
    alone: (out: string, ...more: readonly string[]) =>
      start(["run", "--out", out, "--reporter", "silent", ...more]),
    work: (name: string, ...more: readonly string[]) =>
      start(["worker", "--queue", url, "--name", name, ...more]),
    stats: async () =>
      (await (await fetch(`http://127.0.0.1:${vendorPort}/stats`)).json()) as VendorStats,
    lines: (file: string): Promise<readonly RunFileLine[]> => readRun(join(folder, file)),
    close: async () => {
      for (const child of [...started, vendor]) child.kill("SIGKILL");
      await redis.close();
      await sleep(100);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

function rowsText(items: number): string {
  const rows: string[] = [];
  for (let at = 0; at < items; at += 1)
    rows.push(`{"id":"a${at}","question":"${at} + ${at * 7} = ?","answer":${at * 8}}\n`);
  return rows.join("");
}

/** What must not depend on who asked: keys, outcomes, replies and verdicts. */
function judgedOf(lines: readonly RunFileLine[]): ReadonlyMap<string, string> {
  const answers = new Map<string, AnswerLine>();
  const judged = new Map<string, string>();
  for (const line of lines) {
    if (line.kind === "answer") answers.set(line.key, line);
    if (line.kind !== "score") continue;
    const answer = answers.get(line.key);
    const said = answer?.turns.map(({ text }) => text).join("\n");
    judged.set(line.key, `${answer?.outcome} ${said} ${line.verdict} ${line.value}`);
  }
  return judged;
}

/** Answer lines, distinct keys, and whether both runs say the same. */
export async function compared(stage: Stage, file: string, base: string) {
  const [lines, whole] = [await stage.lines(file), await stage.lines(base)];
  const answers = lines.filter((line) => line.kind === "answer").length;
  const [mine, theirs] = [judgedOf(lines), judgedOf(whole)];
  const same =
    mine.size === theirs.size && [...theirs].every(([key, said]) => mine.get(key) === said);
  return { answers, keys: mine.size, same, end: lines.findLast((line) => line.kind === "end") };
}

/** Resident memory of a process in MB; 0 where it is gone. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Processor time of a process in seconds, as Linux counts it; 0 where it is gone. */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12).map(Number);
  return (user + system) / 100;
}

/** How long a run took from its first request to its last one. */
export const spanMs = ({ starts }: VendorStats, from = 0): number =>
  (starts.at(-1) ?? 0) - (starts[from] ?? 0);
