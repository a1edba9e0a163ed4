/**
 * Measures what the engine promises: `npm run endurance [lanes] [rpm] [budget]` (all by default).
 *
 * - lanes: one lane answers 429 for a minute; how much slower are the others? Median of five paired rounds.
 * - rpm: a vendor that enforces 600 requests per minute, stated to us or not: how much is used, how much refused?
 * - budget: 50 seeded runs of ¥1.00 with faults: how far is it exceeded?
 */
import { spawn } from "node:child_process";
import { once } from "node:events";

import "../own-temporary.ts";

import type { AnswerLine } from "../src/domain/run-file/lines.ts";

import { makeRig } from "../src/cli/testing/rig.ts";
import { loaderArgs } from "../src/simulator/server/spawn.ts";

const parts: Readonly<Record<string, () => Promise<void>>> = { lanes, rpm, budget };
const wanted = process.argv.slice(2);
const [child] = wanted;
if (child === "lanes-calm" || child === "lanes-storm") {
  await oneOfLanes(child === "lanes-calm" ? "calm" : "storm");
} else {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
}

/** With and without the storm, concurrently in two processes, so that other load on the machine affects both. */
async function lanes(): Promise<void> {
  const rounds: Readonly<Record<string, number>>[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const both = round % 2 === 1 ? (["calm", "storm"] as const) : (["storm", "calm"] as const);
    const walls = new Map(
      await Promise.all(both.map(async (kind) => [kind, await laneWalls(kind)] as const)),
    );
    const [calm = {}, storm = {}] = [walls.get("calm"), walls.get("storm")];
    const slower = Object.fromEntries(
      Object.entries(calm).map(([target, ms]) => [target, (storm[target] ?? Number.NaN) / ms - 1]),
    );
    rounds.push(slower);
    const shown = Object.entries(slower).map(
      ([target, share]) =>
        `${target} ${seconds(calm[target] ?? 0)} alone, ${seconds(storm[target] ?? 0)} beside it: ${percent(share)}`,
    );
    console.log(`  round ${round}: ${shown.join("; ")}`);
  }
  for (const target of Object.keys(rounds[0] ?? {})) {
    const shares = rounds.map((each) => each[target] ?? Number.NaN).toSorted((x, y) => x - y);
    console.log(
      `lanes: ${target} median of ${shares.length} rounds: ${percent(shares[2] ?? 0)} slower`,
    );
  }
}

/** Wall time of each of the other lanes, measured in a separate process. */
async function laneWalls(kind: "calm" | "storm"): Promise<Readonly<Record<string, number>>> {
  const child = spawn(
    process.execPath,
    [...loaderArgs(process.execArgv), import.meta.filename, `lanes-${kind}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  await once(child, "close");
  return JSON.parse(text) as Readonly<Record<string, number>>;
}

async function oneOfLanes(kind: "calm" | "storm"): Promise<void> {
  const items = 700;
  const others = ["sim/xiliu", "sim/baicao"];
  const rig = await makeRig({
    items,
    separate: true,
    speed: 1,
    models: ["xiliu", "baicao", "fengche"],
    limits: { scope: "model", concurrency: 6 },
    policy: { backoff_ms: 500, backoff_cap_ms: 30_000, patience_ms: 120_000 },
    script: {
      schema: "faults/1",
      rules:
        kind === "calm"
          ? []
          : [
              {
                model: "fengche",
                seconds: { from: 0, to: 60 },
                do: { fault: "status", status: 429 },
              },
            ],
    },
  });
  const start = performance.now();
  const last: Record<string, number> = {};
  const counts = new Map<string, number>();
  const stop = new AbortController();
  await rig.run({
    stopping: stop.signal,
    observe: (event) => {
      if (event.kind !== "answer") return;
      const count = (counts.get(event.target) ?? 0) + 1;
      counts.set(event.target, count);
      if (count === items && others.includes(event.target)) {
        last[event.target] = performance.now() - start;
      }
      if (others.every((target) => counts.get(target) === items)) stop.abort();
    },
  });
  await rig.close();
  console.log(JSON.stringify(last));
}

async function rpm(): Promise<void> {
  for (const stated of [true, false]) {
    const rig = await makeRig({
      items: 1_560,
      separate: true,
      speed: 1,
      models: ["baicao"],
      limits: { concurrency: 32, ...(stated ? { rpm: 600 } : {}) },
      params: { max_tokens: 40 },
      policy: { backoff_ms: 500, backoff_cap_ms: 30_000, patience_ms: 120_000 },
      script: { schema: "faults/1", limits: [{ rpm: 600, hint: "retry-after" }] },
    });
    const start = performance.now();
    const accepted: number[] = [];
    const refused: number[] = [];
    await rig.run({
      observe: ({ kind }) => {
        if (kind === "answer") accepted.push(performance.now() - start);
        if (kind === "retrying") refused.push(performance.now() - start);
      },
    });
    await rig.close();
    const end = Math.min(150_000, accepted.at(-1) ?? 0);
    const within = (times: readonly number[]): number =>
      times.filter((at) => at >= 60_000 && at < end).length;
    const used = within(accepted) / ((end - 60_000) / 100);
    const share = within(refused) / (within(accepted) + within(refused));
    console.log(
      `rpm: 600 ${stated ? "stated" : "not stated"}: ${(used * 100).toFixed(1)}% used, ` +
        `${(share * 100).toFixed(2)}% refused after the first minute (${refused.length} in all)`,
    );
  }
}

async function budget(): Promise<void> {
  const spent: number[] = [];
  for (let seed = 1; seed <= 50; seed += 1) {
    const rig = await makeRig({
      items: 60,
      price: 300,
      limits: { concurrency: 8 },
      script: {
        schema: "faults/1",
        seed,
        rules: [
          {
            share: 0.2,
            do: [{ fault: "truncate" }, { fault: "status", status: 500 }, { fault: "reset" }],
          },
        ],
      },
    });
    const end = await rig.run({ settings: { max_cost: { amount: 1, currency: "CNY" } } });
    if (end.status !== "budget") throw new Error(`seed ${seed}: ${end.status}`);
    const answers = (await rig.lines()).filter(
      (line): line is AnswerLine => line.kind === "answer",
    );
    const calls = answers.flatMap(({ turns }) => turns);
    spent.push(calls.reduce((sum, { cost }) => sum + (cost?.amount ?? 0), 0));
    await rig.close();
  }
  const sorted = spent.toSorted((left, right) => left - right);
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  console.log(`budget: 50 runs of ¥1.00 spent ¥${least.toFixed(3)} to ¥${most.toFixed(3)}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
