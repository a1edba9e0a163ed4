import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { createInterface } from "node:readline";

/** Debian's package; where it is absent, tests of the queue are left out, and in CI they fail. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

const absent =
  "redis-server is not installed, so the tests of the queue are left out · 没有 redis-server，跳过队列的测试：apt-get install -y redis-server";
if (!hasRedis && (env["CI"] ?? "") !== "") throw new Error(absent);
if (!hasRedis) console.warn(absent);

export type TestRedis = {
  readonly url: string;
  readonly pid: () => number;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts a Redis of its own on a free port of loopback, with an AOF in a folder of its own. */
export async function startRedis(more: readonly string[] = []): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-redis-"));
  const port = await freePort();
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = await launch([...argsOf(folder, port), ...more]);
  };
  const stop = async (signal: NodeJS.Signals = "SIGTERM"): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => child.pid ?? 0,
    start,
    stop,
    close: async () => {
      await stop("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const argsOf = (folder: string, port: number): readonly string[] =>
  `--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes`
    .split(" ")
    .concat("--save", "");

async function launch(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      if (line.includes("Ready to accept connections")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
