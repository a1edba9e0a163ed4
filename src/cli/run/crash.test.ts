import { open, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, expect, test, vi } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";
import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { LimitLine } from "../../domain/run-file/session.ts";
import type { Opener } from "../../store/runs/writer.ts";

import { readRun } from "../../store/runs/reader.ts";
import {
  baimoHere,
  inProcess,
  makeProject,
  startBaimo,
  startChatServer,
} from "../testing/process.ts";
import { withRig } from "../testing/rig.ts";

afterEach(() => vi.useRealTimers());

const answersOf = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
  lines.filter((line) => line.kind === "answer");
const limitsOf = (lines: readonly RunFileLine[]): readonly LimitLine[] =>
  lines.filter((line) => line.kind === "limit");

/** What a process that is killed leaves: everything but the `end` line. */
async function cutEnd(file: string): Promise<void> {
  const lines = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, lines.filter((line) => !line.startsWith('{"kind":"end"')).join("\n"));
}

test("the limit's history is in the file as it happens, and who goes on begins where it was", () =>
  withRig(
    {
      items: 60,
      limits: { concurrency: 16 },
      script: {
        schema: "faults/1",
        rules: [
          { requests: { from: 17, to: 40 }, do: { fault: "status", status: 429 } },
          { requests: { from: 41 }, do: { fault: "slow", factor: 20 } },
        ],
      },
    },
    async (rig) => {
      const stop = new AbortController();
      let answers = 0;
      await rig.run({
        stopping: stop.signal,
        observe: (event) => {
          if (event.kind === "answer" && (answers += 1) === 20) stop.abort();
        },
      });
      await cutEnd(rig.file);
      const before = limitsOf(await rig.lines());
      expect(before[0]).toMatchObject({ lane: "sim/baicao", cap: 16, concurrency: 12, why: "cut" });
      const begun: RunEvent[] = [];
      const end = await rig.run({
        observe: (event) => event.kind === "lane" && begun.push(event),
      });
      expect(end).toMatchObject({ status: "complete", answers: 60, failed: 0 });
      expect(begun).toEqual([
        {
          kind: "lane",
          lane: "sim/baicao",
          concurrency: before.at(-1)?.concurrency,
          cap: 16,
          rpm: null,
        },
      ]);
      expect(end.lanes?.[0]).toMatchObject({ start: before.at(-1)?.concurrency, cap: 16 });
    },
  ));

test("a limit of hours ago is forgotten, and a concurrency that is stated anew stands", () =>
  withRig({ items: 12, limits: { concurrency: 16 } }, async (rig) => {
    const stop = new AbortController();
    await rig.run({
      stopping: stop.signal,
      observe: ({ kind }) => kind === "answer" && stop.abort(),
    });
    const limit = (when: string, cap: number): string =>
      `${JSON.stringify({ kind: "limit", when, lane: "sim/baicao", cap, at_ms: 9, concurrency: 3, rpm: null, why: "cut" } satisfies LimitLine)}\n`;
    const old = new Date(Date.now() - 7_200_000).toISOString();
    const whole = await readFile(rig.file, "utf8");
    const startOf = async (line: string): Promise<number | undefined> => {
      await writeFile(rig.file, whole + line);
      return (await rig.run()).lanes?.[0]?.start;
    };
    expect(await startOf(limit(new Date().toISOString(), 16))).toBe(3);
    expect(await startOf(limit(old, 16))).toBe(16);
    expect(await startOf(limit(new Date().toISOString(), 8))).toBe(16);
  }));

/** A disk whose every write takes so long. */
const slow =
  (ms: number, onWrite: () => void): Opener =>
  async (path, flags) => {
    const handle = await open(path, flags);
    return new Proxy(handle, {
      get: (real, name): unknown => {
        const value: unknown = Reflect.get(real, name, real);
        if (typeof value !== "function") return value;
        const method = value.bind(real) as (...given: unknown[]) => unknown;
        if (name !== "write") return method;
        return async (...given: unknown[]) => {
          await new Promise((done) => setTimeout(done, ms));
          const result = await method(...given);
          onWrite();
          return result;
        };
      },
    });
  };

