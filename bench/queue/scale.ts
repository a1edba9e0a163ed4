import { setTimeout as sleep } from "node:timers/promises";

import { compared, openStage, spanMs } from "./stage.ts";

const own = 8;

/** 1, 2 and 4 workers of eight requests each, against a vendor whose latency dominates: at least 0.9 of linear. */
export async function run(): Promise<boolean> {
  const rates: number[] = [];
  let same = true;
  for (const workers of [1, 2, 4]) {
    const items = 160 * workers;
    const stage = await openStage({ items, latency_ms: 500, concurrency: 64 });
    try {
      for (let at = 0; at < workers; at += 1)
        stage.work(`w${at}`, "--concurrency", String(own), "--until-done");
      await sleep(3_000);
      const code = await stage.coordinate("run.jsonl").ended;
      const stats = await stage.stats();
      // The first round begins while workers join one after another.
      const skipped = own * workers;
      const rate = (1_000 * (stats.starts.length - skipped)) / spanMs(stats, skipped);
      rates.push(rate);
      await stage.alone("alone.jsonl").ended;
      const result = await compared(stage, "run.jsonl", "alone.jsonl");
      same &&= result.same && result.answers === items && code === 0;
      const linear = rate / (workers * (rates[0] ?? rate));
      console.log(
        `  ${workers} workers: ${rate.toFixed(1)} answers/s, ${linear.toFixed(3)} of linear; most under way ${stats.peak}; as one process: ${result.same}`,
      );
    } finally {
      await stage.close();
    }
  }
  const [one = 1, two = 0, four = 0] = rates;
  return same && two / one >= 1.8 && four / one >= 3.6;
}
