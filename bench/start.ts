/** Start-up of the built program against `node -e 0`, and how long `run` takes to its first request. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

import { builtEntry, makeProject, ownRun, plainEnv, startServer } from "./kit/process.ts";
import { alternated, median, paired, type Row, rowOf } from "./kit/rows.ts";

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const rounds = quick ? 7 : 21;
  const server = await startServer({ chunks: 1, first_ms: 5, gap_ms: 0, spread_ms: 0 });
  const project = await makeProject(server.url, 20, 4);
  const timed =
    (...args: readonly string[]) =>
    () => {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, {
        cwd: project.folder,
        env: plainEnv(),
      });
      if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
      return Promise.resolve(performance.now() - start);
    };
  const empty = timed("-e", "0");
  try {
    const help = await alternated(rounds, empty, timed(builtEntry, "--help"));
    const check = await alternated(rounds, empty, timed(builtEntry, "check", "sums.yaml"));
    const first = await alternated(
      rounds,
      async () => ({ ms: await empty(), cpu_ms: 0 }),
      firstRequest,
    );
    return [
      rowOf("start: --help, against node -e 0", {
        ...paired(help, same),
        unit: "ms",
        bound: { most: 1.7 },
      }),
      rowOf("start: check of 20 items, against node -e 0", {
        ...paired(check, same),
        unit: "ms",
        bound: { most: 200 },
        absolute: true,
      }),
      rowOf("start: first request of run", {
        value: median(first.ours.map(({ ms }) => ms)),
        unit: "ms",
        bound: { most: 300 },
        note: `node -e 0 takes ${median(first.reference.map(({ ms }) => ms)).toFixed(0)} ms beside it`,
      }),
      rowOf("start: CPU of run to its first connection", {
        value: median(first.ours.map(({ cpu_ms }) => cpu_ms)),
        unit: "ms",
      }),
    ];
  } finally {
    project.remove();
    await server.close();
  }
}

const same = (value: number): number => value;

/**
 * Time from before the process is started, as a user starts it, until the server has received its first request; and in
 * a second run, under the probe, the CPU time used until then.
 */
async function firstRequest(): Promise<{ readonly ms: number; readonly cpu_ms: number }> {
  const server = await startServer({ chunks: 1, first_ms: 5, gap_ms: 0, spread_ms: 0 });
  const project = await makeProject(server.url, 20, 4);
  try {
    const start = Number(process.hrtime.bigint()) / 1e6;
    const child = spawn(process.execPath, [builtEntry, "run", "--reporter", "silent"], {
      cwd: project.folder,
      env: plainEnv(),
      stdio: "ignore",
    });
    const [code] = (await once(child, "exit")) as [number | null];
    const { first_request } = await server.stats();
    if (code !== 0 || first_request === null) throw new Error(`the run ended with ${code}`);
    const { used } = await ownRun(project.folder, "silent");
    return { ms: first_request - start, cpu_ms: used.start_cpu_ms };
  } finally {
    project.remove();
    await server.close();
  }
}
