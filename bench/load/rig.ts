import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { LoadSummary } from "../../src/domain/load/summary.ts";

import { readLoad } from "../../src/store/load/load-file.ts";
import { ran } from "../kit/program.ts";

/** A queue server in its own process. */
export type QueueServer = {
  readonly url: string;
  readonly get: <T>(path: "stats" | "stamps") => Promise<T>;
  readonly close: () => Promise<void>;
};

export async function startQueueServer(
  options: Readonly<Record<string, string | number>>,
): Promise<QueueServer> {
  const file = join(import.meta.dirname, "queue-server.ts");
  const args = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    get: async <T>(path: string) =>
      (await (await fetch(`${url}/${path}`, { headers: { connection: "close" } })).json()) as T,
    close: async () => {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

/** When the server had a request, began and ended to serve it, and wrote its last event; milliseconds. */
export type Stamp = {
  readonly received: number;
  readonly served: number;
  readonly first: number;
  readonly last: number;
  readonly max_gap: number;
};

/** A folder with a config that names the server as `mine/queue-1`. */
export function configFor(url: string): string {
  const folder = mkdtempSync(join(tmpdir(), "baimo-load-"));
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nproviders:\n  mine:\n    protocol: openai-chat\n    base_url: ${url}/v1\n    auth:\n      scheme: none\ntargets: [mine/queue-1]\n`,
  );
  return folder;
}

/** The built program. */
export const baimo = [join(import.meta.dirname, "../../dist/cli/bin.js")] as const;

/** Runs `baimo load` in a folder and reads its file; `used` is the time and memory it took. */
export async function load(folder: string, args: readonly string[]) {
  const out = `load-${performance.now()}.jsonl`;
  const used = await ran(
    process.execPath,
    [...baimo, "load", "--plain", "--lang", "en", "-o", out, ...args],
    folder,
  );
  const file = await readLoad(join(folder, out));
  return { used, file, summary: file.end?.summary ?? { targets: [] } };
}

/** The first target of a load, the only one here. */
export const only = ({ targets }: LoadSummary) => targets[0];
