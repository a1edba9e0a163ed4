import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { readRun } from "../../store/runs/reader.ts";
import { call } from "../testing/call.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as leaderboard } from "./leaderboard.ts";
import { command as merge } from "./merge.ts";
import { command as run } from "./run.ts";

let folder = "";
const shards = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `s${index}.jsonl`);

const runInto = (out: string, values: Readonly<Record<string, string>> = {}) =>
  call(run, {
    cwd: folder,
    args: ["q.yaml"],
    values: {
      model: ["baseline/random", "baseline/first"],
      trials: "2",
      reporter: "silent",
      out,
      ...values,
    },
  });

const lines = async (file: string): Promise<readonly RunFileLine[]> => readRun(join(folder, file));

beforeAll(async () => {
  folder = newFolder();
  // Its own config, so that nothing of the surroundings counts.
  writeFileSync(join(folder, "baimo.yaml"), "schema: baimo/1\n");
  const items = Array.from(
    { length: 21 },
    (_, at) => `{id: q${at}, question: 第${at}题, options: {A: 甲, B: 乙, C: 丙}, answer: B}`,
  );
  writeFileSync(
    join(folder, "q.yaml"),
    `schema: suite/1\nid: q\ntasks: [{id: t, dimension: [试], grader: {use: choice}, items: [${items.join(", ")}]}]\n`,
  );
  await runInto("whole.jsonl");
  for (const [at, out] of shards.entries()) await runInto(out, { shard: `${at + 1}/8` });
});

/** Everything of a line that a session decides is left out. */
const judged = (all: readonly RunFileLine[]): readonly string[] =>
  all
    .flatMap((line) => {
      if (line.kind === "score") return [JSON.stringify(line)];
      if (line.kind === "item") return [JSON.stringify(line)];
      if (line.kind !== "answer") return [];
      const { key, digest, outcome, turns } = line;
      return [JSON.stringify({ key, digest, outcome, said: turns.map(({ text }) => text) })];
    })
    .toSorted();

test("eight shards merge to what the unsharded run holds", async () => {
  const merged = await runCommand(merge, folder, shards, { out: "merged.jsonl" });
  expect(merged).toMatchObject({ code: 0, error: null });
  expect(merged.text).toContain("84 条回答");
  const [whole, all] = [await lines("whole.jsonl"), await lines("merged.jsonl")];
  expect(judged(all)).toEqual(judged(whole));
  const keys = all.flatMap((line) => (line.kind === "answer" ? [line.key] : []));
  expect(new Set(keys).size).toBe(84);
  const [mine, theirs] = [all[0], whole[0]] as [RunLine, RunLine];
  expect(mine.plan_digest).toBe(theirs.plan_digest);
  expect([mine.size, mine.settings, mine.suites]).toEqual([
    theirs.size,
    theirs.settings,
    theirs.suites,
  ]);
  const board = async (file: string) =>
    (await runCommand(leaderboard, folder, [file], { format: "csv" })).text;
  expect(await board("merged.jsonl")).toBe(await board("whole.jsonl"));
  // A whole run: nothing is left to ask.
  const again = await call(run, {
    cwd: folder,
    values: { resume: "merged.jsonl", reporter: "silent" },
  });
  expect(again.code).toBe(0);
  expect((await lines("merged.jsonl")).length).toBe(all.length);
});

test("an item stays in its shard whatever else is asked", async () => {
  const of = async (file: string): Promise<readonly string[]> =>
    (await lines(file)).flatMap((line) => (line.kind === "item" ? [line.item] : []));
  await runInto("few.jsonl", { shard: "3/8", filter: "id=q1*" });
  const own = new Set(await of("s3.jsonl"));
  for (const item of await of("few.jsonl")) expect(own).toContain(item);
});

