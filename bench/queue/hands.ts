/**
 * Workers that ask nobody, in a process of their own: `hands.ts URL HANDS`. They take the jobs of a run as real workers do, add the two
 * numbers of a question up and report, so that a machine of few cores can show what a coordinator and its Redis do with a million.
 */
import { setTimeout as sleep } from "node:timers/promises";

import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

import type { AskJob, AskReport, WorkerSign } from "../../src/queue/messages.ts";

import { jobIdOf, prefix, queueNames, RunNotice } from "../../src/queue/messages.ts";
import { answerLine } from "../../src/report/testing/lines.ts";

const [url = "", hands = "128"] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
let run = "";
while (run === "") {
  [run = ""] = await connection.smembers(queueNames.runs);
  await sleep(200);
}
const notice = await readNotice();
if (notice === null) throw new Error("the run has no notice");
const [target] = notice.targets;
if (target === undefined) throw new Error("the run has no target");
const reports = new Queue<AskReport>(queueNames.reports(run), { connection, prefix });
const worker = `hands-${process.pid}`;
const reported = {
  attempts: 1_000,
  backoff: { type: "fixed", delay: 5_000 },
  removeOnComplete: true,
  removeOnFail: true,
};
let answers = 0;
const taker = new Worker<AskJob>(
  queueNames.jobs(run, 0),
  async ({ data }) => {
    const { plan_digest, key, item } = data;
    const text = item.turns[0]?.question ?? "";
    const [, a = 0, b = 0] = (/(\d+) \+ (\d+)/.exec(text) ?? []).map(Number);
    const made = answerLine({ item: item.item, target: target.ref, text: String(a + b) });
    const line = { ...made, key, digest: item.asks[0]?.ask_digest ?? made.digest, worker };
    answers += 1;
    const report = { plan_digest, key, target: target.ref, worker, line, storm: null, fault: null };
    await reports.add("report", report, { jobId: jobIdOf(key), ...reported });
  },
  { connection, prefix, name: worker, concurrency: Number(hands), lockDuration: 60_000 },
);
taker.on("error", () => undefined);
let isOver = false;
for (let beat = 1; !isOver; beat += 1) {
  isOver = (await readNotice())?.state === "ended";
  const health = { utilisation: 0, lag_p99_ms: 0, send_lag_p50_ms: null, trusted: true };
  const sign: WorkerSign = {
    worker,
    region: null,
    tool: notice.tool,
    beat,
    serves: [target.ref],
    refuses: [],
    in_flight: 0,
    answers,
    utilisation: 0,
    lag_p99_ms: 0,
    loop: isOver ? health : null,
  };
  await connection.hset(queueNames.workers(run), worker, JSON.stringify(sign));
  await sleep(1_000);
}
process.exit(0);

async function readNotice(): Promise<RunNotice | null> {
  const text = await connection.get(queueNames.notice(run));
  return text === null ? null : RunNotice.parse(JSON.parse(text));
}
