import { openStage } from "./stage.ts";

const rpm = 600;
const minuteMs = 60_000;

/** 600 requests a minute for an account that four workers share: at least 90 % used, and no window of 60 s above 612. */
export async function run(): Promise<boolean> {
  const stage = await openStage({ items: 1_300, latency_ms: 200, concurrency: 64, rpm });
  try {
    for (const name of ["a", "b", "c", "d"]) stage.work(name, "--until-done");
    const code = await stage.coordinate("run.jsonl").ended;
    const { starts } = await stage.stats();
    let most = 0;
    for (let from = 0, to = 0; to < starts.length; to += 1) {
      while ((starts[to] ?? 0) - (starts[from] ?? 0) >= minuteMs) from += 1;
      most = Math.max(most, to - from + 1);
    }
    const used = ((starts.length - 1) * minuteMs) / ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / rpm;
    console.log(
      `  ${starts.length} requests, ${(100 * used).toFixed(1)} % of ${rpm} a minute used; most in any 60 s: ${most} (${((100 * most) / rpm - 100).toFixed(1)} %)`,
    );
    return code === 0 && used >= 0.9 && most <= rpm * 1.02;
  } finally {
    await stage.close();
  }
}
