/**
 * Throughput and CPU time of a run (grading, run file, log) against the bare dispatch loop with as many requests to the
 * same server, alternating. `slope` is what an item costs in the middle of a run; `whole process` has everything from
 * the first connection to the end in it, of which about a second is the compiling of code that has just become hot.
 */
import { bareRun, makeProject, ownRun, startServer, type Stats, type Used } from "./kit/process.ts";
import { usedBy } from "./kit/program.ts";
import { alternated, median, paired, type Row, rowOf } from "./kit/rows.ts";

type Case = {
  readonly streams: number;
  readonly chunks: number;
  /** Least throughput, as a share of the reference's. */
  readonly throughput?: number;
  /** Most CPU an item of the slope: as a multiple of the reference's, or in milliseconds. */
  readonly cpu?: { readonly most: number; readonly absolute?: true };
};

const cases: readonly Case[] = [
  { streams: 64, chunks: 1 },
  { streams: 64, chunks: 20, throughput: 0.97 },
  { streams: 64, chunks: 200 },
  { streams: 256, chunks: 1, throughput: 0.75, cpu: { most: 0.25, absolute: true } },
  { streams: 256, chunks: 20, throughput: 0.95, cpu: { most: 1.3 } },
  { streams: 256, chunks: 200, throughput: 0.95, cpu: { most: 1.3 } },
  { streams: 1024, chunks: 1 },
  { streams: 1024, chunks: 20, throughput: 0.8 },
  { streams: 1024, chunks: 200 },
];

const first_ms = 50;
const gap_ms = 5;
/** What the machine may be expected to bear in a second, which decides how long a run is. */
const mostAnswers = 4_000;
const mostChunks = 40_000;

const careful = { seconds: 12, rounds: 5 };
const hasty = { seconds: 4, rounds: 2 };

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const each of cases.filter(({ streams }) => !quick || streams === 256))
    all.push(...(await measure(each, quick ? hasty : careful)));
  return all;
}

type Side = {
  readonly used: Used;
  readonly wall_ms: number;
  readonly server: Stats;
  readonly slope: Slope;
  readonly thread: number | null;
};

async function measure(
  { streams, chunks, throughput, cpu }: Case,
  { seconds, rounds }: typeof careful,
): Promise<readonly Row[]> {
  const items = itemsFor(streams, chunks, seconds);
  const server = await startServer({ chunks, first_ms, gap_ms, spread_ms: 0 });
  const project = await makeProject(server.url, items, streams);
  const seen = async (
    run: () => Promise<Pick<Side, "used" | "wall_ms" | "thread">>,
  ): Promise<Side> => {
    await server.stats();
    const side = await run();
    const stats = await server.stats();
    return { ...side, server: stats, slope: slopeOf(side.used, stats, items) };
  };
  try {
    const both = await alternated(
      rounds,
      () =>
        seen(async () => {
          const { used, wall_ms } = await bareRun(server.url, items, streams, project.folder);
          return { used, wall_ms, thread: null };
        }),
      () =>
        seen(async () => {
          const { used, end } = await ownRun(project.folder);
          return { used, wall_ms: end.wall_ms, thread: end.loop.utilisation };
        }),
    );
    const shares = [both.reference, both.ours].map((sides) =>
      percent(median(sides.map(({ server: stats }) => stats.utilisation))),
    );
    const thread = percent(median(both.ours.map((side) => side.thread ?? Number.NaN)));
    const name = `${streams} × ${chunks}`;
    return [
      rowOf(`throughput, slope: ${name}`, {
        ...paired(both, ({ slope }) => slope.rate),
        unit: "/s",
        ...(throughput !== undefined && { bound: { least: throughput } }),
        note: `server ${shares.join(" and ")} busy; transport thread ${thread}; ${items} items`,
      }),
      rowOf(`throughput, whole run: ${name}`, {
        ...paired(both, ({ wall_ms }) => (items / wall_ms) * 1000),
        unit: "/s",
      }),
      rowOf(`CPU an item, slope: ${name}`, {
        ...paired(both, ({ slope }) => slope.cpu_ms),
        unit: "ms",
        ...(cpu !== undefined && {
          bound: { most: cpu.most },
          absolute: cpu.absolute === true,
        }),
      }),
      rowOf(`CPU an item, whole process: ${name}`, {
        ...paired(both, ({ used }) => used.cpu_ms / items),
        unit: "ms",
      }),
      rowOf(`peak memory: ${name}`, { ...paired(both, ({ used }) => used.peak_mb), unit: "MB" }),
    ];
  } finally {
    project.remove();
    await server.close();
  }
}

/** Per item and per second, between the moments at which these shares of the answers had ended. */
const middle = { from: 0.4, to: 0.95 };

type Slope = { readonly rate: number; readonly cpu_ms: number };

function slopeOf({ samples }: Used, { progress }: Stats, items: number): Slope {
  const reached = (share: number) => progress.find(([, ended]) => ended >= share * items);
  const [from, to] = [reached(middle.from), reached(middle.to)];
  if (from === undefined || to === undefined || to[1] === from[1])
    return { rate: Number.NaN, cpu_ms: Number.NaN };
  const done = to[1] - from[1];
  return {
    rate: (done / (to[0] - from[0])) * 1000,
    cpu_ms: (usedBy(samples, to[0]) - usedBy(samples, from[0])) / done,
  };
}

/**
 * V8 optimises what is called once for an answer after some 10,500 answers, all at the same moment: a second of computing, which
 * belongs to the fixed costs of a run. Where it comes at all, it comes before the part of the run that is the slope.
 */
const compiled = { after: 10_500, items: 30_000 };

/** As many items as fit in so many seconds at the server's pace. */
function itemsFor(streams: number, chunks: number, seconds: number): number {
  const pace = (streams * 1000) / (first_ms + (chunks - 1) * gap_ms);
  const rate = Math.min(pace, mostAnswers, mostChunks / chunks);
  const items = Math.max(streams * 2, Math.round(rate * seconds));
  return items * middle.to < compiled.after ? items : Math.max(items, compiled.items);
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
