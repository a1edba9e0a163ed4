import module from "node:module";
import { createInterface } from "node:readline/promises";
import { setFlagsFromString } from "node:v8";

import { startTransportThread } from "../transport/thread/start.ts";
import { type Host, main } from "./main.ts";
import { systemError } from "./system-error.ts";

const onQueue = process.argv.some((each) => /^--queue(=|$)/.test(each));
if (onQueue && process.argv.includes("run")) startAgain("--no-concurrent-recompilation");
// llhttp's WebAssembly would be compiled a second time after some answers, or at once without the first flag, which takes 25 MB for a
// program that is not what takes the time. Set before code of an earlier start is read, which is good under the same flags alone.
setFlagsFromString("--no-wasm-tier-up");
setFlagsFromString("--no-wasm-dynamic-tiering");
// Saves compiling at each start; Node keeps the cache in the system's folder for temporary files. It keeps what it has read
// of it in memory to the end as well: what works on a queue runs for hours and starts once.
if (!onQueue) module.enableCompileCache?.();
const cwd = workingFolder();
if (cwd === null) {
  process.stderr.write(
    "当前文件夹已被删除，请换到一个存在的文件夹再运行 · the current folder has been deleted; change to one that exists\n",
  );
  process.exitCode = 2;
} else {
  watchOutput();
  process.exitCode = await main(process.argv.slice(2), createHost(cwd));
}

/**
 * Replaces this process by the same one with a flag of V8 that counts only at the start; goes on where it has the flag, or where
 * the system cannot do that, as Windows. A coordinator works for hours and times nobody: of the threads that compile in the
 * background, each keeps the most memory it ever needed, some 30 MB together.
 */
function startAgain(flag: string): void {
  const { execPath, execArgv, argv, platform } = process;
  if (!process.execve || platform === "win32" || execArgv.includes(flag)) return;
  try {
    process.execve(execPath, [execPath, flag, ...execArgv, ...argv.slice(1)]);
  } catch {
    // Not on this system.
  }
}

/** Null if it has been deleted. */
function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/**
 * A reader that closes the pipe early (`| head`) is not an error: the command goes on, because a run costs money, and
 * ends with its own code. If output cannot be written for another reason, code 0 becomes 3.
 */
function watchOutput(): void {
  let failed = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    const { code = "", message } = error;
    if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || failed) return;
    failed = true;
    const { zh, en } = systemError(error)?.text ?? { zh: message, en: message };
    process.stderr.write(`输出没有写完：${zh} · the output was not written whole: ${en}\n`);
  };
  process.stdout.on("error", onError);
  process.stderr.on("error", onError);
  process.on("exit", () => {
    if (failed) process.exitCode ||= 3;
  });
}

/**
 * While there is something to finish, the first Ctrl-C lets it, the second ends it, the third ends the process. At all
 * other times the system ends the process itself, at once, however busy it is.
 */
function createHost(cwd: string): Host {
  const stopping = new AbortController();
  const aborting = new AbortController();
  let finishing = 0;
  const onSignal = (): void => {
    if (finishing === 0 || aborting.signal.aborted) process.exit(130);
    if (stopping.signal.aborted) aborting.abort();
    else stopping.abort();
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  const listen = (): void => signals.forEach((signal) => process.on(signal, onSignal));
  const unlisten = (): void => signals.forEach((signal) => process.off(signal, onSignal));
  // The first process of a container gets no signal that it does not listen to.
  const always = process.pid === 1;
  if (always) listen();
  return {
    finishing: async (work) => {
      finishing += 1;
      if (finishing === 1 && !always) listen();
      try {
        return await work();
      } finally {
        finishing -= 1;
        if (finishing === 0 && !always) unlisten();
      }
    },
    cwd,
    env: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    warn: (text) => void process.stderr.write(`${text}\n`),
    columns: process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 120),
    isTTY: process.stdout.isTTY,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
    startThread: startTransportThread,
    now: () => new Date(),
    signal: aborting.signal,
    stopping: stopping.signal,
  };
}

/** A line from the terminal; empty where the input has ended. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
