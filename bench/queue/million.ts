import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { openStage, processorSeconds, residentMb } from "./stage.ts";

const items = Number(process.env["ITEMS"] ?? 1_000_000);
const minutes = Number(process.env["MINUTES"] ?? 60);
const allowed = { coordinator: 250, redis: 200 };
const everyMs = 30_000;

/**
 * A million items through the real coordinator and its Redis, from the plan to the last line, with workers that ask nobody: the
 * memory of both, the rate, and the processor time of the coordinator. `ITEMS` and `MINUTES` make it shorter; what is not done
 * by then is said.
 */
export async function run(): Promise<boolean> {
  const stage = await openStage({ items, latency_ms: 5, concurrency: 256 });
  const hands: ChildProcess[] = [];
  try {
    const coordinator = stage.coordinate("run.jsonl");
    const pid = coordinator.child.pid ?? 0;
    hands.push(
      spawn(process.execPath, [join(import.meta.dirname, "hands.ts"), stage.url, "256"], {
        stdio: "inherit",
      }),
    );
    const begun = performance.now();
    const most = { coordinator: 0, redis: 0 };
    let told = begun;
    let cpu = 0;
    const done = (): number => {
      const [, count = "0"] = [...coordinator.said().matchAll(/\] (\d+)\/\d+/g)].at(-1) ?? [];
      return Number(count);
    };
    while (coordinator.child.exitCode === null && performance.now() - begun < minutes * 60_000) {
      await sleep(500);
      const now = await residentMb(pid);
      most.coordinator = Math.max(most.coordinator, now);
      most.redis = Math.max(most.redis, await residentMb(stage.redis.pid()));
      cpu = Math.max(cpu, await processorSeconds(pid));
      if (performance.now() - told < everyMs) continue;
      told = performance.now();
      console.log(
        `  ${((told - begun) / 1_000).toFixed(0)} s: ${done()} answers, ${now.toFixed(0)} MB, ${cpu.toFixed(0)} s of processor time`,
      );
    }
    const seconds = (performance.now() - begun) / 1_000;
    const answers = done();
    console.log(
      `  ${answers} of ${items} in ${seconds.toFixed(0)} s (${(answers / seconds).toFixed(0)} a second), exit ${coordinator.child.exitCode ?? "none yet"}: coordinator at most ${most.coordinator.toFixed(0)} MB and ${((1_000 * cpu) / Math.max(1, answers)).toFixed(2)} ms of processor time an answer, Redis ${most.redis.toFixed(0)} MB`,
    );
    return (
      coordinator.child.exitCode === 0 &&
      answers === items &&
      most.coordinator <= allowed.coordinator &&
      most.redis <= allowed.redis
    );
  } finally {
    for (const each of hands) each.kill("SIGKILL");
    await stage.close();
  }
}
