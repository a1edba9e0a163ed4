/**
 * What `baimo load` is worth, on servers of known capacity: `npm run bench:load` [-- --only NAME,NAME] [--requests N]. Needs
 * `npm run build` first. Names: knee, omission, streams, interrupt, peers (see `peers.ts` for what that one needs).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import type { LoadSummary } from "../../src/domain/load/summary.ts";

import { isGood } from "../../src/engine/load/good.ts";
import { createStation, lognormal } from "../../src/stats/testing/queue.ts";
import { readLoad } from "../../src/store/load/load-file.ts";
import { comparePeers } from "./peers.ts";
import { baimo, configFor, ran, startQueueServer } from "./rig.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, requests: { type: "string", default: "6000" } },
});

async function load(folder: string, args: readonly string[]) {
  const out = `load-${performance.now()}.jsonl`;
  const used = await ran(
    process.execPath,
    [...baimo, "load", "--plain", "--lang", "en", "-o", out, ...args],
    folder,
  );
  const file = await readLoad(join(folder, out));
  return { used, file, summary: file.end?.summary ?? { targets: [] } };
}

const only = ({ targets }: LoadSummary) => targets[0];

/** A search over sockets, against the knee by an event simulation of its own. */
async function knee(): Promise<void> {
  const [slots, mean, sigma, slo] = [64, 2, 0.3, 4];
  const bad = (rate: number): number => {
    const { totals } = createStation({ slots, service: lognormal(mean, sigma) }, 5)(rate, 400_000);
    return totals.subarray(40_000).reduce((sum, total) => sum + (total > slo ? 1 : 0), 0) / 360_000;
  };
  let [low, high] = [1, slots / mean];
  for (let round = 0; round < 14; round += 1) {
    const middle = (low + high) / 2;
    if (bad(middle) > 0.05) high = middle;
    else low = middle;
  }
  const server = await startQueueServer({
    slots,
    mean_ms: mean * 1_000,
    shape: sigma,
    chunks: 3,
    gap_ms: 5,
  });
  const { used, file, summary } = await load(configFor(server.url), [
    "--slo",
    `ttft=${slo}s`,
    "--requests",
    values.requests,
    "--max-time",
    "15m",
  ]);
  await server.close();
  console.log(used.stdout.split("\n")[0]);
  console.log({
    truth_per_s: (low + high) / 2,
    knee: only(summary)?.knee,
    sent: file.rows.length,
    wall_s: used.wall_s,
  });
  // Goodput again, from the rows alone.
  const again = file.steps.map(
    ({ step }) =>
      file.rows.filter(
        (row) => row.step === step && row.phase === "measure" && isGood(row, file.head.plan.slo),
      ).length,
  );
  console.log(
    "goodput again from rows equals the summary:",
    JSON.stringify(again) === JSON.stringify(only(summary)?.steps.map(({ good }) => good)),
  );
}

/** A server that stalls for two seconds each thirty: what an open and a closed loop tell of it. */
async function omission(): Promise<void> {
  const args = ["--duration", "60s", "--warmup", "2s", "--slo", "ttft=1s"];
  for (const loop of [
    ["--rate", "20"],
    ["--concurrency", "2"],
  ]) {
    const server = await startQueueServer({
      slots: 64,
      mean_ms: 100,
      shape: "constant",
      chunks: 3,
      gap_ms: 5,
      stall_every_ms: 30_000,
      stall_ms: 2_000,
    });
    const { summary } = await load(configFor(server.url), [...loop, ...args]);
    await server.close();
    const step = only(summary)?.steps[0];
    console.log(loop.join(" "), {
      arrivals: step?.arrivals,
      good: step?.goodput?.value,
      p50: step?.ttft_ms.p50?.value,
      p90: step?.ttft_ms.p90?.value,
      p99: step?.ttft_ms.p99?.value,
      send_lag_p99_ms: step?.send_lag_p99_ms,
    });
  }
}

/** 1,024 streams at once for a minute. */
async function streams(): Promise<void> {
  const server = await startQueueServer({
    slots: 4_096,
    mean_ms: 1_000,
    shape: 0.3,
    chunks: 20,
    gap_ms: 500,
  });
  const folder = configFor(server.url);
  const child = spawn(
    process.execPath,
    [
      ...baimo,
      "load",
      "--plain",
      "--concurrency",
      "1024",
      "--duration",
      "60s",
      "--warmup",
      "10s",
      "--ramp",
      "5s",
      "-o",
      "streams.jsonl",
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const memory: number[] = [];
  const watch = setInterval(() => void rssOf(child.pid ?? 0).then((mb) => memory.push(mb)), 5_000);
  await once(child, "exit");
  clearInterval(watch);
  await server.close();
  const file = await readLoad(join(folder, "streams.jsonl"));
  const step = file.end === null ? undefined : only(file.end.summary)?.steps[0];
  console.log({
    outcomes: step?.outcomes,
    in_flight: step?.in_flight,
    send_lag_p99_ms: step?.send_lag_p99_ms,
    trusted: step?.trusted,
    threads: file.head.plan.threads,
    memory_mb: memory,
  });
}

async function rssOf(pid: number): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

/** Ctrl-C at moments all over a load: the table comes, and a second later the server has no socket of it. */
async function interrupt(): Promise<void> {
  for (const after of [900, 1_500, 2_500, 4_000, 6_500]) {
    const server = await startQueueServer({
      slots: 16,
      mean_ms: 2_000,
      shape: "exponential",
      chunks: 10,
      gap_ms: 100,
    });
    const folder = configFor(server.url);
    const child = spawn(
      process.execPath,
      [
        ...baimo,
        "load",
        "--plain",
        "--lang",
        "en",
        "--rate",
        "20,40",
        "--duration",
        "5s",
        "--warmup",
        "1s",
        "-o",
        "cut.jsonl",
      ],
      { cwd: folder, stdio: ["ignore", "pipe", "ignore"] },
    );
    let text = "";
    child.stdout.on("data", (piece: Buffer) => (text += piece.toString()));
    await sleep(after);
    const before = await server.get<{ requests: number }>("stats");
    child.kill("SIGINT");
    const stopped = performance.now();
    const ended = once(child, "exit");
    await sleep(1_000);
    const { sockets } = await server.get<{ sockets: number }>("stats");
    const [code] = (await ended) as [number | null];
    console.log({
      after_ms: after,
      sent: before.requests,
      sockets_after_1s: sockets - 1,
      exit: code,
      ended_after_ms: Math.round(performance.now() - stopped),
      table: text.includes("Good"),
    });
    await server.close();
  }
}

const sections = { knee, omission, streams, interrupt, peers: comparePeers };
for (const [name, section] of Object.entries(sections)) {
  if (values.only !== undefined && !values.only.split(",").includes(name)) continue;
  console.log(`\n## ${name}`);
  await section();
}
