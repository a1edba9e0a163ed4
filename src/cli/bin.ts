#!/usr/bin/env node
import module from "node:module";

import { startTransportThread } from "../transport/thread/start.ts";
import { type Host, main } from "./main.ts";

// Saves compiling at each start; Node keeps the cache in the system's folder for temporary files.
module.enableCompileCache?.();
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 19)) {
  watchOutput();
  process.exitCode = await main(process.argv.slice(2), createHost());
} else {
  process.stderr.write(
    `baimo 需要 Node.js 22.19 或更新版本 · baimo needs Node.js 22.19 or newer (${process.version})\n`,
  );
  process.exitCode = 2;
}

/**
 * A reader that closes the pipe early (`| head`) is not an error: the command goes on, because a run costs money, and
 * ends with its own code. If output cannot be written for another reason, code 0 becomes 3.
 */
function watchOutput(): void {
  let failed = false;
  const onError = ({ code = "", message }: NodeJS.ErrnoException): void => {
    if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || failed) return;
    failed = true;
    process.stderr.write(`baimo: ${message}\n`);
  };
  process.stdout.on("error", onError);
  process.stderr.on("error", onError);
  process.on("exit", () => {
    if (failed) process.exitCode ||= 3;
  });
}

/** The first Ctrl-C lets what is under way finish, the second ends it, the third ends the process. */
function createHost(): Host {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const onSignal = (): void => {
    if (aborting.signal.aborted) process.exit(130);
    if (stopping.signal.aborted) aborting.abort();
    else stopping.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    cwd: process.cwd(),
    env: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    warn: (text) => void process.stderr.write(`${text}\n`),
    columns: process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 120),
    isTTY: process.stdout.isTTY,
    startThread: startTransportThread,
    signal: aborting.signal,
    stopping: stopping.signal,
  };
}
