import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { widthOf } from "../../report/render/width.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./items.ts";

let folder = "";
beforeEach(() => {
  folder = newFolder();
});

const models = { "a/weak": "ABBC", "b/good": "ABCD", "c/strong": "ABCD" };

/** 24 items with the golds ABCD, over and over; the last says A where the two better models say D. */
function linesOf(id = "r1"): readonly RunFileLine[] {
  const lines: RunFileLine[] = [runLine(Object.keys(models), { id })];
  for (let index = 0; index < 24; index++) {
    const item = `quiz/一年级数学应用题/i${index}`;
    const gold = index === 23 ? "A" : "ABCD".charAt(index % 4);
    lines.push(
      itemLine(item, {
        turns: [{ answer: gold, question: `=${index} 排货架，每排若干箱，一共多少箱？` }],
      }),
    );
    for (const [target, letters] of Object.entries(models)) {
      const said = letters.charAt(index % 4);
      const score = scoreLine({ item, target }, said === gold ? "right" : "wrong");
      lines.push(answerLine({ item, target, simulated: true }), { ...score, extracted: said });
    }
  }
  return [...lines, endLine()];
}

const show = (
  files: readonly string[],
  flags: Parameters<typeof runCommand>[3] = {},
  more: Parameters<typeof runCommand>[4] = {},
) => runCommand(command, folder, files, flags, more);

test("the doubted gold comes first, and simulated models are marked", async () => {
  writeRun(folder, "a.jsonl", linesOf());
  const { code, text } = await show(["a.jsonl"]);
  expect(code).toBe(0);
  expect(text).toContain("1 个题集 24 题，3 个目标共 3 份作答：b/good [模拟] 95.8%");
  expect(text).toMatch(
    /存疑的标准答案（1 题）\n题目.*\n─.*\nquiz\/一年级数学应用题\/i23 +A +D +2\/3 /,
  );
  expect(text).toContain("全对（前 10 题，共 12 题）");
});

test("golds that only two models answered are not listed", async () => {
  const two = linesOf().filter((line) => !("target" in line && line.target === "a/weak"));
  writeRun(folder, "two.jsonl", two);
  const { text } = await show(["two.jsonl"]);
  expect(text).toContain("存疑的标准答案（0 题）");
  expect(text).toContain("至少要有三个不同的模型答同一题");
  const { text: data } = await show(["two.jsonl"], { format: "json" });
  expect(JSON.parse(data)).toMatchObject({ respondents: 2, doubted: [] });
});

test.each(["zh", "en"] as const)("in %s every line of a table fits 80 columns", async (lang) => {
  writeRun(folder, "a.jsonl", linesOf());
  const { text } = await show(["a.jsonl"], {}, { lang, columns: 80, isTTY: true });
  expect(text.split("\n").filter((line) => widthOf(line) > 80)).toEqual([]);
  expect(text).toContain("i23");
});

test("--limit and --wide", async () => {
  writeRun(folder, "a.jsonl", linesOf());
  const { text } = await show(["a.jsonl"], { limit: "2", wide: true }, { columns: 80 });
  expect(text).toContain("全对（前 2 题，共 12 题）");
  expect(text).toMatch(/b\/good c\/strong +=23 排货架/);
});

test("Markdown, CSV and JSON, to the screen or a file", async () => {
  writeRun(folder, "a.jsonl", linesOf());
  expect((await show(["a.jsonl"], { format: "md" })).text).toContain("### 存疑的标准答案（1 题）");
  await show(["a.jsonl"], { format: "csv", out: "items.csv" }, { lang: "en" });
  const rows = readFileSync(join(folder, "items.csv"), "utf8").trim().split("\r\n");
  expect(rows).toHaveLength(25);
  expect(rows[0]).toContain("item,dimension,question,answers,share");
  // No spreadsheet takes a question for a formula.
  expect(rows[24]).toContain(",'=23 排货架，每排若干箱，一共多少箱？,");
  const { text } = await show(["a.jsonl"], { format: "json" });
  expect(JSON.parse(text)).toMatchObject({
    schema: "items/1",
    runs: ["r1"],
    respondents: 3,
    doubted: [{ item: "quiz/一年级数学应用题/i23", version: 1 }],
    targets: [{ target: "a/weak", simulated: true }, {}, {}],
  });
});

test("several runs are more respondents", async () => {
  writeRun(folder, "a.jsonl", linesOf());
  writeRun(folder, "b.jsonl", linesOf("r2"));
  const { text } = await show(["a.jsonl", "b.jsonl"], { format: "json" });
  const data = JSON.parse(text) as { respondents: number; items: { answers: number }[] };
  expect(data.respondents).toBe(6);
  expect(data.items.every(({ answers }) => answers === 6)).toBe(true);
});

test("2: no file, an absent one, a foreign one, a suite that the runs do not hold; 3: no answer counts", async () => {
  writeRun(folder, "a.jsonl", linesOf());
  writeRun(folder, "none.jsonl", [runLine(["a/weak"]), endLine()]);
  writeFileSync(join(folder, "foreign.json"), "[1]");
  expect((await show([])).code).toBe(2);
  expect((await show(["absent.jsonl"])).code).toBe(2);
  expect((await show(["foreign.json"])).code).toBe(2);
  expect((await show(["a.jsonl"], { suite: "quizz" })).error).toContain(
    "没有题集 quizz（有：quiz）",
  );
  expect(await show(["none.jsonl"])).toMatchObject({ code: 3, text: "没有一条计分的回答。" });
});
