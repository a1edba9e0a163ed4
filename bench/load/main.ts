/**
 * What `baimo load` is worth, on servers of known capacity: `npm run bench:load` [-- --only NAME,NAME] [--requests N] [--docs]. Needs
 * `npm run build` first. With --docs, what is measured goes into the tables of docs/performance.md, in both languages. Names: knee, omission, streams, interrupt, peers (see `peers.ts` for what that one needs).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import "../../own-temporary.ts";
import { fixed, percent } from "../../src/report/render/format.ts";
import { readLoad } from "../../src/store/load/load-file.ts";
import { writeTable } from "../kit/docs.ts";
import { knee } from "./knee.ts";
import { comparePeers } from "./peers.ts";
import { baimo, configFor, load, only, startQueueServer } from "./rig.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    requests: { type: "string" },
    docs: { type: "boolean", default: false },
  },
});

/** A server that stalls for two seconds each thirty: what an open and a closed loop tell of it. */
async function omission(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
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
    rows.push([
      `\`${loop.join(" ")}\``,
      String(step?.arrivals),
      percent(step?.goodput?.value ?? null),
      shown(step?.ttft_ms.p50?.value),
      shown(step?.ttft_ms.p99?.value),
    ]);
  }
  return rows;
}

/** Milliseconds. */
const shown = (ms: number | null | undefined, decimals = 0): string =>
  ms === null || ms === undefined ? "—" : `${fixed(ms, decimals)} ms`;

/** 1,024 streams at once for a minute. */
async function streams(): Promise<readonly (readonly string[])[]> {
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
  const { outcomes = {} } = step ?? {};
  const errors = (step?.arrivals ?? 0) - (outcomes["ok"] ?? 0);
  const half = memory.slice(Math.floor(memory.length / 2));
  return [
    [
      String(step?.arrivals),
      String(errors),
      fixed(step?.in_flight ?? Number.NaN, 0),
      shown(step?.send_lag_p99_ms, 1),
      `${Math.min(...half)}–${Math.max(...half)} MB`,
      String(step?.trusted),
    ],
  ];
}

async function rssOf(pid: number): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

/** Ctrl-C at moments all over a load: the table comes, and a second later the server has no socket of it. */
async function interrupt(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const after of [900, 1_200, 1_500, 2_000, 2_500, 3_200, 4_000, 5_200, 6_500]) {
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
    rows.push([
      `${fixed(after / 1_000, 1)} s`,
      String(before.requests),
      String(sockets - 1),
      String(code),
      String(text.includes("Good")),
    ]);
    await server.close();
  }
  return rows;
}

const sections = {
  knee: () => knee(values.requests),
  omission,
  streams,
  interrupt,
  peers: comparePeers,
};
for (const [name, section] of Object.entries(sections)) {
  if (values.only !== undefined && !values.only.split(",").includes(name)) continue;
  console.log(`\n## ${name}`);
  const rows = await section();
  if (values.docs) writeTable(`load: ${name}`, rows);
}