test("an interrupted or absent shard is named, and the rest is asked when the run goes on", async () => {
  const refusal = await runCommand(merge, folder, shards.slice(2), { out: "part.jsonl" });
  expect(refusal.code).toBe(2);
  expect(refusal.error).toMatch(/缺少第 1\/8、2\/8 份.*--partial/);
  const partial = { out: "part.jsonl", partial: true };
  const merged = await runCommand(merge, folder, shards.slice(2), partial);
  expect(merged.code).toBe(3);
  expect(merged.text).toMatch(/缺少第 1\/8、2\/8 份[^]*run --resume part.jsonl/);
  const went = await call(run, {
    cwd: folder,
    values: { resume: "part.jsonl", reporter: "silent" },
  });
  expect(went.code).toBe(0);
  expect(judged(await lines("part.jsonl"))).toEqual(judged(await lines("whole.jsonl")));
});

const headerWith = (file: string, change: (header: RunLine) => object): string => {
  const [first = "", ...rest] = readFileSync(join(folder, file), "utf8").split("\n");
  const name = `changed-${file}`;
  const header = JSON.parse(first) as RunLine;
  const changed = JSON.stringify({ ...header, ...change(header) });
  writeFileSync(join(folder, name), [changed, ...rest].join("\n"));
  return name;
};

test.each<[string, () => Promise<readonly string[]> | readonly string[], RegExp]>([
  ["the same shard twice", () => ["s1.jsonl", "s2.jsonl", "s1.jsonl"], /第 1\/8 份出现了两次/],
  ["a run without shards", () => ["s1.jsonl", "whole.jsonl"], /whole\.jsonl 不是某一份/],
  ["no run file", () => ["s1.jsonl", "q.yaml"], /q\.yaml 不是 baimo 的运行文件/],
  [
    "another plan",
    async () => {
      await runInto("other.jsonl", { shard: "2/8", seed: "8" });
      return ["s1.jsonl", "other.jsonl"];
    },
    /计划不同/,
  ],
  [
    "another number of shards",
    async () => {
      await runInto("nine.jsonl", { shard: "2/9" });
      return ["s1.jsonl", "nine.jsonl"];
    },
    /份数不同：1\/8 与 2\/9/,
  ],
  [
    "another suite",
    () => [
      "s1.jsonl",
      headerWith("s2.jsonl", ({ suites }) => ({
        suites: suites.map((suite) => ({ ...suite, digest: "0" })),
      })),
    ],
    /题集 q 的内容（digest）不同/,
  ],
  [
    "another version",
    () => [
      "s1.jsonl",
      headerWith("s2.jsonl", ({ tool }) => ({ tool: { ...tool, version: "9.9.9" } })),
    ],
    /不同版本的 baimo.*9\.9\.9/,
  ],
  [
    "keys of another shard",
    () => [
      "s1.jsonl",
      headerWith("s3.jsonl", ({ settings }) => ({
        settings: { ...settings, shard: { index: 4, of: 8 } },
      })),
      ...shards.filter((name) => name !== "s1.jsonl" && name !== "s4.jsonl"),
    ],
    /不属于第 4\/8 份/,
  ],
])("refuses %s", async (_, files, message) => {
  const { code, error } = await runCommand(merge, folder, await files(), { out: "no.jsonl" });
  expect(error).toMatch(message);
  expect(code).toBe(2);
});

test("what has no shard of its own or no output is refused", async () => {
  expect((await runCommand(merge, folder, shards)).error).toContain("-o");
  const kept = await runCommand(merge, folder, shards, { out: "whole.jsonl" });
  expect(kept.error).toMatch(/whole\.jsonl 已存在/);
  for (const shard of ["0/8", "9/8", "2", "a/b", "1/0"])
    await expect(runInto("no.jsonl", { shard })).rejects.toThrow("--shard");
});

test("a shard file is not continued as another shard", async () => {
  await expect(runInto("s1.jsonl", { shard: "2/8" })).rejects.toThrow("--shard was");
});
