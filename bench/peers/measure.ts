import { rmSync } from "node:fs";
import { join } from "node:path";

import type { Tool } from "./tool.ts";

import { makeProject, startServer, type Stamps } from "../kit/process.ts";
import { type CpuSamples, type Ran, ran, readSamples, usedBy } from "../kit/program.ts";

const shape = { chunks: 20, first_ms: 50, gap_ms: 5, spread_ms: 0 };

/** A run that takes longer is ended and has no figures. */
const limit_s = 300;

/** What one run of a program took and did. */
export type Measured = {
  readonly items: number;
  readonly streams: number;
  /** Replies that the server gave. */
  readonly answers: number;
  /** Replies a second from the first request of the items to the end of the last reply. */
  readonly rate: number;
  /** From that request to the end of the program, an item. */
  readonly cpu_ms: number;
  readonly rss_mb: number;
  /** From the start of the program to that request: time, and CPU of all its processes. */
  readonly first_s: number;
  readonly first_cpu_s: number;
  /** Null where the program grades nothing. */
  readonly right: number | null;
  /** Requests under way at the server, on average: fewer than may be where a program does not keep up. */
  readonly under_way: number;
  /** How much of a core the server used meanwhile. */
  readonly server: number;
};

/** Runs a program on a server of its own. Throws, with what it printed, where it failed or did not ask all items. */
export async function measure(
  tool: Tool,
  at: string,
  items: number,
  streams: number,
): Promise<Measured> {
  const server = await startServer(shape);
  const project = await makeProject(server.url, items, streams);
  const job = { url: server.url, folder: project.folder, items, streams };
  const samples = join(project.folder, "samples.txt");
  try {
    const { command, args, env } = tool.prepare(job, at);
    await server.stats();
    const used = await ran(command, args, project.folder, {
      ...env,
      USAGE_SAMPLES: samples,
      USAGE_LIMIT_S: String(limit_s),
    });
    const { cpu_ms } = await server.stats();
    const stamps = await server.stamps();
    if (used.code !== 0 || stamps.length < items)
      throw new Error(
        `${tool.name} ended with ${used.code} after ${stamps.length} of ${items} replies: ${used.stdout.slice(-2_000)}${used.stderr.slice(-2_000)}`,
      );
    const figures = figuresOf(used, readSamples(samples), stamps, { items, cpu_ms });
    return { ...figures, streams, right: tool.right(job, used.stdout) };
  } finally {
    project.remove();
    rmSync(samples, { force: true });
    await server.close();
  }
}

/** Figures of a run from what it used, what it had used by when, and the server's stamps. */
export function figuresOf(
  { cpu_s, all_rss_mb }: Pick<Ran, "cpu_s" | "all_rss_mb">,
  samples: CpuSamples,
  stamps: readonly Stamps[],
  given: { readonly items: number; readonly cpu_ms: number },
): Omit<Measured, "streams" | "right"> {
  const asked = withoutTrial(stamps, given.items);
  const first = Math.min(...asked.map(({ received }) => received));
  const span_ms = Math.max(...asked.map(({ last }) => last)) - first;
  const first_cpu_s = usedBy(samples, first);
  return {
    items: given.items,
    answers: stamps.length,
    rate: (asked.length / span_ms) * 1_000,
    cpu_ms: ((cpu_s - first_cpu_s) * 1_000) / given.items,
    rss_mb: all_rss_mb,
    first_s: (first - (samples[0]?.[0] ?? Number.NaN)) / 1_000,
    first_cpu_s,
    under_way: asked.reduce((sum, { received, last }) => sum + last - received, 0) / span_ms,
    server: given.cpu_ms / span_ms,
  };
}

/** Without the requests by which a program tries the server before it begins: as many of the earliest as there are too many. */
const withoutTrial = (stamps: readonly Stamps[], items: number): readonly Stamps[] =>
  stamps.toSorted((a, b) => a.received - b.received).slice(stamps.length - items);
