import { setTimeout as sleep } from "node:timers/promises";

import { seededRandom } from "../../src/stats/random.ts";
import { compared, openStage } from "./stage.ts";

const items = 2_000;
const own = 4;
const names = ["a", "b", "c", "d"];

/**
 * 20 SIGKILLs of workers and 3 of the coordinator at random moments; each is started again. No finished answer is lost, what is
 * asked twice was under way at a kill, the file is valid and says what one process says.
 */
export async function run(): Promise<boolean> {
  const stage = await openStage({ items, latency_ms: 400, concurrency: 64 });
  const random = seededRandom(7);
  try {
    const work = (name: string) => stage.work(name, "--concurrency", String(own));
    const workers = new Map(names.map((name) => [name, work(name)]));
    let coordinator = stage.coordinate("run.jsonl");
    await sleep(6_000);
    for (let kill = 1; kill <= 23; kill += 1) {
      await sleep(500 + 1_500 * random());
      if (kill % 7 === 0) {
        coordinator.child.kill("SIGKILL");
        await coordinator.ended;
        coordinator = stage.coordinate("run.jsonl");
        continue;
      }
      const name = names[Math.floor(random() * names.length)] ?? "a";
      const worker = workers.get(name);
      worker?.child.kill("SIGKILL");
      await worker?.ended;
      workers.set(name, work(name));
    }
    const code = await coordinator.ended;
    const { repeats, questions } = await stage.stats();
    await stage.alone("alone.jsonl").ended;
    const result = await compared(stage, "run.jsonl", "alone.jsonl");
    const most = 20 * own;
    console.log(
      `  exit ${code}: ${result.keys} of ${items} keys, ${result.answers} answer lines; ${repeats} asked twice of ${questions} (at most ${most} were under way at the kills); as one process: ${result.same}`,
    );
    if (code !== 0) console.log(coordinator.said().slice(-2_000));
    return code === 0 && result.same && result.answers === items && repeats <= most;
  } finally {
    await stage.close();
  }
}