test("a slow disk holds the questions back, not the clock of the answers", () =>
  withRig({ items: 8, limits: { concurrency: 4 } }, async (rig) => {
    let written = 0;
    let most = 0;
    const end = await rig.run({
      opener: slow(300, () => (most = Math.max(most, rig.simulator.stats().requests - written))),
      observe: ({ kind }) => {
        if (kind === "answer") written += 1;
      },
    });
    expect(end).toMatchObject({ status: "complete", answers: 8, failed: 0 });
    // Never more unwritten answers than may be under way, so memory does not grow with the disk's backlog.
    expect(most).toBeLessThanOrEqual(4);
    const times = answersOf(await rig.lines()).map(({ turns }) => turns[0]?.timing?.total_ms ?? 0);
    // Those that were asked while the disk was at work: a busy machine may delay some, the disk would have delayed all.
    expect(Math.min(...times.slice(4))).toBeLessThan(300);
  }));

test("the wall clock jumps back a day and forward a week: durations and the pace stay", () =>
  withRig({ items: 30, limits: { concurrency: 4, rpm: 2_400 }, speed: 200 }, async (rig) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const day = 86_400_000;
    let answers = 0;
    const start = performance.now();
    const end = await rig.run({
      observe: ({ kind }) => {
        if (kind !== "answer") return;
        answers += 1;
        if (answers === 10) vi.setSystemTime(Date.now() - day);
        if (answers === 20) vi.setSystemTime(Date.now() + 8 * day);
      },
    });
    const wall = performance.now() - start;
    vi.useRealTimers();
    expect(end).toMatchObject({ status: "complete", answers: 30, failed: 0 });
    // 30 requests at 40 a second, of which a few may go at once.
    expect(wall).toBeGreaterThan(500);
    expect(end.wall_ms).toBeLessThanOrEqual(wall);
    const timings = answersOf(await rig.lines()).map(({ turns }) => turns[0]?.timing);
    const starts = timings.map((timing) => Date.parse(timing?.started_at ?? ""));
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(7 * day);
    for (const timing of timings) {
      for (const ms of [timing?.total_ms, timing?.first_token_ms, timing?.queued_ms]) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(day / 2);
      }
    }
  }));

/** Takes memory without end as soon as the run file has some answers; in large pieces, or it would be collected for seconds. */
const leak = `
import { statSync } from "node:fs";
const size = () => { try { return statSync(process.env.LEAK_WHEN).size; } catch { return 0; } };
const held = [];
if (process.argv[1]?.endsWith("bin.js")) {
  setInterval(() => {
    if (size() > 8000) for (let n = 0; n < 4; n += 1) held.push(new Array(1_000_000).fill(n));
  }, 5).unref();
}
`;

test("out of memory in the middle: what was finished is there, and it goes on", async () => {
  const server = await startChatServer(20, 2);
  const { folder, remove } = await makeProject(server.url, 60);
  const file = join(folder, "m.jsonl");
  const hook = join(folder, "leak.mjs");
  await writeFile(hook, leak);
  const args = [
    "run",
    "-m",
    "mine/exact",
    "--concurrency",
    "2",
    "--out",
    "m.jsonl",
    "--reporter",
    "silent",
  ];
  const dead = await startBaimo(folder, args, {
    LEAK_WHEN: file,
    NODE_OPTIONS: `--max-old-space-size=96 --import ${hook}`,
  }).ended;
  expect(dead.code).not.toBe(0);
  expect(dead.stderr).toContain("heap out of memory");
  const kept = (await readFile(file, "utf8"))
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RunFileLine);
  expect(answersOf(kept).length).toBeGreaterThan(2);
  expect(kept.at(-1)?.kind).not.toBe("end");
  const again = await baimoHere(folder, args);
  expect(again.code).toBe(0);
  const keys = answersOf(await readRun(file)).map(({ key }) => key);
  expect([keys.length, new Set(keys).size]).toEqual([60, 60]);
  // In flight were two, and the answer of one more may have been unwritten.
  expect((await server.log()).length).toBeLessThanOrEqual(60 + 2 + 1);
  await Promise.all([remove(), server.close()]);
});

test("a folder that cannot be written: clear, exit 3, before anything is asked", async () => {
  const server = await startChatServer();
  const { folder, remove } = await makeProject(server.url, 3);
  // Read-only for everybody, whoever runs the tests.
  const ended = await inProcess(folder, ["run", "-m", "mine/exact", "--out", "/sys/baimo/x.jsonl"]);
  expect([ended.code, ended.stdout]).toEqual([3, ""]);
  expect(ended.stderr).toContain("无法写入 /sys/baimo/x.jsonl");
  expect(ended.stderr).toContain("还没有提问，没有花费");
  expect(await server.log()).toEqual([]);
  await expect(stat("/sys/baimo/x.jsonl")).rejects.toThrow("ENOENT");
  await Promise.all([remove(), server.close()]);
});
