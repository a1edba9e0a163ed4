import { readFile, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import type { ImportOptions } from "./import-suite.ts";

import { itemLine } from "../domain/prompt.ts";
import { checkSuite } from "../store/suites/check-suite.ts";
import { openItems } from "../store/suites/items.ts";
import { parseSuite } from "../store/suites/suites.ts";
import { folderWith } from "../store/testing/files.ts";
import { importSuite } from "./import-suite.ts";
import { loadImporter } from "./importer.ts";
import { createMasker } from "./mask.ts";
import { fileOf, lines, settings } from "./testing/rows.ts";

async function optionsOf(
  format: string,
  path: string,
  more: Partial<ImportOptions> = {},
): Promise<ImportOptions> {
  return {
    importer: await loadImporter(format),
    path,
    examples: null,
    out: join(dirname(path), "out", "mine.yaml"),
    suite: { schema: "suite/1", id: "mine", title: "自有", license: "CC0-1.0" },
    settings,
    mask: false,
    dedupe: false,
    grader: null,
    signal: new AbortController().signal,
    ...more,
  };
}

test("the suite that is written passes the check, every row is counted, and repeated ids are told apart", async () => {
  const file = await fileOf(
    "rows.jsonl",
    lines(
      { id: "q1", question: "选一", options: ["甲", "乙"], answer: "A", category: "分类一" },
      { id: "q1", question: "选二", options: ["甲", "乙"], answer: "B", category: "分类一" },
      { id: "q2", question: "几个？", answer: 3, category: "分类二" },
      { id: "q3", question: "没有答案" },
    ),
  );
  const options = await optionsOf("jsonl", file);
  const summary = await importSuite(options);
  expect(summary).toMatchObject({ files: 1, rows: 4, items: 3, ungraded: 0, masked: null });
  expect(summary.skipped).toEqual([
    {
      reason: { zh: "没有答案", en: "there is no answer" },
      harmless: false,
      count: 1,
      rows: ["4"],
    },
  ]);
  const suite = await parseSuite(options.out);
  expect(await checkSuite(suite)).toEqual([]);
  expect(suite.suite).toMatchObject({ id: "mine", license: "CC0-1.0" });
  const data = await readFile(
    join(dirname(options.out), "data", "mine", "分类一-choice.jsonl"),
    "utf8",
  );
  expect(
    data
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(["q1", "q1-2"]);
});

test("a folder is read file by file, rows named by their file, with one grader for all", async () => {
  const file = await fileOf(
    "a_constraints.json",
    JSON.stringify([{ example_id: 1, level: 0, instruction: "写诗", target: "" }]),
  );
  const options = await optionsOf("followbench", dirname(file), { grader: { use: "exact" } });
  const summary = await importSuite(options);
  expect(summary.tasks).toMatchObject([{ task: { grader: { use: "exact" } }, items: 1 }]);
});

test("where nothing can be imported, nothing is written and the reason is told", async () => {
  const file = await fileOf("rows.jsonl", lines({ question: "没有答案" }));
  const options = await optionsOf("jsonl", file);
  await expect(importSuite(options)).rejects.toThrow(
    /none of which could be imported; there is no answer/,
  );
  expect(await readdir(dirname(options.out))).toEqual([]);
  await expect(
    importSuite(await optionsOf("jsonl", join(dirname(file), "no.jsonl"))),
  ).rejects.toThrow(/no such file/);
  await expect(importSuite(await optionsOf("xlsx", dirname(file)))).rejects.toThrow(
    /no file of the format xlsx/,
  );
});

test("an import that is stopped leaves no suite behind", async () => {
  const file = await fileOf("rows.jsonl", lines({ question: "几个？", answer: 3 }));
  const stopped = new AbortController();
  stopped.abort();
  const options = await optionsOf("jsonl", file, { signal: stopped.signal });
  await expect(importSuite(options)).rejects.toThrow(/abort/i);
  await expect(stat(options.out)).rejects.toThrow(/ENOENT/);
});

test("a column that is no dimension is refused before it makes thousands of files", async () => {
  const rows = Array.from({ length: 600 }, (_, index) => ({
    question: `${index}？`,
    answer: "是",
    category: `类${index}`,
  }));
  const file = await fileOf("rows.jsonl", lines(...rows));
  await expect(importSuite(await optionsOf("jsonl", file))).rejects.toThrow(/more than 500 tasks/);
});

test("personal data is masked in every text and counted; numbers that only look alike stay", async () => {
  const { mask, counts } = createMasker();
  const masked = mask({
    question: "请联系 138 0013 8000 或 zhang.san@example.com，身份证 11010519491231002X。",
    options: { A: "卡号 6222 0212 3456 7894", B: "订单号 1234567890123456" },
    messages: ["+86 13912345678", "身份证 110105194912310021"],
    answer: 5,
  });
  expect(masked).toEqual({
    question: "请联系 【手机号】 或 【邮箱】，身份证 【身份证号】。",
    options: {
      A: expect.stringMatching(/^卡号 (?:【银行卡号】|6222 0212 3456 7894)$/),
      B: "订单号 1234567890123456",
    },
    messages: ["【手机号】", "身份证 110105194912310021"],
    answer: 5,
  });
  expect(counts()).toMatchObject({ 手机号: 2, 身份证号: 1, 邮箱: 1 });
  const card = "4111 1111 1111 1111";
  expect(createMasker().mask(`卡号 ${card}。`)).toBe("卡号 【银行卡号】。");
});

test("masking is applied to what is written", async () => {
  const file = await fileOf(
    "rows.jsonl",
    lines({ question: "电话 13800138000 是谁的？", answer: "张三" }),
  );
  const options = await optionsOf("jsonl", file, { mask: true });
  expect((await importSuite(options)).masked).toMatchObject({ 手机号: 1 });
  const data = await readFile(
    join(dirname(options.out), "data", "mine", "未分类-text.jsonl"),
    "utf8",
  );
  expect(data).toContain("电话 【手机号】 是谁的？");
});

const head = "id,question,A,B,C,D,answer";
const csvRows = (from: number, n: number): string =>
  [
    head,
    ...Array.from({ length: n }, (_, at) => `${at},第${from + at}题？,甲,乙,丙,丁,B`),
    "",
  ].join("\n");

test.each([
  ["ceval", "law_dev.csv", "law_val.csv"],
  ["cmmlu", "dev/law.csv", "test/law.csv"],
])(
  "%s: the rows of its dev split become few-shot examples of the others",
  async (format, dev, rest) => {
    const folder = await folderWith({
      [`set/${dev}`]: csvRows(100, 5),
      [`set/${rest}`]: csvRows(0, 3),
    });
    const options = await optionsOf(format, join(folder, "set"));
    const summary = await importSuite(options);
    expect(summary).toMatchObject({ files: 2, rows: 8, items: 3, examples: 5 });
    const parsed = await parseSuite(options.out);
    const [task] = parsed.suite.tasks;
    if (task === undefined) throw new Error("no task");
    expect(task.examples).toEqual({
      from: "data/mine/law.dev.jsonl",
      n: 5,
      seed: 1,
      reply: "答案：{{answer}}",
    });
    expect(await checkSuite(parsed)).toEqual([]);
    const source = await openItems(parsed, task);
    expect(source.count).toBe(3);
    const asked = itemLine(parsed.suite, task, await source.at(0), [null]).asks[0]?.messages ?? [];
    await source.close();
    expect(asked).toHaveLength(10);
    expect(asked[1]).toEqual({ role: "assistant", text: "答案：B" });
    expect(asked.map(({ text }) => text).join("\n")).toMatch(/第10[0-4]题/);
  },
);

test("a dev split by itself is imported as questions", async () => {
  const folder = await folderWith({ "law_dev.csv": csvRows(0, 4) });
  const options = await optionsOf("ceval", join(folder, "law_dev.csv"));
  expect(await importSuite(options)).toMatchObject({ items: 4, examples: 0 });
  expect((await parseSuite(options.out)).suite.tasks[0]?.examples).toBeUndefined();
});

test("a table's examples may come from a file of their own", async () => {
  const folder = await folderWith({
    "shots.csv": "question,answer\n例一？,是\n没有答案？,\n",
    "rows.csv": "question,answer\n问一？,否\n问二？,是\n",
  });
  const options = await optionsOf("csv", join(folder, "rows.csv"), {
    examples: join(folder, "shots.csv"),
  });
  const summary = await importSuite(options);
  expect(summary).toMatchObject({ rows: 4, items: 2, examples: 1 });
  expect(summary.skipped).toMatchObject([{ count: 1, rows: ["shots.csv:3"] }]);
  expect((await parseSuite(options.out)).suite.tasks[0]?.examples).toMatchObject({ n: 1 });
});

test("in a table of one's own a question that stands twice is kept once, and one with two golds is left to a person", async () => {
  const file = await fileOf(
    "rows.jsonl",
    lines(
      { id: "a", question: "几天可退？", options: ["7", "15"], answer: "A" },
      { id: "b", question: "几天可退？", answer: "7" },
      { id: "c", question: "几天可退？ ", answer: "7" },
      { id: "d", question: "几天可退", answer: "15" },
    ),
  );
  const { items, skipped } = await importSuite(await optionsOf("jsonl", file));
  expect(items).toBe(2);
  expect(
    skipped.map(({ reason, harmless, rows }) => [reason.zh.slice(0, 12), harmless, rows]),
  ).toEqual([
    ["与前面的一题完全相同（题", true, ["3"]],
    ["与第 2 行是同一题而答", false, ["4"]],
  ]);
});

test("nothing is in place before it is accepted", async () => {
  const file = await fileOf("rows.jsonl", lines({ question: "几天可退？", answer: "7" }));
  const options = await optionsOf("jsonl", file);
  const { written, preview } = await importSuite({ ...options, accept: async () => false });
  expect(written).toBe(false);
  expect(preview.samples).toMatchObject([
    { place: "1", gold: "7", prompt: expect.stringContaining("几天可退？") },
  ]);
  expect(await readdir(dirname(options.out))).toEqual([]);
});
