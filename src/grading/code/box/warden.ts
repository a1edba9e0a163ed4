/**
 * The process of a box. It has no environment, an empty folder and no right to write a file or start a process; its
 * main thread runs no program but watches the thread that does, and ends it when its time is over.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";

import type { CellData, CellMessage, CellRequest } from "./cell.ts";
import type {
  BoxFailure,
  BoxReply,
  BoxRequest,
  BoxResult,
  BoxStart,
  ProbeResult,
} from "./messages.ts";

import { noResult } from "./messages.ts";
import { wasm, type WasmModule } from "./wasm.ts";

/** From the process to its parent. */
export type WardenMessage =
  /** A program begins: what ends this process from now on may be its doing. */
  | { readonly kind: "begun" }
  | { readonly kind: "reply"; readonly reply: BoxReply }
  | { readonly kind: "snapshot"; readonly snapshot: Uint8Array };

/**
 * A program that does not ask what time it is, such as one long call into C, is ended from outside: when this process
 * has used more processor time than the limit and a margin for its other threads, or after a multiple of the limit.
 */
const margin = { share: 1.5, ms: 300, wallShare: 8, wallMs: 2_000 } as const;
const tickMs = 50;
/** Of this file and its neighbours: in a checkout, and in a build. */
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
const cellLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };

type Watch = {
  readonly nonce: string;
  readonly limitMs: number;
  readonly cpu: NodeJS.CpuUsage;
  readonly at: number;
  /** Results of the probes so far; null before the program has reached its end. */
  probes: ProbeResult[] | null;
};

let data: CellData = {
  files: { python: null, javascript: null, sql: null },
  snapshot: null,
};
/** Compiled once, for the first program in Python: many boxes never get one. */
let python: Promise<WasmModule> | null = null;
let cell: Worker | null = null;
let running: BoxRequest | null = null;
let watch: Watch | null = null;

function begin({ files, snapshot }: BoxStart): void {
  data = { files, snapshot: snapshot === null ? null : shared(readFileSync(snapshot)) };
}

async function requestOf(request: BoxRequest): Promise<CellRequest> {
  const file = request.job.language === "python" ? data.files.python : null;
  if (file === null) return { request, python: null };
  python ??= wasm.compile(readFileSync(join(dirname(file), "pyodide.asm.wasm")));
  return { request, python: await python };
}

/** Memory that every cell sees without a copy of its own. */
function shared(bytes: Uint8Array): Uint8Array {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}

function startCell(): Worker {
  const worker = new Worker(new URL(`./cell${extension}`, import.meta.url), {
    workerData: data,
    env: {},
    resourceLimits: cellLimits,
  });
  worker.on("message", (message: CellMessage) => {
    if (worker === cell) hear(message);
  });
  worker.on("error", (error: unknown) => {
    const { message, code } = error as NodeJS.ErrnoException;
    const kind = code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "crash";
    if (worker === cell) end({ kind, message });
  });
  worker.on("exit", () => {
    if (worker === cell) end({ kind: "crash", message: "the interpreter's thread ended" });
  });
  return worker;
}

function hear(message: CellMessage): void {
  switch (message.kind) {
    case "begun":
      tell({ kind: "begun" });
      if (running !== null)
        watch = {
          nonce: message.nonce,
          limitMs: running.job.limits.time_ms,
          cpu: process.cpuUsage(),
          at: performance.now(),
          probes: null,
        };
      return;
    case "loaded":
      if (watch !== null) watch.probes = [];
      return;
    case "probed":
      watch?.probes?.push(message.probe);
      return;
    case "snapshot":
      data = { ...data, snapshot: shared(message.snapshot) };
      tell({ kind: "snapshot", snapshot: message.snapshot });
      return;
    case "reply":
      if (message.spent) drop();
      finish(message.reply);
  }
}

/** Ends the cell with its program. */
function end(failure: BoxFailure): void {
  const nonce = running?.nonce;
  drop();
  if (nonce !== undefined) finish({ nonce, result: endedBy(failure) });
}

/** What came until then; what happens before a program begins is not its fault. */
function endedBy(failure: BoxFailure): BoxResult {
  if (watch === null && failure.kind === "crash")
    return noResult({ ...failure, kind: "unavailable" });
  const probes = watch?.probes ?? null;
  return probes === null
    ? noResult(failure)
    : { ...noResult(failure), failure: null, probes: [...probes, { failure }] };
}

function drop(): void {
  const old = cell;
  cell = null;
  void old?.terminate();
}

function finish(reply: BoxReply): void {
  running = null;
  watch = null;
  tell({ kind: "reply", reply });
}

const tell = (message: WardenMessage): void => {
  if (process.connected) process.send?.(message);
};

function look(): void {
  if (watch === null) return;
  const { user, system } = process.cpuUsage(watch.cpu);
  const { limitMs, at } = watch;
  const isOver =
    (user + system) / 1000 > limitMs * margin.share + margin.ms ||
    performance.now() - at > limitMs * margin.wallShare + margin.wallMs;
  if (isOver) end({ kind: "time", message: `more than ${limitMs / 1000} s` });
}

process.on("message", (message: BoxStart | BoxRequest) => {
  if ("files" in message) {
    begin(message);
    return;
  }
  running = message;
  requestOf(message).then(
    (request) => {
      cell ??= startCell();
      cell.postMessage(request);
    },
    (error: unknown) => end({ kind: "crash", message: String(error) }),
  );
});
const ticking = setInterval(look, tickMs);
// Without a parent there is nobody to answer.
process.on("disconnect", () => {
  clearInterval(ticking);
  drop();
});
