import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { readRun } from "../../store/runs/reader.ts";
import { inProcess, makeProject, startChatServer } from "../testing/process.ts";

let server: Awaited<ReturnType<typeof startChatServer>>;
let project: Awaited<ReturnType<typeof makeProject>>;
let run: string;

beforeAll(async () => {
  server = await startChatServer(1, 1);
  project = await makeProject(server.url, 12);
  run = join(project.folder, "r.jsonl");
  const ended = await inProcess(project.folder, ["run", "-m", "mine/sloppy", "--out", "r.jsonl"]);
  expect(ended.code).toBe(0);
});
afterAll(() => Promise.all([server.close(), project.remove()]));

const lastVerdicts = (lines: readonly RunFileLine[]) =>
  new Map(lines.flatMap((line) => (line.kind === "score" ? [[line.key, line.verdict]] : [])));

const rights = async (): Promise<number> =>
  [...lastVerdicts(await readRun(run)).values()].filter((verdict) => verdict === "right").length;

test("the sloppy model has a quarter of its sums wrong", async () => {
  expect(await rights()).toBe(9);
});

test("grading again changes nothing and appends one score an answer", async () => {
  const before = await readFile(run, "utf8");
  const { code, stdout } = await inProcess(project.folder, ["score", "r.jsonl"]);
  expect([code, stdout]).toEqual([
    0,
    "12 条回答重新评分，0 条的判定有变化；已写入 r.jsonl\n新的排行榜：\nbaimo leaderboard r.jsonl\n",
  ]);
  const after = await readFile(run, "utf8");
  expect(after.startsWith(before)).toBe(true);
  expect(after.slice(before.length).trim().split("\n")).toHaveLength(12);
});

test("corrected golds are taken from the suite, and the file then holds them", async () => {
  const rows = (await readFile(join(project.folder, "sums.jsonl"), "utf8")).trim().split("\n");
  const corrected = rows.map((row) => {
    const item = JSON.parse(row) as { id: string; answer: number };
    return JSON.stringify(item.id === "a0" ? { ...item, answer: 1 } : item);
  });
  await writeFile(join(project.folder, "sums.jsonl"), corrected.join("\n"));
  const ended = await inProcess(project.folder, ["score", "r.jsonl", "--suite", "sums.yaml"]);
  expect(ended.stdout).toContain("1 条的判定有变化");
  expect(await rights()).toBe(10);
  const golds = (await readRun(run)).flatMap((line) =>
    line.kind === "item" && line.item === "sums/add/a0" ? [line.turns[0]?.answer] : [],
  );
  expect(golds).toEqual([0, 1]);
});

test("the gold of another question under the same id says nothing", async () => {
  const file = join(project.folder, "sums.jsonl");
  const before = await readFile(file, "utf8");
  const rows = before.trim().split("\n");
  const others = rows.map((row) => {
    const item = JSON.parse(row) as { id: string };
    return JSON.stringify({ ...item, question: "1000 + 1 = ?", answer: 1001 });
  });
  await writeFile(file, others.join("\n"));
  const ended = await inProcess(project.folder, ["score", "r.jsonl", "--suite", "sums.yaml"]);
  expect(ended.stdout).toContain("0 条的判定有变化");
  await writeFile(file, before);
});

test("another grader, with options", async () => {
  const args = ["score", "r.jsonl", "--grader", "contains", "--with", '{"without":["答案"]}'];
  const { code } = await inProcess(project.folder, args);
  expect(code).toBe(0);
  expect(await rights()).toBe(0);
});

test.each([
  [["score"], "请给出一个运行文件"],
  [["score", "nowhere.jsonl"], "nowhere.jsonl"],
  [["score", "r.jsonl", "--grader", "exakt"], '未知的评分器 "exakt"；是否应为 "exact"？'],
  [["score", "r.jsonl", "--grader", "exact", "--with", "{"], "--with 应是 JSON 对象"],
  [["score", "r.jsonl", "--suite", "none.yaml"], "none.yaml"],
])("%j says what is wrong", async (args, says) => {
  const { code, stdout, stderr } = await inProcess(project.folder, args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(says);
});
