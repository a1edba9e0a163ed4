/** The cost of watching: throughput and CPU time of the same run with the log and on its own terminal, alternating. */
import { spawnSync } from "node:child_process";

import { makeProject, ownRun, startServer } from "./kit/process.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";

const concurrency = 256;
const shape = { chunks: 20, first_ms: 50, gap_ms: 10, spread_ms: 0 };
/** What the server paces in a second. */
const pace = 1_000;

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  // util-linux's `script` provides the terminal; without it, there is no row.
  if (spawnSync("script", ["--version"]).error !== undefined) return [];
  const items = pace * (quick ? 3 : 20);
  const server = await startServer(shape);
  const project = await makeProject(server.url, items, concurrency);
  try {
    const both = await alternated(
      quick ? 2 : 3,
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
