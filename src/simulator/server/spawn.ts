import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { Hello } from "./process.ts";
import type { SimulatorOptions } from "./server.ts";

import { UserError } from "../../domain/text.ts";

/** Options that can be passed to another process. */
export type SpawnOptions = Omit<SimulatorOptions, "onRequest" | "refind">;

export type SpawnedSimulator = {
  /** `http://127.0.0.1:port`, without a path. */
  readonly url: string;
  readonly port: number;
  readonly models: readonly string[];
  readonly pid: number;
  readonly close: () => Promise<void>;
};

/**
 * Starts the simulator in its own process, so that its work does not disturb the caller's timings. It inherits neither
 * environment nor standard output, and it ends when `close` is called or the caller dies.
 * Rejects with a `UserError` where a suite cannot be read.
 */
export async function spawnSimulator(options: SpawnOptions = {}): Promise<SpawnedSimulator> {
  const file = import.meta.url.endsWith(".ts") ? "./process.ts" : "./process.js";
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [...loaderArgs(process.execArgv), entry], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {},
  });
  const exited = once(child, "exit");
  // A child that dies before it reads its options is handled by its exit, not here.
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify(options)}\n`);
  const close = async () => {
    child.ref();
    child.stdin.end();
    await exited;
  };
  const hello = await Promise.race([helloOf(child.stdout), exited.then(() => null)]);
  if (hello === null || "error" in hello) {
    await close();
    if (hello?.text) throw new UserError(hello.text, hello.problems);
    throw new Error(`the simulator did not start: ${hello?.error ?? "it ended at once"}`);
  }
  // The caller may end without calling `close`, so the child must not keep it alive.
  child.stdout.destroy();
  child.unref();
  return { ...hello, pid: child.pid ?? 0, close };
}

/**
 * Those of the flags node was started with that load TypeScript. All others are dropped: with `-e` among them the child
 * would run the caller's script, which would start the next child, and so on forever.
 */
export function loaderArgs(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => {
    const [name = ""] = arg.split("=");
    return takesValue.has(name) || takesValue.has(args[index - 1] ?? "");
  });
}

const takesValue = new Set(["--require", "-r", "--import", "--loader", "--experimental-loader"]);

async function helloOf(stdout: NodeJS.ReadableStream): Promise<Hello | null> {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as Hello;
  return null;
}
