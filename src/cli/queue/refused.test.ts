import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { AskJob, type AskReport, prefix, queueNames, RunNotice } from "../../queue/messages.ts";
import { hasRedis, startRedis, type TestRedis } from "../../queue/testing/redis.ts";
import { command as run } from "../commands/run.ts";
import { command as worker } from "../commands/worker.ts";
import { call } from "../testing/call.ts";
import { newFolder } from "../testing/command-context.ts";

const env = { ONE_KEY: "sk-one-0123456789abcdef" };
let folder = "";
let server: TestRedis;
let redis: Redis;
let notice: RunNotice;
let job: AskJob;

/** What a real coordinator makes known and gives out, while no worker is there. */
beforeAll(async () => {
  if (!hasRedis) return;
  server = await startRedis();
  redis = new Redis(server.url);
  folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nproviders:\n  one: {protocol: openai-chat, base_url: "http://127.0.0.1:9/v1", auth: {scheme: bearer, env: ONE_KEY}, egress: 内网, limits: {scope: account, concurrency: 4}, models: [{id: m}]}\n`,
  );
  writeFileSync(
    join(folder, "q.yaml"),
    `schema: suite/1\nid: q\ntasks: [{id: t, dimension: [数学], grader: {use: numeric}, items: [{id: a, question: "1 加 1？", answer: 2}]}]\n`,
  );
  const stop = new AbortController();
  const values = { model: "one/m", out: "run.jsonl", reporter: "silent", queue: server.url };
  const { signal } = stop;
  const running = call(run, { cwd: folder, env, stopping: signal, args: ["q.yaml"], values });
  await vi.waitFor(
    async () => expect(await redis.keys(`${prefix}:jobs-*-0:wait`)).toHaveLength(1),
    { timeout: 60_000 },
  );
  const [id = ""] = await redis.smembers(queueNames.runs);
  notice = RunNotice.parse(JSON.parse((await redis.get(queueNames.notice(id))) ?? ""));
  const queue = openQueue<AskJob>(queueNames.jobs(id, 0));
  job = AskJob.parse((await queue.getWaiting())[0]?.data);
  await queue.close();
  stop.abort();
  await running;
});
afterEach(async () => {
  if (hasRedis) await redis.del(queueNames.runs);
});
afterAll(async () => {
  if (!hasRedis) return;
  redis.disconnect();
  await server.close();
});

const openQueue = <Data>(name: string): Queue<Data> =>
  new Queue<Data>(name, { connection: redis, prefix });

async function announce(told: RunNotice): Promise<void> {
  await redis.set(queueNames.notice(told.id), JSON.stringify(told), "PX", 60_000);
  await redis.sadd(queueNames.runs, told.id);
}

/** A worker that serves while `meanwhile` goes on; gives what it ended with. */
async function served(name: string, meanwhile: () => Promise<void>): Promise<unknown> {
  const stop = new AbortController();
  const values = { queue: server.url, name };
  const working = call(worker, { cwd: folder, env, stopping: stop.signal, values }).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    await meanwhile();
  } finally {
    stop.abort();
  }
  return working;
}

const isThere = (id: string, name: string): Promise<void> =>
  vi.waitFor(async () => expect(await redis.hexists(queueNames.workers(id), name)).toBe(1), {
    timeout: 60_000,
  });

describe.skipIf(!hasRedis)("a worker refuses", () => {
  test("a run of another version", async () => {
    const other = { ...notice, id: "other", tool: { ...notice.tool, version: "9.9.9" } };
    await announce(other);
    const values = { queue: server.url, name: "v" };
    await expect(call(worker, { cwd: folder, env, values })).rejects.toMatchObject({
      exitCode: 2,
      text: {
        en: expect.stringMatching(/run other uses baimo 9\.9\.9[^,]*, and this is /) as string,
      },
    });
  });

  test("a run whose plan changed meanwhile, and says which suite differs", async () => {
    const before = { ...notice, id: "plan" };
    await announce(before);
    const suites = notice.suites.map((suite) => ({ ...suite, digest: "0".repeat(32) }));
    const values = { queue: server.url, name: "p" };
    const working = call(worker, { cwd: folder, env, values }).then(
      () => null,
      (error: unknown) => error,
    );
    await isThere("plan", "p");
    await announce({ ...before, suites, plan_digest: "another" });
    expect(await working).toMatchObject({
      exitCode: 2,
      text: {
        en: expect.stringMatching(/plan of run plan has changed \(suite q differs\)/) as string,
      },
    });
  });

  test.each([
    [
      "whose item is not the one that was sent",
      (sent: AskJob) => ({
        ...sent,
        item: {
          ...sent.item,
          asks: sent.item.asks.map((each) => ({
            ...each,
            messages: [{ role: "user" as const, text: "2 加 2？" }],
          })),
        },
      }),
      /is not the one that was sent: its digest differs/,
    ],
    [
      "of another plan",
      (sent: AskJob) => ({ ...sent, plan_digest: "another" }),
      /belongs to plan another, and this worker serves /,
    ],
    [
      "for a prompt that its item does not have",
      (sent: AskJob) => ({ ...sent, ask: 7 }),
      /has no prompt 7/,
    ],
  ])("a job %s", async (what, tampered, message) => {
    const id = `job-${what.length}`;
    await announce({ ...notice, id });
    const jobs = openQueue<AskJob>(queueNames.jobs(id, 0));
    const reports = openQueue<AskReport>(queueNames.reports(id));
    await jobs.add("ask", tampered(job), { removeOnFail: true });
    const ended = await served("t", async () => {
      await expect
        .poll(async () => (await reports.getWaiting())[0]?.data, { timeout: 60_000 })
        .toMatchObject({
          line: null,
          key: job.key,
          fault: expect.stringMatching(message) as string,
        });
    });
    expect(ended).toBeNull();
    await jobs.close();
    await reports.close();
  });
});
