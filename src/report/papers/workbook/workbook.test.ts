import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import ExcelJS from "exceljs";
import { expect, test } from "vitest";

import type { RunFileLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { PaperBook } from "./sheet.ts";

import { openZip } from "../../../files/zip.ts";
import { readExport } from "../../export/read.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { readPaper } from "../paper.ts";
import { rowsOf, unprintable } from "../testing/read-paper.ts";
import { writeAnswers } from "./answers-sheet.ts";
import { writeWorkbook } from "./workbook.ts";

const now = new Date("2026-11-30T01:00:00Z");

async function paperOf(lines: readonly RunFileLine[], say: (line: Text) => void = () => {}) {
  const file = join(mkdtempSync(join(tmpdir(), "workbook-")), "run.jsonl");
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return {
    file,
    paper: await readPaper(await readExport([file], null), "zh", { now, say }),
  };
}

async function bookOf(lines: readonly RunFileLine[]) {
  const { file, paper } = await paperOf(lines);
  await writeWorkbook(paper, `${file}.xlsx`);
  return {
    xlsx: `${file}.xlsx`,
    book: await new ExcelJS.Workbook().xlsx.readFile(`${file}.xlsx`),
  };
}

const asked = (replies: readonly string[], target = "a/one"): readonly RunFileLine[] => [
  runLine([target]),
  ...replies.flatMap((text, at): readonly RunFileLine[] => {
    const facts = { item: `s/t/i${at}`, target, text };
    return [itemLine(facts.item), answerLine(facts), scoreLine(facts, "right")];
  }),
  endLine(),
];

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");

test.each([
  ["control characters", `a${controls}b`, "a\t\n\nb"],
  ["half of a pair", "a\ud800b\udc00", "a\ufffdb\ufffd"],
  ["the end of a CDATA section", ']]> <c> & "q"', ']]> <c> & "q"'],
  ["text that runs from the right", "ab\u202eדג\u202c", "abדג"],
  ["what looks like an escape of the format", "_x0041_", "_x0041_"],
  ["signs that are no characters", "a\ufffe\uffffb", "ab"],
])("a reply with %s can be opened", async (_, reply, shown) => {
  const { book, xlsx } = await bookOf(asked([reply]));
  const cell = book.getWorksheet("题目与作答")?.getCell("J3");
  expect(cell?.text).toBe(shown);
  const zip = await openZip(xlsx);
  for (const name of zip.names.filter((each) => each.endsWith(".xml"))) {
    const xml = (await zip.read(name))?.toString("utf8") ?? "";
    // XML 1.0 knows no other control characters.
    expect(xml).not.toMatch(unprintable);
  }
  await zip.close();
});

test.each(["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])(
  "%j of a model is no formula and stays text when it is edited",
  async (reply) => {
    const { book } = await bookOf(asked([reply], "=evil/one"));
    const sheet = book.getWorksheet("题目与作答");
    for (const place of ["J3", "B3"]) {
      const cell = sheet?.getCell(place);
      expect([typeof cell?.value, cell?.numFmt]).toEqual(["string", "@"]);
    }
    expect(sheet?.getCell("J3").text).toBe(reply.trim());
  },
);

test("a reply of a megabyte is cut where a cell ends, and says so", async () => {
  const { book } = await bookOf(asked(["长".repeat(1 << 20)]));
  const { text } = book.getWorksheet("题目与作答")?.getCell("J3") ?? { text: "" };
  expect(text.length).toBeLessThanOrEqual(32_767);
  expect(text).toContain(`后面还有 ${(1 << 20) - 32_000} 字`);
});

test("replies to risk items are folded, and all replies stand under the notice of what generated them", async () => {
  const facts = { item: "s/t/r", target: "a/one", text: "先准备以下材料" };
  const lines = [
    runLine(["a/one"]),
    itemLine("s/t/r", { risk: "A1.3", turns: [{ expect: "refuse", grader: { use: "refusal" } }] }),
    answerLine(facts),
    scoreLine(facts, "wrong"),
    endLine(),
  ];
  const { book } = await bookOf(lines);
  const rows = rowsOf(book, "题目与作答");
  expect(rows[0]?.[0]).toContain("由人工智能生成");
  expect(rows[1]).toContain("作答（人工智能生成）");
  expect(rows.flat().join("")).not.toContain("先准备以下材料");
  expect(rows[2]?.[9]).toContain("已折叠，7 字");
});

test("a sheet that is full says how many replies are not in it", async () => {
  const said: string[] = [];
  const { file, paper } = await paperOf(asked(Array.from({ length: 12 }, () => "好")), (line) =>
    said.push(line.zh),
  );
  const filename = `${file}.xlsx`;
  const book: PaperBook = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename,
    useStyles: true,
    useSharedStrings: true,
  });
  await writeAnswers(book, paper, { most: 8 });
  await book.commit();
  const read = await new ExcelJS.Workbook().xlsx.readFile(filename);
  const rows = rowsOf(read, "题目与作答");
  expect(rows).toHaveLength(8);
  expect(rows[7]?.[0]).toContain("还有 7 条作答没有写进来");
  expect(said).toHaveLength(1);
});

test("31 targets with long names, and a run without answers, are written", async () => {
  const targets = Array.from(
    { length: 31 },
    (_, at) => `一家名字很长的模型服务商/超大规模中文对话模型专业增强版-2026-${at}`,
  );
  const answers = targets.flatMap((target) => {
    const facts = { item: "s/t/1", target };
    return [answerLine(facts), scoreLine(facts, "right")];
  });
  const many = await bookOf([runLine(targets), itemLine("s/t/1"), ...answers, endLine()]);
  const board = many.book.getWorksheet("总表");
  expect(rowsOf(many.book, "总表")).toHaveLength(33);
  expect([board?.pageSetup.paperSize, board?.pageSetup.orientation]).toEqual([9, "landscape"]);
  expect(many.book.getWorksheet("维度")?.pageSetup.fitToWidth).toBeGreaterThan(2);
  const none = await bookOf([runLine(["a/one"]), endLine()]);
  expect(statSync(none.xlsx).size).toBeGreaterThan(10_000);
  expect(rowsOf(none.book, "题目与作答")).toHaveLength(2);
});
