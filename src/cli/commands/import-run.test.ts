import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";

import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { readView } from "../../report/view/read.ts";
import { readRun } from "../../store/runs/reader.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as exportRun } from "./export-run.ts";
import { command } from "./import-run.ts";
import { command as leaderboard } from "./leaderboard.ts";

const rows = [
  {
    id: "a",
    model: "m1",
    prompt: "首都？\nA. 上海\nB. 北京",
    reply: "我选 B",
    gold: "B",
    correct: false,
  },
  {
    id: "a",
    model: "m1",
    prompt: "首都？\nA. 上海\nB. 北京",
    reply: "A",
    gold: "B",
    correct: false,
  },
  { id: "b", model: "m1", prompt: "1+1=?", reply: "2", gold: "2", correct: true },
  { id: "b", model: "m2", prompt: "1+1=?", reply: "3", gold: "2", correct: true },
  { id: "b", model: "m2", prompt: "2+2=?", reply: "4", gold: "4", correct: true },
  { id: "c", model: "m2", prompt: "写诗", reply: "=1+1", correct: true },
  { id: "d", model: "m2", prompt: "1+1=?", error: "HTTP 503" },
  { prompt: "没有回答" },
];

async function folderOf(values: readonly unknown[]): Promise<string> {
  const folder = newFolder();
  await writeFile(
    join(folder, "mine.jsonl"),
    values.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
  return folder;
}

test("every record is an answer or left out; verdicts that differ are listed", async () => {
  const folder = await folderOf(rows);
  const flags = { out: "r.jsonl", disagreements: "d.csv" };
  const { code, text, error } = await runCommand(command, folder, ["jsonl", "mine.jsonl"], flags);
  expect([code, error]).toEqual([0, null]);
  expect(text).toContain("读取 8 条（1 个文件），写入 7 次作答：5 题，2 个模型，最多重复 2 次");
  expect(text).toContain("跳过 1：没有回答（8）");
  expect(text).toContain("它给出 6 条，双方都判了 5 条，一致 3 条（60%）；它对我错 1，它错我对 1");
  const sheet = await readFile(join(folder, "d.csv"), "utf8");
  expect(sheet.trimEnd().split("\r\n")).toHaveLength(3);

  const lines = await readRun(join(folder, "r.jsonl"));
  const answers = lines.filter((line): line is AnswerLine => line.kind === "answer");
  expect(answers.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
    "jsonl-mine/mine/a#1@jsonl/m1 ok",
    "jsonl-mine/mine/a#2@jsonl/m1 ok",
    "jsonl-mine/mine/b#1@jsonl/m1 ok",
    "jsonl-mine/mine/b#1@jsonl/m2 ok",
    // Another question under the same name is an item of its own.
    "jsonl-mine/mine/b-2#1@jsonl/m2 ok",
    "jsonl-mine/mine/c#1@jsonl/m2 ok",
    "jsonl-mine/mine/d#1@jsonl/m2 overloaded",
  ]);
  expect(answers.every(({ turns }) => turns[0]?.timing === null && turns[0].cost === null)).toBe(
    true,
  );
  expect(answers[0]?.graded_elsewhere).toMatchObject({ by: "correct", value: 0 });
});

test("boards show neither latency nor a first try, the cost as unknown, and where the answers come from", async () => {
  const folder = await folderOf(rows);
  await runCommand(command, folder, ["jsonl", "mine.jsonl"], { out: "r.jsonl" });
  const { entries } = leaderboardOf(await readView([join(folder, "r.jsonl")]));
  expect(entries[0]?.summary).toMatchObject({ cost: null, first_ok: null, first_token_ms: null });
  const { text } = await runCommand(leaderboard, folder, ["r.jsonl"], { wide: true });
  expect(text).toContain("不是百模问的：没有延迟，费用未知");
  expect(text).toContain("回答是导入的，没有计时");
  const written = await runCommand(exportRun, folder, ["r.jsonl"], { out: "r.csv" });
  expect(written.text).toContain("7 条回答，2 个目标");
  const again = await runCommand(exportRun, folder, ["r.jsonl"], { out: "r.csv" });
  expect(again.error).toContain("已经存在");
});

const suite = `schema: suite/1
id: mine
tasks:
  - id: t
    dimension: [常识]
    prompt: "{{question}}"
    grader: {use: exact}
    items:
      - {id: x, question: 中国的首都是哪里？, answer: 北京}
      - {id: y, question: 首都, answer: 南京}
`;

test("with a suite, golds and graders are its own, and a prompt that differs is told from its", async () => {
  const folder = await folderOf([
    { id: "x", model: "m", prompt: "中国的首都是哪里？", reply: "北京", gold: "错的" },
    { id: "7", model: "m", prompt: "请简短回答：中国的首都是哪里？", reply: "北京" },
    { id: "8", model: "m", prompt: "谁写了《离骚》？", reply: "屈原" },
  ]);
  await writeFile(join(folder, "mine.yaml"), suite);
  const flags = { out: "r.jsonl", suite: ["mine.yaml"], target: "acme/one" };
  const { text } = await runCommand(command, folder, ["jsonl", "mine.jsonl"], flags);
  expect(text).toContain("写入 2 次作答：2 题");
  expect(text).toContain("--suite 里没有这道题");
  const lines = await readRun(join(folder, "r.jsonl"));
  const items = lines.filter((line): line is ItemLine => line.kind === "item");
  expect(items.map(({ item }) => item)).toEqual(["mine/t/x", "mine/t/x-2"]);
  expect(items[0]?.turns[0]?.answer).toBe("北京");
  expect(lines[0]).toMatchObject({ targets: [{ ref: "acme/one", origin: { from: "jsonl" } }] });
});

test.each([
  [["jsonl"], {}, "用法：baimo import run FORMAT PATH"],
  [["jsnl", "mine.jsonl"], {}, "jsonl"],
  [["jsonl", "none.jsonl"], {}, "文件不存在"],
  [["promptfoo", "mine.jsonl"], { target: "x" }, "--target 只能用于一个模型"],
  [["inspect", "."], {}, "没有 inspect 格式的文件"],
])("%j %j ends in a sentence", async (positionals, flags, message) => {
  const folder = await folderOf([
    { prompt: { raw: "a" }, provider: "p" },
    { prompt: { raw: "a" }, provider: "q" },
  ]);
  const { error } = await runCommand(command, folder, positionals, { out: "r.jsonl", ...flags });
  expect(error).toContain(message);
});
