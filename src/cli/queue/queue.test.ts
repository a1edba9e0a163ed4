import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { UserError } from "../../domain/text.ts";
import { hasRedis, startRedis, type TestRedis } from "../../queue/testing/redis.ts";
import { readRun } from "../../store/runs/reader.ts";
import { command as leaderboard } from "../commands/leaderboard.ts";
import { command as run } from "../commands/run.ts";
import { command as worker } from "../commands/worker.ts";
import { call } from "../testing/call.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";

type Asked = { readonly key: string; readonly text: string };

let folder = "";
let redis: TestRedis;
let vendor: Server;
let asked: Asked[] = [];
/** Held back until this is open. */
let gate: Promise<void> = Promise.resolve();

/** Adds two numbers up, after `gate`. */
function startVendor(): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const reply = async (): Promise<void> => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        readonly messages: readonly { readonly content: string }[];
      };
      const text = body.messages.map(({ content }) => content).join("\n");
      asked.push({ key: request.headers.authorization ?? "", text });
      const [, a = 0, b = 0] = (/(\d+) 加 (\d+)[^]*$/.exec(text) ?? []).map(Number);
      await gate;
      response.writeHead(200, { "content-type": "application/json" });
      const message = { role: "assistant", content: String(a + b) };
      const choices = [{ index: 0, message, finish_reason: "stop" }];
      const usage = { prompt_tokens: 9, completion_tokens: 1 };
      response.end(JSON.stringify({ model: "m", choices, usage }));
    };
    request.on("end", () => void reply());
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  if (!hasRedis) return;
  redis = await startRedis();
  vendor = await startVendor();
  folder = newFolder();
  const port = (vendor.address() as AddressInfo).port;
  const provider = (env: string): string =>
    `{protocol: openai-chat, base_url: "http://127.0.0.1:${port}/v1", auth: {scheme: bearer, env: ${env}}, egress: 内网, limits: {scope: account, concurrency: 4}, models: [{id: m}]}`;
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nproviders:\n  one: ${provider("ONE_KEY")}\n  two: ${provider("TWO_KEY")}\n`,
  );
  const items = Array.from({ length: 12 }, (_, at) =>
    at % 3 === 0
      ? `{id: i${at}, turns: [{user: "${at} 加 1？", answer: ${at + 1}}, {user: "${at} 加 2？", answer: ${at + 2}}]}`
      : `{id: i${at}, question: "${at} 加 ${at}？", answer: ${at === 5 ? 0 : 2 * at}}`,
  );
  writeFileSync(
    join(folder, "q.yaml"),
    `schema: suite/1\nid: q\ntasks: [{id: t, dimension: [数学], grader: {use: numeric}, items: [${items.join(", ")}]}]\n`,
  );
});
afterAll(async () => {
  if (!hasRedis) return;
  vendor.closeAllConnections();
  vendor.close();
  await redis.close();
});

const password = "pass-of-the-queue";
const keys = { ONE_KEY: "sk-one-0123456789abcdef", TWO_KEY: "sk-two-0123456789abcdef" };

const coordinate = (
  out: string,
  values: Readonly<Record<string, string | readonly string[]>> = {},
) =>
  call(run, {
    cwd: folder,
    args: ["q.yaml"],
    values: { model: "one/m", out, reporter: "log", queue: redis.url, ...values },
  });

type Working = (stopping: AbortSignal) => ReturnType<typeof call>;

const work =
  (
    name: string,
    values: Readonly<Record<string, string | boolean>> = {},
    env: Readonly<Record<string, string>> = keys,
  ): Working =>
  (stopping) =>
    call(worker, { cwd: folder, env, stopping, values: { queue: redis.url, name, ...values } });

/** A run and its workers, which go when it has ended, however it did. */
async function together(running: ReturnType<typeof call>, ...workers: readonly Working[]) {
  const stop = new AbortController();
  const working = workers.map((start) => start(stop.signal));
  try {
    return await running;
  } finally {
    stop.abort();
    await Promise.allSettled(working);
  }
}

/** Tokens of the jobs that somebody has in hand, or had when it died. With `keep` none of them runs out. */
async function locksOf(server: Redis, keep = false): Promise<readonly string[]> {
  const locks = await server.keys("*:lock");
  if (keep) await Promise.all(locks.map((lock) => server.persist(lock)));
  const tokens = await Promise.all(locks.map((lock) => server.get(lock)));
  return tokens.filter((token) => token !== null);
}

const linesOf = (file: string): Promise<readonly RunFileLine[]> => readRun(join(folder, file));
const answersOf = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
  lines.filter((line) => line.kind === "answer");

/** What must not depend on who asked. */
const judged = (lines: readonly RunFileLine[]): readonly string[] =>
  lines
    .flatMap((line) => {
      if (line.kind === "score") return [JSON.stringify({ ...line, judge_calls: null })];
      if (line.kind !== "answer") return [];
      const { key, digest, outcome, turns } = line;
      return [JSON.stringify({ key, digest, outcome, said: turns.map(({ text }) => text) })];
    })
    .toSorted();

describe.skipIf(!hasRedis)("a run on a queue", () => {
  test("says what one process says, and which worker stood where", async () => {
    const alone = await call(run, {
      cwd: folder,
      env: keys,
      args: ["q.yaml"],
      values: { model: "one/m", out: "alone.jsonl", reporter: "silent" },
    });
    expect(alone.code).toBe(0);
    const ended = await together(
      coordinate("two.jsonl"),
      work("a", { region: "cn-北京", concurrency: "2" }),
      work("b", { region: "eu", concurrency: "2" }),
    );
    expect(ended.code).toBe(0);
    const lines = await linesOf("two.jsonl");
    expect(judged(lines)).toEqual(judged(await linesOf("alone.jsonl")));
    expect(
      answersOf(lines).every(({ worker: by, region }) => by !== undefined && region !== undefined),
    ).toBe(true);
    const end = lines.findLast((line) => line.kind === "end");
    expect(end?.workers?.reduce((sum, { answers }) => sum + answers, 0)).toBe(12);
    // The worker's health came, not that of a process which asked nothing.
    expect(end?.workers?.every(({ loop }) => loop !== null)).toBe(true);
    expect(end?.lanes?.[0]).toMatchObject({ lane: "one", cap: 4, refused: 0 });
    expect(ended.text).toMatch(/工作进程 a（cn-北京） 已加入/);
    const { text } = await runCommand(leaderboard, folder, ["two.jsonl"]);
    expect(text).toMatch(/各地域的首字延迟 p50\/p95：/);
  });

  test("no secret is in Redis, and nothing of the run is left there", async () => {
    const seen: string[] = [];
    const watcher = new Redis(redis.url);
    const monitor = await watcher.monitor();
    monitor.on("monitor", (_time: string, args: readonly string[]) => seen.push(args.join(" ")));
    await together(coordinate("secret.jsonl"), work("a"));
    monitor.disconnect();
    const left = await watcher.keys("*");
    watcher.disconnect();
    expect(seen.length).toBeGreaterThan(50);
    for (const key of Object.values(keys)) expect(seen.join("\n")).not.toContain(key);
    expect(left.filter((key) => /jobs-|reports-|workers:|:runs/.test(key))).toEqual([]);
    expect(asked.some(({ key }) => key === `Bearer ${keys.ONE_KEY}`)).toBe(true);
  });

  test("a target that no worker can ask is told with the reason, stops, and is asked when the run goes on", async () => {
    const only = { model: ["one/m", "two/m"], "wait-workers": "1" };
    const ended = await together(
      coordinate("part.jsonl", only),
      work("a", {}, { ONE_KEY: keys.ONE_KEY }),
    );
    expect(ended.code).toBe(3);
    expect(ended.text).toMatch(/! 没有工作进程能问 two\/m：a：缺少密钥：环境变量 TWO_KEY 未设置/);
    expect(ended.text).toMatch(/■ two\/m 不再提问：没有工作进程能问它/);
    expect(answersOf(await linesOf("part.jsonl")).length).toBe(12);
    const going = { resume: "part.jsonl", reporter: "silent", queue: redis.url };
    const again = await together(call(run, { cwd: folder, values: going }), work("a"));
    expect(again.code).toBe(0);
    expect(new Set(answersOf(await linesOf("part.jsonl")).map(({ key }) => key)).size).toBe(24);
  });

  test("Redis restarts and the run goes on; it goes for good, and the run ends with 3 and can go on", async () => {
    const own = await startRedis();
    const opened = Promise.withResolvers<void>();
    gate = opened.promise;
    const values = { queue: own.url };
    const few = work("g", { ...values, concurrency: "2" });
    let before = asked.length;
    const running = together(coordinate("gone.jsonl", values), few);
    await expect.poll(() => asked.length - before).toBe(2);
    await own.stop();
    await own.start();
    opened.resolve();
    const ended = await running;
    expect(ended.code).toBe(0);
    expect(ended.text).toMatch(/的连接断了，等它恢复[^]*恢复了/);
    expect(new Set(answersOf(await linesOf("gone.jsonl")).map(({ key }) => key)).size).toBe(12);

    const closed = Promise.withResolvers<void>();
    gate = closed.promise;
    before = asked.length;
    const patient = { BAIMO_REDIS_PATIENCE: "1" };
    const given = { model: "one/m", out: "lost.jsonl", reporter: "log", ...values };
    const ends = Promise.allSettled([
      call(run, { cwd: folder, env: patient, args: ["q.yaml"], values: given }),
      work(
        "g",
        { ...values, concurrency: "2" },
        { ...keys, ...patient },
      )(new AbortController().signal),
    ]);
    await expect.poll(() => asked.length - before).toBe(2);
    await own.stop("SIGKILL");
    closed.resolve();
    for (const each of await ends) {
      const error = each.status === "rejected" ? (each.reason as unknown) : null;
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({ exitCode: 3 });
      expect(error instanceof UserError ? error.text.zh : "").toMatch(/已断开 1 秒.*--resume/);
    }
    // What the worker was paid for is in its journal, and comes when both are back; what it had in hand is free at once.
    await own.start();
    const looking = new Redis(own.url);
    const held = await locksOf(looking, true);
    expect(held.length).toBeGreaterThanOrEqual(2);
    const reopened = Promise.withResolvers<void>();
    gate = reopened.promise;
    const going = together(coordinate("lost.jsonl", values), work("g", values), work("h", values));
    const isFree = async (): Promise<void> =>
      expect((await locksOf(looking)).filter((token) => held.includes(token))).toEqual([]);
    // They do not run out: somebody frees them. Whatever comes of it, the run and its workers end.
    const freed = await vi.waitFor(isFree, { timeout: 60_000 }).then(
      () => true,
      () => false,
    );
    reopened.resolve();
    const back = await going;
    looking.disconnect();
    await own.stop();
    expect(freed).toBe(true);
    expect(back.code).toBe(0);
    expect(answersOf(await linesOf("lost.jsonl")).length).toBe(12);
    const texts = asked.slice(before).map(({ text }) => text);
    expect(texts.toSorted()).toEqual([...new Set(texts)].toSorted());
    await own.close();
  });

  describe("is refused with the reason", () => {
    test.each([
      [
        "a wrong password",
        ["--requirepass", password],
        ":wrong@",
        2,
        /不接受这个用户名或密码.*BAIMO_REDIS_PASSWORD/,
      ],
      ["no password", ["--requirepass", password], "", 2, /需要密码/],
      [
        "a Redis that evicts",
        ["--maxmemory-policy", "allkeys-lru"],
        "",
        2,
        /maxmemory-policy 是 allkeys-lru.*noeviction/,
      ],
    ])("%s", async (_, config, login, code, message) => {
      const own = await startRedis(config);
      const queue = own.url.replace("//", `//${login}`);
      const env = { env: keys };
      const given = { model: "one/m", out: "no.jsonl", reporter: "silent", queue };
      for (const ended of [
        await runCommand(run, folder, ["q.yaml"], given, env),
        await runCommand(worker, folder, [], { queue }, env),
      ]) {
        expect(ended.error).toMatch(message);
        expect(ended.error).not.toContain("wrong@");
        expect(ended.code).toBe(code);
      }
      await own.close();
    });

    test("the password may stand in the environment", async () => {
      const own = await startRedis(["--requirepass", password]);
      const env = { ...keys, BAIMO_REDIS_PASSWORD: password };
      const values = { model: "one/m", out: "pass.jsonl", reporter: "silent", queue: own.url };
      const ended = await together(
        call(run, { cwd: folder, env, args: ["q.yaml"], values }),
        work("p", { queue: own.url }, env),
      );
      expect(ended.code).toBe(0);
      expect(readFileSync(join(folder, "pass.jsonl"), "utf8")).not.toContain(password);
      await own.close();
    });

    test.each([
      ["nothing there", "redis://127.0.0.1:9", 3, /连不上 redis:\/\/127\.0\.0\.1:9/],
      ["no URL", "127.0.0.1:6379", 2, /--queue 应是 redis:\/\//],
      ["another scheme", "http://user:secret@host", 2, /得到 "http:\/\/host\/"/],
    ])("%s", async (_, queue, code, message) => {
      const ended = await runCommand(worker, folder, [], { queue });
      expect(ended.error).toMatch(message);
      expect(ended.code).toBe(code);
    });

    test.each([
      [{ "via-sim": true }, /--via-sim 不能与 --queue 同用/],
      [{ batch: true }, /--batch 不能与 --queue 同用/],
    ])("%j", async (values, message) => {
      const given = { model: "one/m", out: "no.jsonl", queue: redis.url, ...values };
      const { error } = await runCommand(run, folder, ["q.yaml"], given, { env: keys });
      expect(error).toMatch(message);
    });
  });
});
