/**
 * Throughput and CPU time of a whole run (grading, run file, log) against a bare undici streaming loop with as many
 * requests to the same server, alternating; then with the terminal interface against without it.
 */
import { spawnSync } from "node:child_process";

import type { Row } from "./kit/rows.ts";

import { bareRun, makeProject, ownRun, startServer } from "./kit/process.ts";
import { alternated, median, paired, rowOf } from "./kit/rows.ts";

export type Options = { readonly quick: boolean };
type Case = { readonly concurrency: number; readonly chunks: number };

const first_ms = 50;
const gap_ms = 10;

/** Length and number of runs. In a short run, JIT compilation dominates the measurement. */
const careful = { seconds: 20, rounds: 3 };
const once = { seconds: 10, rounds: 1 };
const hasty = { seconds: 3, rounds: 2 };

const cases: readonly Case[] = [64, 256, 1024].flatMap((concurrency) =>
  [1, 20, 200].map((chunks) => ({ concurrency, chunks })),
);
const quickCases: readonly Case[] = [1, 20].map((chunks) => ({ concurrency: 256, chunks }));

export async function rows({ quick }: Options): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const each of quick ? quickCases : cases) all.push(...(await measure(each, quick)));
  all.push(...(await watched(quick)));
  return all;
}

async function measure({ concurrency, chunks }: Case, quick: boolean): Promise<readonly Row[]> {
  // Bounds apply to 256.
  const { seconds, rounds } = quick ? hasty : concurrency === 256 ? careful : once;
  const items = itemsFor({ concurrency, chunks }, seconds);
  const server = await startServer({ chunks, first_ms, gap_ms, spread_ms: 0 });
  const project = await makeProject(server.url, items, concurrency);
  const servers: number[] = [];
  const seen = async <Value>(run: Promise<Value>): Promise<Value> => {
    await server.stats();
    const value = await run;
    servers.push((await server.stats()).utilisation);
    return value;
  };
  try {
    const both = await alternated<{ used: { cpu_ms: number }; wall_ms: number; trust: string }>(
      rounds,
      async () => ({
        ...(await seen(bareRun(server.url, items, concurrency, project.folder))),
        trust: "",
      }),
      async () => {
        const { used, end } = await seen(ownRun(project.folder));
        return { used, wall_ms: end.wall_ms, trust: `loop ${percent(end.loop.utilisation)}` };
      },
    );
    const name = `${concurrency} at once, ${chunks} chunk${chunks === 1 ? "" : "s"}`;
    const note = `server ${percent(median(servers))} busy; our ${both.ours.at(-1)?.trust ?? ""}; ${items} items`;
    return [
      rowOf(`throughput: ${name}`, {
        ...paired(both, ({ wall_ms }) => (items / wall_ms) * 1000),
        unit: "/s",
        ...(concurrency === 256 && { bound: { least: 0.9 } }),
        note,
      }),
      rowOf(`CPU an item: ${name}`, {
        ...paired(both, ({ used }) => used.cpu_ms / items),
        unit: "ms",
        ...(concurrency === 256 && { bound: { most: 1.5 } }),
      }),
    ];
  } finally {
    project.remove();
    await server.close();
  }
}

/** The cost of watching: the same run with the log and on its own terminal. */
async function watched(quick: boolean): Promise<readonly Row[]> {
  // util-linux's `script` provides the terminal; without it, there is no row.
  if (spawnSync("script", ["--version"]).error !== undefined) return [];
  const shape = { concurrency: 256, chunks: 20 };
  const { seconds, rounds } = quick ? hasty : careful;
  const items = itemsFor(shape, seconds);
  const server = await startServer({ chunks: shape.chunks, first_ms, gap_ms, spread_ms: 0 });
  const project = await makeProject(server.url, items, shape.concurrency);
  try {
    const both = await alternated(
      rounds,
      () => ownRun(project.folder, "log"),
      () => ownRun(project.folder, "tui"),
    );
    return [
      rowOf("throughput with the TUI, against the log: 256 at once, 20 chunks", {
        ...paired(both, ({ end }) => (items / end.wall_ms) * 1000),
        unit: "/s",
        bound: { least: 0.9 },
      }),
      rowOf("CPU an item with the TUI, against the log: 256 at once, 20 chunks", {
        ...paired(both, ({ used }) => used.cpu_ms / items),
        unit: "ms",
      }),
    ];
  } finally {
    project.remove();
    await server.close();
  }
}

/** As many items as fit in so many seconds at the server's pace, at most 25,000 chunks or 4,000 answers a second. */
function itemsFor({ concurrency, chunks }: Case, seconds: number): number {
  const pace = (concurrency * 1000) / (first_ms + (chunks - 1) * gap_ms);
  const maxRate = Math.min(pace, 4_000, 25_000 / chunks);
  return Math.max(concurrency * 2, Math.round(maxRate * seconds));
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
