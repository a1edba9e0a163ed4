/**
 * Gives the process that imports it a temporary folder of its own and removes that at its end: when it has done its
 * work, when it fails, and when a signal stops it. What it starts with its environment uses the same folder. A process that
 * was killed outright removes nothing: the next one does, a day later.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

// Compiled code is shared by all processes and kept, in the place where Node keeps it by default.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");

const prefix = "baimo-of-";
const stale_ms = 86_400_000;
for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
  const path = join(tmpdir(), name);
  const age_ms = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
  if (age_ms > stale_ms && !isRunning(Number(name.split("-")[2])))
    rmSync(path, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and runs.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
// Passable, as the system's folder is: what a test lays inside for another user decides for itself.
chmodSync(folder, 0o711);
process.env["TMPDIR"] = folder;
// A child that is still writing may fill a folder that has just been emptied: hence once more.
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    // Whoever else listens ends the process in its own way.
    if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
  });
