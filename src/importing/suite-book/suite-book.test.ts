import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { stringify } from "yaml";

import type { Suite } from "../../domain/suite.ts";

import { Suite as SuiteSchema } from "../../domain/suite.ts";
import { parseSuite } from "../../store/suites/suites.ts";
import { eachWritten } from "../../store/suites/written-rows.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { anyText } from "../../text/testing/any-text.ts";
import { fileOf } from "../testing/rows.ts";
import { readBook, writeReadBook } from "./read-book.ts";
import { writeBook } from "./write-book.ts";

const root = join(import.meta.dirname, "../../..");

/** A suite with all rows of its data files, whatever their names. */
async function whole(file: string) {
  const { value: suite, text, locate } = await readYaml(file, SuiteSchema);
  const tasks = [];
  for (const task of suite.tasks) {
    const rows = { items: [] as unknown[], examples: [] as unknown[] };
    for (const which of ["items", "examples"] as const)
      for await (const row of eachWritten({ file, suite, text, locate }, task, which))
        rows[which].push(row);
    const { items, examples } = task;
    tasks.push({
      ...task,
      items: "from" in items ? rows.items : items,
      ...(examples !== undefined && "from" in examples
        ? { examples: { ...examples, from: rows.examples } }
        : {}),
    });
  }
  return { ...suite, tasks };
}

/** The suite after it was a workbook. */
async function throughExcel(file: string): Promise<string> {
  const book = await fileOf("book.xlsx", (await writeBook(file)).bytes);
  const out = join(dirname(book), "again.yaml");
  await writeReadBook(await readBook(book, out), out);
  return out;
}

const ownSuites = [
  ...readdirSync(join(root, "suites"))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join("suites", name)),
  ...readdirSync(join(root, "src/cli/uses/prompts/suites"))
    .filter((name) => /^(?!baimo).*\.yaml$/.test(name))
    .map((name) => join("src/cli/uses/prompts/suites", name)),
].filter((_, at) => inject("matrix") || at % 5 === 0);

describe("a suite that was a workbook is the same suite", () => {
  test.each(ownSuites)("%s", async (name) => {
    const file = join(root, name);
    expect(await whole(await throughExcel(file))).toEqual(await whole(file));
  });

  test("with every kind of field, and texts that a cell would change", async () => {
    const hard = [
      "=1+1",
      " 前后有空格 ",
      "_x0041_",
      "行\r\n行",
      "\u0007铃\u2028",
      "'0012",
      "𠮷野家",
      "é",
      "😀",
      "长".repeat(70_000),
      "\t",
    ];
    const suite: Suite = {
      schema: "suite/1",
      id: "hard",
      title: "难的",
      defaults: { params: { temperature: 0.1 + 0.2 }, circular: 2 },
      vars: { place: "上海", n: 3, yes: true },
      tasks: [
        {
          id: "a",
          dimension: ["甲", "乙"],
          prompt: "{{question}}\n\n{{options}} ",
          wordings: { terse: "{{question}}" },
          grader: { use: "exact", with: { mode: "code" } },
          items: [
            ...hard.map((text, index) => ({
              id: `t${index}`,
              question: text,
              answer: text,
              reference: text,
            })),
            {
              id: "n1",
              question: "数",
              answer: 0.1 + 0.2,
              points: 2,
              tolerance: 0.5,
              difficulty: 3,
            },
            {
              id: "n2",
              question: "串",
              answer: "0.30",
              difficulty: "3",
              tags: ["易"],
              severity: "红线",
            },
            { id: "n3", question: "真", answer: true, options: { A: "甲", B: 2, C: false } },
            { id: "n4", question: "表", answer: ["A"], options: ["甲", "乙"] },
            {
              id: "n5",
              question: "序",
              answer: "B",
              options: { B: "乙", A: "甲" },
              rubric: [{ a: null }, "点"],
            },
            {
              id: "n6",
              turns: [
                { user: "一", answer: "A" },
                { user: "二", answer: { x: 1.5, y: "s" } },
              ],
              context: ["甲", "乙"],
            },
          ],
        },
        {
          id: "g",
          dimension: ["丙"],
          grader: { use: "numeric" },
          items: { generate: "arithmetic", n: 3, seed: 7 },
        },
      ],
    };
    const file = await fileOf("hard.yaml", stringify(suite, { lineWidth: 0 }));
    expect(await whole(file)).toEqual(suite);
    const out = await throughExcel(file);
    expect(await whole(out)).toEqual(suite);
    expect((await parseSuite(out)).suite.id).toBe("hard");
  });

  test("any text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(anyText({ minLength: 1 }), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
          { minLength: 1, maxLength: 20 },
        ),
        async (pairs) => {
          const items = pairs.map(([question, answer], index) => ({
            id: `i${index}`,
            question,
            answer,
            source: question,
          }));
          const suite = {
            schema: "suite/1",
            id: "any",
            tasks: [
              {
                id: "a",
                dimension: ["甲"],
                grader: { use: "exact" },
                items: { from: "any.jsonl" },
              },
            ],
          };
          const file = await fileOf("any.yaml", stringify(suite));
          await writeFile(
            join(dirname(file), "any.jsonl"),
            items.map((item) => `${JSON.stringify(item)}\n`).join(""),
          );
          expect(await whole(await throughExcel(file))).toEqual(await whole(file));
        },
      ),
      { numRuns: inject("matrix") ? 30 : 3 },
    );
  });
});

test("what people change in the workbook is in the suite, and what they break is named by sheet and row", async () => {
  const file = await fileOf(
    "small.yaml",
    "schema: suite/1\nid: small\ntasks:\n  - {id: a, dimension: [甲], grader: {use: exact}, items: [{id: q1, question: 旧, answer: 一}]}\n",
  );
  const path = await fileOf("book.xlsx", (await writeBook(file)).bytes);
  const edited = async (change: (sheet: ExcelJS.Worksheet) => void): Promise<string> => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.getWorksheet("题目");
    if (sheet !== undefined) change(sheet);
    const to = await fileOf("edited.xlsx", "");
    await book.xlsx.writeFile(to);
    return to;
  };
  const more = await edited((sheet) => {
    sheet.getCell("C2").value = "新";
    sheet.addRow(["a", 2, "再一题", "二"]);
  });
  const { suite } = await readBook(more, join(dirname(more), "x.yaml"));
  expect(suite.tasks[0]?.items).toEqual([
    { id: "q1", question: "新", answer: "一" },
    { id: "2", question: "再一题", answer: "二" },
  ]);
  const strayed = await edited((sheet) => sheet.addRow(["b", "q2", "问", "答"]));
  await expect(readBook(strayed, "x.yaml")).rejects.toThrow(/"题目", row 3: there is no task "b"/);
  const nameless = await edited((sheet) => sheet.addRow(["a", null, "问", "答"]));
  await expect(readBook(nameless, "x.yaml")).rejects.toThrow(/"题目", row 3: id/);
  const torn = await edited((sheet) => (sheet.getCell("E2").value = "{"));
  await expect(readBook(torn, "x.yaml")).rejects.toThrow(/"题目", row 2: not valid JSON/);
});
