import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { Context } from "../context.ts";

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
  more: Pick<Context, "ask"> = {},
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
    ...more,
  };
  const code = await command.run(optionsWith(command, flags, positionals), context);
  return { code, text: printed.join("\n") };
}

test("says what was read, imported and left out, and why", async () => {
  const cwd = await folderWith("t.csv", table);
  const { code, text } = await run(cwd, ["csv", "t.csv"], { out: "mine.yaml", accept: true });
  expect(code).toBe(0);
  expect(text).toBe(
    [
      "读取 3 行（1 个文件），导入 1 题、1 个任务，跳过 2",
      "  跳过 1：没有答案（行 3）",
      "  跳过 1：答案 1 是序号，请用 --answer-base 说明从 0 还是从 1 算起（行 4）",
      "题型 → 评分：",
      "  选择 1 → choice",
      "分类：未分类 1",
      "会这样提问（例）：",
      "  —— 第 2 行，选择 → choice",
      "  │ 首都是哪里？",
      "  │ A. 北京",
      "  │ B. 上海",
      "  │ 请在最后一行用“答案：X”给出选项字母。",
      "  └ 标准答案：A",
      "已写入 mine.yaml，题目在 data/mine/；检查：baimo check mine.yaml。表改过要再导入时，同一命令加 --force",
    ].join("\n"),
  );
});

test("what a person should see is shown and not written before it is accepted; what is sure is written at once", async () => {
  const cwd = await folderWith("t.csv", table);
  const waiting = await run(cwd, ["csv", "t.csv"], { out: "mine.yaml" });
  expect(waiting.code).toBe(1);
  expect(waiting.text).toContain("还没有写入 mine.yaml");
  expect((await readdir(cwd)).toSorted()).toEqual(["t.csv"]);
  const sure = await folderWith("t.csv", table.split("\n").slice(0, 2).join("\n"));
  expect((await run(sure, ["csv", "t.csv"], { out: "mine.yaml" })).code).toBe(0);
});

test("on a terminal a guess is asked for and a person says whether to write", async () => {
  const cwd = await folderWith("t.csv", "考核题目,旧的标答,真值\n六乘七？,四二,42\n");
  const asked: string[] = [];
  const answers = ["", "真值", "", "y"];
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    return answers[asked.length - 1] ?? "";
  };
  const { code, text } = await run(cwd, ["csv", "t.csv"], { out: "mine.yaml" }, "zh", { ask });
  expect(asked[0]).toContain("“考核题目”当作 question");
  expect(text).toContain("数值 1 → numeric");
  expect(code).toBe(0);
});

test("answers counted from 1, personal data masked, in English", async () => {
  const cwd = await folderWith("t.csv", `${table}电话 13800138000？,甲,乙,2\n`);
  const values = { out: "mine.yaml", "answer-base": "1", mask: true, accept: true };
  const { text } = await run(cwd, ["csv", "t.csv"], values, "en");
  expect(text).toContain("read 4 rows (files: 1), imported 3 items (tasks: 1), skipped 1");
  expect(text).toContain("masked: 手机号 1");
});

test("the sample table is read as it stands, a task of each type, and its own file is kept", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "import-cli-"));
  const written = await run(cwd, [], { sample: "题库.xlsx" });
  expect(written.text).toBe(
    "已写入 题库.xlsx；填好之后：baimo import xlsx 题库.xlsx -o suites/mine.yaml",
  );
  const { code, text } = await run(cwd, ["xlsx", "题库.xlsx"], { out: "suites/mine.yaml" });
  expect(code, text).toBe(0);
  for (const kind of ["单选", "多选", "判断", "填空", "计算", "简答"])
    expect(text).toMatch(new RegExp(`^ {2}${kind} 1 → `, "m"));
  await expect(run(cwd, [], { sample: "题库.xlsx" })).rejects.toThrow(/exists/);
  await expect(run(cwd, [], { sample: "题库.csv" })).rejects.toThrow(
    /--sample .*expected an .xlsx/,
  );
});

test("scores of points in an answer, which no judge gives, are shown to a person", async () => {
  const rows = [
    "题型,题目,答案,评分要点",
    "简答,杯子碎了怎么回复？,道歉，说明可以换货，请顾客提供照片（各2分）,",
    "简答,退款要多久？,,1. 原路退回（1分）；2. 三个工作日内（3分）",
    "简答,怎样换货？,,1. 先申请（2分）；2. 再寄回（2分）",
  ];
  const cwd = await folderWith("t.csv", `${rows.join("\n")}\n`);
  const { code, text } = await run(cwd, ["csv", "t.csv"], { out: "mine.yaml" });
  expect(code).toBe(1);
  expect(text).toMatch(/答案里写了各点的分值，裁判只看意思是否一致，不按点给分.*行? ?2/);
  expect(text).toMatch(/评分要点的分值不一，逐条查时各条一样重.*3/);
  expect((await run(cwd, ["csv", "t.csv"], { out: "mine.yaml", accept: true })).code).toBe(0);
});

test("keeps an existing suite unless forced", async () => {
  const cwd = await folderWith("t.csv", table);
  await run(cwd, ["csv", "t.csv"], { out: "mine.yaml", accept: true });
  await expect(run(cwd, ["csv", "t.csv"], { out: "mine.yaml" })).rejects.toThrow(/exists/);
  expect(
    (await run(cwd, ["csv", "t.csv"], { out: "mine.yaml", force: true, accept: true })).code,
  ).toBe(0);
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
