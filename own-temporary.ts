/**
 * Gives the process that imports it a temporary folder of its own and removes that at its end: when it has done its
 * work, when it fails, and when a signal stops it. What it starts with its environment uses the same folder.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

// Compiled code is shared by all processes and kept, in the place where Node keeps it by default.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");

const folder = mkdtempSync(join(tmpdir(), "baimo-"));
process.env["TMPDIR"] = folder;
// A child that is still writing may fill a folder that has just been emptied: hence once more.
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    // Whoever else listens ends the process in its own way.
    if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
  });
