import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { type Flags, optionsWith } from "../testing/command-context.ts";
import { command } from "./import.ts";

const table = "题目,A,B,答案\n首都是哪里？,北京,上海,A\n没有答案,甲,乙,\n序号,甲,乙,1\n";

async function folderWith(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "import-cli-"));
  await writeFile(join(folder, name), content);
  return folder;
}

async function run(
  cwd: string,
  positionals: readonly string[],
  flags: Flags,
  lang: "zh" | "en" = "zh",
) {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const { signal } = new AbortController();
  const context = {
    lang,
    cwd,
    env: {},
    print,
    warn: print,
    columns: 80,
    isTTY: false,
    startThread: null,
    now: () => new Date("2026-11-29T04:00:00Z"),
    finishing: <T>(work: () => Promise<T>) => work(),
    signal,
    stopping: signal,
  };
  const code = await command.run(optionsWith(command, flags, positionals), context);
  return { code, text: printed.join("\n") };
}

test("says what was read, imported and left out, and why", async () => {
  const cwd = await folderWith("t.csv", table);
  const { code, text } = await run(cwd, ["csv", "t.csv"], { out: "mine.yaml" });
  expect(code).toBe(0);
  expect(text).toBe(
    [
      "读取 3 行（1 个文件），导入 1 题、1 个任务，跳过 2",
      "  跳过 1：没有答案（行 3）",
      "  跳过 1：答案 1 是序号，请用 --answer-base 说明从 0 还是从 1 算起（行 4）",
      "已写入 mine.yaml；检查：baimo check mine.yaml",
    ].join("\n"),
  );
});

test("answers counted from 1, personal data masked, in English", async () => {
  const cwd = await folderWith("t.csv", `${table}电话 13800138000？,甲,乙,2\n`);
  const values = { out: "mine.yaml", "answer-base": "1", mask: true };
  const { text } = await run(cwd, ["csv", "t.csv"], values, "en");
  expect(text).toContain("read 4 rows (files: 1), imported 3 items (tasks: 1), skipped 1");
  expect(text).toContain("masked: 手机号 1");
});

test("keeps an existing suite unless forced", async () => {
  const cwd = await folderWith("t.csv", table);
  await run(cwd, ["csv", "t.csv"], { out: "mine.yaml" });
  await expect(run(cwd, ["csv", "t.csv"], { out: "mine.yaml" })).rejects.toThrow(/exists/);
  expect((await run(cwd, ["csv", "t.csv"], { out: "mine.yaml", force: true })).code).toBe(0);
});

test.each([
  [["csv"], { out: "a.yaml" }, /usage/],
  [["csv", "t.csv"], {}, /-o/],
  [["csv", "t.csv"], { out: "a.txt" }, /-o/],
  [["csv", "t.csv"], { out: "a b.yaml" }, /cannot be a suite's id/],
  [["csvv", "t.csv"], { out: "a.yaml" }, /did you mean "csv"/],
  [["csv", "none.csv"], { out: "a.yaml" }, /no such file/],
  [["csv", "t.csv"], { out: "a.yaml", shape: "tall" }, /--shape must be one of/],
  [["csv", "t.csv"], { out: "a.yaml", "answer-base": "2" }, /--answer-base must be one of/],
  [["csv", "t.csv"], { out: "a.yaml", columns: "question" }, /--columns must read/],
  [["csv", "t.csv"], { out: "a.yaml", grader: "{use: 3}" }, /--grader must read/],
] as const)("%j %j is refused", async (positionals, values, message) => {
  const cwd = await folderWith("t.csv", table);
  await expect(run(cwd, positionals, values)).rejects.toThrow(message);
});
