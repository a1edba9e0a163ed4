/**
 * What the engine is held to, measured: `npm run endurance [lanes] [rpm] [budget]` (all by default).
 *
 * - lanes: one lane answers 429 for a minute; how much slower are the others?
 * - rpm: a vendor that enforces 600 requests a minute, stated to us and not: how much is used, how much refused?
 * - budget: 50 seeded runs of ¥1.00 with faults: how far beyond?
 */
import type { AnswerLine } from "../src/domain/record.ts";
import type { FaultScriptInput } from "../src/simulator/faults/script.ts";

import { makeRig } from "../src/cli/testing/rig.ts";

const parts: Readonly<Record<string, () => Promise<void>>> = { lanes, rpm, budget };
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part();
}

async function lanes(): Promise<void> {
  const wall = async (script: FaultScriptInput): Promise<Readonly<Record<string, number>>> => {
    const rig = await makeRig({
      items: 700,
      separate: true,
      speed: 1,
      models: ["xiliu", "baicao", "fengche"],
      limits: { scope: "model", concurrency: 6 },
      policy: { backoff_ms: 500, backoff_cap_ms: 30_000, patience_ms: 120_000 },
      script,
    });
    const start = performance.now();
    const last: Record<string, number> = {};
    const counts: Record<string, number> = {};
    const stop = new AbortController();
    const end = await rig.run({
      stopping: stop.signal,
      observe: (event) => {
        if (event.kind !== "answer") return;
        counts[event.target] = (counts[event.target] ?? 0) + 1;
        if (counts[event.target] === 700) last[event.target] = performance.now() - start;
        if (counts["sim/xiliu"] === 700 && counts["sim/baicao"] === 700) stop.abort();
      },
    });
    const lane = end.lanes?.find((each) => each.lane === "sim/fengche");
    console.log(`  throttled lane: ${lane?.requests} requests, ${lane?.refused} refused`);
    await rig.close();
    return last;
  };
  const calm = await wall({ schema: "faults/1" });
  const storm = await wall({
    schema: "faults/1",
    rules: [
      { model: "fengche", seconds: { from: 0, to: 60 }, do: { fault: "status", status: 429 } },
    ],
  });
  for (const [target, before] of Object.entries(calm)) {
    const after = storm[target] ?? Number.NaN;
    const change = ((after / before - 1) * 100).toFixed(1);
    console.log(
      `lanes: ${target} ${seconds(before)} alone, ${seconds(after)} beside it: ${change}%`,
    );
  }
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

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
