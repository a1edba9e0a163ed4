import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import ExcelJS from "exceljs";
import { expect, inject, test } from "vitest";

import { readWord, rowsOf } from "../../report/papers/testing/read-paper.ts";
import { figureRuns } from "../../report/testing/figure-runs.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./export-run.ts";

const folder = newFolder();
const run = writeRun(folder, "run.jsonl", figureRuns["plain"] ?? []);

test.each([
  [{ out: "a.csv", template: "t.docx" }, /只用于 Word 报告/],
  [{ out: "a.csv", clauses: "c.yaml" }, /只用于报告和工作簿/],
  [{ out: "a.pdf" }, /CHROMIUM_PATH 指的 \/no\/browser 不存在/],
  [{ out: "a" }, /没有扩展名/],
  [{ out: "taken.xlsx" }, /已经存在/],
])("%j is refused before anything is written", async (flags, why) => {
  writeFileSync(join(folder, "taken.xlsx"), "mine");
  const { code, error } = await runCommand(command, folder, [run], flags, {
    env: { CHROMIUM_PATH: "/no/browser" },
  });
  expect([code, error]).toEqual([2, expect.stringMatching(why)]);
  expect(["a.csv", "a.pdf", "a"].filter((name) => existsSync(join(folder, name)))).toEqual([]);
});

test.each([
  ["zh", "已写入 r.docx：Word 选型评测报告"],
  ["en", "wrote r.docx: Word report, to be signed"],
] as const)("a paper is written in %s by the ending of its name", async (lang, said) => {
  const { code, text } = await runCommand(
    command,
    folder,
    [run],
    { out: "r.docx", force: true },
    { lang },
  );
  expect([code, text]).toEqual([0, said]);
});

const measures = ["准确率", "首字延迟 P95", "可用率（SLA 口径）", "覆盖率"];
const bounds = ["≥ 60 %", "≤ 2 s", "不低于 99.9%", "≥ 98%"];
const langs = ["zh", "en"] as const;
const clauses = Array.from(
  { length: 40 },
  (_, at) =>
    `  - {no: "3.${at + 1}", requirement: "第 ${at + 1} 条要求", measure: ${measures[at % 4]}, bound: ${bounds[at % 4]}}`,
);

test.each(inject("matrix") ? langs : langs.slice(0, 1))(
  "40 clauses stand in both papers in %s",
  async (lang) => {
    writeFileSync(
      join(folder, "c.yaml"),
      ["schema: clauses/1", "clauses:", ...clauses, ""].join("\n"),
    );
    for (const out of ["c.xlsx", "c.docx"]) {
      const flags = { out, force: true, clauses: "c.yaml", target: "甲厂/chat-pro" };
      expect((await runCommand(command, folder, [run], flags, { lang })).error).toBe(null);
    }
    const name = { zh: "逐条响应表 甲厂 chat-pro", en: "Clauses 甲厂 chat-pro" }[lang];
    const book = await new ExcelJS.Workbook().xlsx.readFile(join(folder, "c.xlsx"));
    const sheet = rowsOf(book, name).filter(([no = ""]) => no.startsWith("3."));
    expect(sheet).toHaveLength(40);
    const { tables } = await readWord(join(folder, "c.docx"));
    const inWord = tables.find(({ caption }) => caption.includes("甲厂/chat-pro"));
    const word = (inWord?.rows ?? []).slice(1);
    expect(word).toHaveLength(40);
    for (const [at, cells] of word.entries()) {
      const own = sheet[at] ?? [];
      expect(cells.filter((cell) => !own.includes(cell))).toEqual([]);
    }
  },
);
