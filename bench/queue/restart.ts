import { setTimeout as sleep } from "node:timers/promises";

import { compared, openStage } from "./stage.ts";

const items = 600;

/** Redis restarts in the middle and the run goes on; then it goes for good: exit 3, a clear message, and the run can go on. */
export async function run(): Promise<boolean> {
  const stage = await openStage({ items, latency_ms: 400, concurrency: 32 });
  try {
    await stage.alone("alone.jsonl").ended;
    const workers = ["a", "b"].map((name) => stage.work(name, "--concurrency", "4"));
    const first = stage.coordinate("run.jsonl");
    await sleep(10_000);
    await stage.redis.stop();
    await sleep(3_000);
    await stage.redis.start();
    await sleep(10_000);
    await stage.redis.stop("SIGKILL");
    const [code, ...others] = await Promise.all([first, ...workers].map(({ ended }) => ended));
    const last = first.said().trim().split("\n").at(-1) ?? "";
    console.log(`  gone for good: exit ${code}, workers ${others.join(" and ")}: ${last}`);
    await stage.redis.start();
    for (const name of ["a", "b"]) stage.work(name, "--until-done");
    const again = await stage.coordinate("run.jsonl").ended;
    const result = await compared(stage, "run.jsonl", "alone.jsonl");
    const asked = (await stage.stats()).repeats - items;
    console.log(
      `  resumed: exit ${again}, ${result.answers} answer lines of ${items}, ${asked} asked twice; as one process: ${result.same}`,
    );
    return code === 3 && again === 0 && result.same && result.answers === items;
  } finally {
    await stage.close();
  }
}
