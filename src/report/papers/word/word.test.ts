import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Document, Packer, Paragraph, patchDetector, TextRun } from "docx";
import { array, assert, integer, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";

import type { RunFileLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { PaperOptions } from "../../export/format.ts";

import { readExport } from "../../export/read.ts";
import { figureRuns } from "../../testing/figure-runs.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { readPaper } from "../paper.ts";
import { readWord, unprintable } from "../testing/read-paper.ts";
import { laidOut } from "./layout.ts";
import { writeWord } from "./report.ts";

const folder = mkdtempSync(join(tmpdir(), "word-"));
let files = 0;

async function wordOf(
  lines: readonly RunFileLine[],
  options: Partial<PaperOptions> = {},
  lang: "zh" | "en" = "zh",
): Promise<string> {
  files += 1;
  const file = join(folder, `run-${files}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const now = new Date("2026-11-30T01:00:00Z");
  const paper = await readPaper(await readExport([file], null), lang, { now, ...options });
  await writeWord(paper, `${file}.docx`);
  return `${file}.docx`;
}

const plain = figureRuns["plain"] ?? [];

test.each([
  [
    "zh",
    ["1　结论", "2　候选与版本", "4　方法", "附录 A　作答样例", "签字页", "编制", "审核", "批准"],
  ],
  ["en", ["1　Conclusion", "4　Method", "Appendix A. Sample replies", "Signatures", "Approved by"]],
] as const)(
  "the report in %s puts the conclusion first and ends with signatures",
  async (lang, parts) => {
    const { text } = await readWord(await wordOf(plain, {}, lang));
    const places = parts.map((part) => text.lastIndexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  },
);

test("samples stand under the notice of what generated them, and risk items are folded", async () => {
  const { text } = await readWord(await wordOf(figureRuns["safety and ladders"] ?? []));
  expect(text).toContain("由人工智能生成（依 GB 45438");
  expect(text).toContain("风险题的回答已折叠");
  expect(text).not.toContain("先准备以下材料");
});

describe("whatever a model wrote", () => {
  const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");
  test.each([
    ["control characters", `坏${controls}字`],
    ["half of a pair", "坏\ud83d字"],
    ["the end of a CDATA section", "坏]]>字<w:p/>"],
    ["text that runs from the right", "坏\u202eדג字"],
    ["a megabyte", "坏".repeat(1 << 20)],
  ])("%s can be opened", async (_, reply) => {
    const facts = { item: "s/t/1", target: "a/one", text: reply };
    const lines = [
      runLine(["a/one"]),
      itemLine("s/t/1"),
      answerLine(facts),
      { ...scoreLine(facts, "wrong"), why: reply.slice(0, 400) },
      endLine(),
    ];
    const file = await wordOf(lines);
    // Every part is parsed; what is no XML is refused.
    expect(await patchDetector({ data: readFileSync(file) })).toEqual([]);
    const { text } = await readWord(file);
    expect(text).toContain("坏");
    expect(text.length).toBeLessThan(20_000);
    expect(text).not.toMatch(unprintable);
  });
});

test("no answers, one target and 31 targets make a report", async () => {
  const none = await readWord(await wordOf([runLine(["a/one"]), endLine()]));
  expect(none.text).toContain("签字页");
  const targets = Array.from(
    { length: 31 },
    (_, at) => `服务商/超大规模中文对话模型专业增强版-${at}`,
  );
  const answers = targets.flatMap((target) => {
    const facts = { item: "s/t/1", target };
    return [answerLine(facts), scoreLine(facts, "right")];
  });
  const { tables } = await readWord(
    await wordOf([runLine(targets), itemLine("s/t/1"), ...answers, endLine()]),
  );
  const parts = tables.filter(({ caption }) => caption.includes("分维度效果分"));
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.every(({ rows }) => (rows[0]?.length ?? 0) <= 7)).toBe(true);
  expect(parts.flatMap(({ rows }) => (rows[0] ?? []).slice(1))).toHaveLength(31);
});

test("a table in parts holds every column once, its keys in each part, and no part is too wide", () => {
  const column = record({ title: string({ maxLength: 30 }), cell: string({ maxLength: 60 }) });
  assert(
    property(
      array(column, { minLength: 3, maxLength: 40 }),
      integer({ min: 1, max: 2 }),
      (made, keys) => {
        const table = {
          columns: made.map(({ title }) => ({ title })),
          rows: [made.map(({ cell }) => cell)],
        };
        const parts = laidOut(table, keys);
        const [first] = parts;
        expect(
          [
            first?.columns.slice(0, keys),
            ...parts.map(({ columns }) => columns.slice(keys)),
          ].flat(),
        ).toEqual(table.columns);
        for (const { columns, shares } of parts) {
          expect(columns.slice(0, keys)).toEqual(table.columns.slice(0, keys));
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          expect(columns.length).toBeLessThanOrEqual(14);
        }
      },
    ),
  );
});

async function templateOf(paragraphs: readonly string[]): Promise<string> {
  files += 1;
  const file = join(folder, `template-${files}.docx`);
  const document = new Document({
    sections: [
      {
        // A word processor parts what was typed into several runs.
        children: paragraphs.map(
          (text) =>
            new Paragraph({
              children: [new TextRun(text.slice(0, 5)), new TextRun(text.slice(5))],
            }),
        ),
      },
    ],
  });
  writeFileSync(file, await Packer.toBuffer(document));
  return file;
}

describe("a company's own template", () => {
  test("has its placeholders filled in and keeps everything else", async () => {
    const said: Text[] = [];
    const template = await templateOf([
      "某某公司 {{title}}（{{ date }}）",
      "{{conclusion}}",
      "本公司的第二章",
      "{{scores}}",
      "{{safety}}",
      "{{signatures}}",
      "{{ours}}",
    ]);
    const { text, tables } = await readWord(
      await wordOf(plain, { template, say: (line) => said.push(line) }),
    );
    expect(text).toContain("某某公司 大模型选型评测报告（2026-11-30）");
    expect(text.indexOf("为最高")).toBeLessThan(text.indexOf("本公司的第二章"));
    expect(text).toContain("本次运行没有这一部分的数据。");
    expect(text).toContain("{{ours}}");
    expect(said.map(({ zh }) => zh)).toEqual(["模板里这些占位符不认识，保持原样：{{ours}}"]);
    expect(tables.some(({ caption }) => caption.endsWith("总表"))).toBe(true);
  });

  test("takes the whole report with its charts at one place", async () => {
    const template = await templateOf(["{{report}}"]);
    const { text } = await readWord(await wordOf(plain, { template }));
    expect(text).toContain("1　结论");
    expect(text).toContain("图 1　效果分与 95% 区间");
  });

  test("without placeholders is refused with what to write", async () => {
    const template = await templateOf(["没有占位符", "{{ours}}"]);
    await expect(wordOf(plain, { template })).rejects.toThrow(
      /holds no placeholder.*\{\{report\}\}/,
    );
  });

  test("that is no Word document is refused", async () => {
    const template = join(folder, "old.doc");
    writeFileSync(template, "text");
    await expect(wordOf(plain, { template })).rejects.toThrow(/no zip archive|no Word document/);
  });
});
