import { setTimeout as sleep } from "node:timers/promises";

import { openStage, residentMb } from "./stage.ts";

const items = Number(process.env["ITEMS"] ?? 1_000_000);
const seconds = Number(process.env["SECONDS"] ?? 240);
const allowed = { coordinator: 250, redis: 200 };

/** A million items: the memory of the coordinator and of Redis, from the plan until `SECONDS` after the first answer. */
export async function run(): Promise<boolean> {
  const stage = await openStage({ items, latency_ms: 5, concurrency: 256 });
  try {
    for (const name of ["a", "b"]) stage.work(name);
    const coordinator = stage.coordinate("run.jsonl");
    const most = { coordinator: 0, redis: 0 };
    let started: number | null = null;
    const isOver = (): boolean => coordinator.child.exitCode !== null;
    while (!isOver() && (started === null || performance.now() - started < 1_000 * seconds)) {
      await sleep(500);
      most.coordinator = Math.max(most.coordinator, await residentMb(coordinator.child.pid ?? 0));
      most.redis = Math.max(most.redis, await residentMb(stage.redis.pid()));
      if (started === null && (await stage.stats()).questions > 0) started = performance.now();
    }
    const { questions } = await stage.stats();
    console.log(
      `  ${questions} of ${items} answered: coordinator at most ${most.coordinator.toFixed(0)} MB, Redis ${most.redis.toFixed(0)} MB`,
    );
    return most.coordinator <= allowed.coordinator && most.redis <= allowed.redis;
  } finally {
    await stage.close();
  }
}
