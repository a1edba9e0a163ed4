import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { BoxFailure, BoxJob, BoxRequest, BoxResult, BoxStart } from "./box/messages.ts";
import type { WardenMessage } from "./box/warden.ts";

import { noResult } from "./box/messages.ts";
import { interpreterFiles, readableBy } from "./packages.ts";

/** Of this file and its neighbours: in a checkout, and in a build. */
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
/** A box is a process; more of them than cores would only wait for each other. */
const mostBoxes = Math.min(availableParallelism(), 4);
/** A box that says nothing for this long beyond its limit is gone. */
const silence = { share: 12, ms: 60_000 } as const;

/** A box keeps some 350 MB; one that has had nothing to do for so long is closed. */
const idleMs = 60_000;

type Box = {
  readonly child: ChildProcess;
  idle: NodeJS.Timeout | null;
  /** Whether its program runs: what ends a process before says nothing about a program. */
  isBegun: boolean;
  /** The job that runs in it; `end` gives its result, or null where the process ended first. */
  current: { readonly nonce: string; readonly end: (result: BoxResult | null) => void } | null;
};
type Waiting = {
  readonly job: BoxJob;
  readonly done: (result: BoxResult) => void;
  /** It ran in a process that ended, which the machine may have done. */
  readonly isSecond: boolean;
};

type Pool = {
  readonly most: number;
  readonly boxes: Set<Box>;
  readonly waiting: Waiting[];
};

/** Programs of models. */
const strangers: Pool = { most: mostBoxes, boxes: new Set(), waiting: [] };
/** Code of suites alone; a program never comes here, so that nothing it does reaches what decides about it. */
const trusted: Pool = { most: 1, boxes: new Set(), waiting: [] };

/** Runs a program in a fresh interpreter of a process of its own. Resolves whatever the program does. */
export async function runInBox(job: BoxJob): Promise<BoxResult> {
  // The memory that boxes start from is made where no program has ever run.
  if (job.language === "python" && snapshotFile === null) await makeSnapshot();
  return enqueue(strangers, job);
}

/** Runs code of a suite, which is trusted, apart from all programs. */
export const runTrusted = (job: BoxJob): Promise<BoxResult> => enqueue(trusted, job);

let folder: string | null = null;
let snapshotFile: string | null = null;
let making: Promise<unknown> | null = null;

const nothing: BoxJob = {
  language: "python",
  program: "",
  stdin: null,
  probes: [],
  before: "",
  limits: { time_ms: 10_000, memory_bytes: 2 ** 28, output_bytes: 1_000 },
};

function makeSnapshot(): Promise<unknown> {
  making ??= runTrusted(nothing);
  return making;
}

function enqueue(pool: Pool, job: BoxJob): Promise<BoxResult> {
  return new Promise((done) => {
    pool.waiting.push({ job, done, isSecond: false });
    serve(pool);
  });
}

function serve(pool: Pool): void {
  while (pool.waiting.length > 0) {
    const box = idleBox(pool);
    const next = box === null ? undefined : pool.waiting.shift();
    if (box === null || next === undefined) return;
    give(pool, box, next);
  }
}

function idleBox(pool: Pool): Box | null {
  const idle = [...pool.boxes].find(({ current }) => current === null);
  if (idle !== undefined) return idle;
  return pool.boxes.size < pool.most ? startBox(pool) : null;
}

const processEnded = ({ isBegun }: Box): BoxFailure => ({
  kind: isBegun ? "crash" : "unavailable",
  message: "the process of the box ended",
});

function give(pool: Pool, box: Box, waiting: Waiting): void {
  const { job, done } = waiting;
  const nonce = randomUUID();
  const { child } = box;
  const limitMs = job.limits.time_ms * silence.share + silence.ms;
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  box.current = {
    nonce,
    end: (result) => {
      clearTimeout(timer);
      box.current = null;
      hold(child, false);
      box.idle = setTimeout(() => child.kill("SIGKILL"), idleMs).unref();
      if (result !== null) done(result);
      else if (waiting.isSecond) done(noResult(processEnded(box)));
      else pool.waiting.unshift({ ...waiting, isSecond: true });
      serve(pool);
    },
  };
  if (box.idle !== null) clearTimeout(box.idle);
  box.isBegun = false;
  hold(child, true);
  child.send({ nonce, job } satisfies BoxRequest);
}

function startBox(pool: Pool): Box {
  // The permission model knows real paths only.
  const entry = realpathSync(fileURLToPath(new URL(`./box/warden${extension}`, import.meta.url)));
  const child = fork(entry, [], {
    cwd: emptyFolder(),
    env: systemNeeds(),
    execArgv: [...permissions(entry)],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const box: Box = { child, idle: null, current: null, isBegun: false };
  pool.boxes.add(box);
  child.on("message", (message: WardenMessage) => {
    if (message.kind === "begun") box.isBegun = true;
    else if (message.kind === "snapshot") keepSnapshot(pool, message.snapshot);
    else if (message.reply.nonce === box.current?.nonce) box.current.end(message.reply.result);
  });
  child.on("error", () => child.kill("SIGKILL"));
  child.on("exit", () => {
    pool.boxes.delete(box);
    box.current?.end(null);
  });
  hold(child, false);
  child.send({ files: interpreterFiles(), snapshot: snapshotFile } satisfies BoxStart);
  return box;
}

/** Idle boxes do not keep the program from ending. */
function hold(child: ChildProcess, isBusy: boolean): void {
  if (isBusy) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** Node's permission model, the second wall: reading what the box is made of, and threads; nothing else. */
const permissions = (entry: string): readonly string[] => [
  "--permission",
  "--allow-worker",
  "--no-warnings",
  ...[...readableBy(entry), ...(snapshotFile === null ? [] : [snapshotFile])].map(
    (path) => `--allow-fs-read=${statSync(path).isDirectory() ? join(path, "*") : path}`,
  ),
];

/** Windows starts no process without it; elsewhere the environment is empty. */
const systemNeeds = (): NodeJS.ProcessEnv =>
  process.platform === "win32" ? { SYSTEMROOT: "C:\\Windows" } : {};

function ownFolder(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(realpathSync(tmpdir()), "baimo-box-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

function emptyFolder(): string {
  const path = join(ownFolder(), "empty");
  mkdirSync(path, { recursive: true });
  return path;
}

function keepSnapshot(pool: Pool, snapshot: Uint8Array): void {
  if (pool !== trusted || snapshotFile !== null) return;
  const path = join(ownFolder(), "python.snapshot");
  writeFileSync(path, snapshot, { mode: 0o600 });
  snapshotFile = path;
}
