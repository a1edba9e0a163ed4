import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";

import { loadExcel } from "../files/xlsx.ts";
import { fileOf, lines, outcome, rowsOf } from "./testing/rows.ts";

const gbk = Uint8Array.from([
  // 题目,答案 / 中国,1
  0xcc, 0xe2, 0xc4, 0xbf, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a, 0xd6, 0xd0, 0xb9, 0xfa, 0x2c, 0x31,
  0x0a,
]);

describe("csv", () => {
  test("wide: choice, numbers and texts find their graders", async () => {
    const text =
      "编号,题目,选项A,选项B,答案,分类,难度\n1,首都？,北京,上海,A,常识/地理,易\n2,六乘七？,,,42,常识/数学,中\n3,诗仙是谁？,,,李白,常识/文学,易\n";
    const file = await fileOf("题库.csv", text);
    expect(outcome(await rowsOf("csv", file))).toEqual([
      {
        id: "1",
        question: "首都？",
        options: { A: "北京", B: "上海" },
        answer: "A",
        difficulty: "易",
        use: "choice",
        dimension: ["常识", "地理"],
      },
      {
        id: "2",
        question: "六乘七？",
        answer: "42",
        difficulty: "中",
        use: "numeric",
        dimension: ["常识", "数学"],
      },
      {
        id: "3",
        question: "诗仙是谁？",
        answer: "李白",
        difficulty: "易",
        use: "exact",
        dimension: ["常识", "文学"],
      },
    ]);
  });

  test("statements to be judged get one form of answer; a question keeps its text", async () => {
    const text =
      "题目,答案\n铁比水重。,√\n冰比水重。,N\n光比声快。,正确\n鲸是鱼吗？,错\n氮的元素符号是什么？,N\n“错”的反义词是什么？,对\n";
    const items = outcome(await rowsOf("csv", await fileOf("判断.csv", text)));
    expect(items).toMatchObject([
      { answer: "对", use: "value" },
      { answer: "错", use: "value" },
      { answer: "对", use: "value" },
      { answer: "错", use: "value" },
      { answer: "N", use: "exact" },
      { answer: "对", use: "exact" },
    ]);
  });

  test("GBK, BOM, CRLF, tabs, quotes over lines and an unnamed index column", async () => {
    expect(outcome(await rowsOf("csv", await fileOf("gbk.csv", gbk)))).toMatchObject([
      { question: "中国", answer: "1" },
    ]);
    const file = await fileOf(
      "bom.tsv",
      '\uFEFF\t题目\t答案\r\n0\t"第一行\n第二行，有""引号"""\t"甲"\r\n',
    );
    expect(outcome(await rowsOf("csv", file))).toMatchObject([
      { question: '第一行\n第二行，有"引号"', answer: "甲" },
    ]);
    const utf16 = await fileOf("u.csv", Buffer.from("\uFEFF题目,答案\n一,二\n", "utf16le"));
    expect(outcome(await rowsOf("csv", utf16))).toMatchObject([{ question: "一", answer: "二" }]);
  });

  test("what cannot be an item is named with its line and reason", async () => {
    const text =
      '题目,A,B,答案\n太多格,甲,乙,A,多余\n没有答案,甲,乙,\n序号,甲,乙,0\n越界,甲,乙,C\n脏,甲,乙,选项 b\n少了格,甲\n\n,甲,乙,A\n"没有闭合,甲,乙,A\n';
    const found = outcome(await rowsOf("csv", await fileOf("bad.csv", text)));
    expect(found).toEqual([
      { row: 2, reason: "有 5 个单元格，表头只有 4 列" },
      { row: 3, reason: "没有答案" },
      { row: 4, reason: "答案 0 是序号，请用 --answer-base 说明从 0 还是从 1 算起" },
      { row: 5, reason: "答案“C”不是选项 A、B 之一" },
      {
        id: "r000006",
        question: "脏",
        options: { A: "甲", B: "乙" },
        answer: "B",
        use: "choice",
        dimension: ["未分类"],
      },
      { row: 7, reason: "没有答案" },
      { row: 9, reason: "没有题目" },
      { row: 10, reason: "引号没有闭合" },
    ]);
  });

  test("answers from 0, columns by name, a dimension of several columns", async () => {
    const file = await fileOf("own.csv", "提法,甲项,乙项,标号,一级,二级\n选乙,一,二,1,业务,开户\n");
    const columns = {
      question: "提法",
      A: "甲项",
      B: "乙项",
      answer: "标号",
      dimension: "一级+二级",
    };
    expect(outcome(await rowsOf("csv", file, { columns, answer_base: 0 }))).toMatchObject([
      { question: "选乙", answer: "B", dimension: ["业务", "开户"] },
    ]);
    await expect(rowsOf("csv", file, { columns: { question: "没有" } })).rejects.toThrow(
      /no column "没有"/,
    );
    await expect(rowsOf("csv", file, { columns: { qestion: "提法" } })).rejects.toThrow(
      /did you mean "question"/,
    );
    await expect(rowsOf("csv", file)).rejects.toThrow(/no column looks like question/);
  });

  test("long: the options of a question stand in rows", async () => {
    const text =
      "题目,选项内容,是否正确\n选红色,红,是\n选红色,蓝,否\n选多个,一,1\n选多个,二,0\n选多个,三,1\n";
    const file = await fileOf("long.csv", text);
    expect(outcome(await rowsOf("csv", file, { shape: "long" }))).toMatchObject([
      { question: "选红色", options: { A: "红", B: "蓝" }, answer: "A" },
      { question: "选多个", options: { A: "一", B: "二", C: "三" }, answer: "AC" },
    ]);
  });

  test("dialogue: rows of one dialogue become the conversation before the last question", async () => {
    const text =
      "对话编号,角色,内容,答案\nd1,客户,我要退货,\nd1,客服,请说订单号,\nd1,客户,尾号 88，退几天到账？,3\nd2,客户,你好,\nd2,客服,您好！,\n";
    const file = await fileOf("chat.csv", text);
    expect(outcome(await rowsOf("csv", file, { shape: "dialogue" }))).toMatchObject([
      {
        messages: [
          { role: "user", text: "我要退货" },
          { role: "assistant", text: "请说订单号" },
        ],
        question: "尾号 88，退几天到账？",
        answer: "3",
        use: "numeric",
      },
      { question: "你好", reference: "您好！", use: "open" },
    ]);
  });

  test("an xlsx by another name and bytes that are no text are refused", async () => {
    await expect(rowsOf("csv", await fileOf("a.csv", "PK\u0003\u0004"))).rejects.toThrow(
      /workbook/,
    );
    await expect(
      rowsOf("csv", await fileOf("b.csv", Uint8Array.from([0xff, 0x00, 0x81]))),
    ).rejects.toThrow(/not text/);
  });
});

describe("jsonl", () => {
  test("lists and maps of options, answers as lists, a bad line", async () => {
    const file = await fileOf(
      "x.jsonl",
      `${lines(
        { id: "a", question: "选二", options: ["A. 一", "B. 二"], answer: "二" },
        { id: "b", question: "多选", options: { A: "一", B: "二", C: "三" }, answer: ["C", "A"] },
      )}\n{"id": "c", "question"\n${JSON.stringify({ id: "d", question: "空答案", options: ["一", "二"], answer: [] })}`,
    );
    expect(outcome(await rowsOf("jsonl", file))).toMatchObject([
      { id: "a", options: { A: "一", B: "二" }, answer: "B" },
      { id: "b", answer: "AC" },
      { row: 3, reason: "不是有效的 JSON" },
      { row: 4, reason: "没有答案" },
    ]);
  });

  test("an array, JSON Lines named .json, and a torn array", async () => {
    const row = { question: "一加一", answer: 2 };
    const array = await fileOf(
      "a.json",
      JSON.stringify([row, { ...row, question: '二加一\n"[]{}"' }]),
    );
    expect(outcome(await rowsOf("jsonl", array))).toMatchObject([
      { answer: "2" },
      { question: '二加一\n"[]{}"' },
    ]);
    expect(outcome(await rowsOf("jsonl", await fileOf("b.json", lines(row, row))))).toHaveLength(2);
    const torn = await fileOf("c.json", `[${JSON.stringify(row)}, {"question": "没`);
    expect(outcome(await rowsOf("jsonl", torn))).toMatchObject([
      { answer: "2" },
      { row: 2, reason: "JSON 不完整" },
    ]);
    await expect(rowsOf("jsonl", await fileOf("d.json", "{}".repeat(0)))).rejects.toThrow(
      /no JSON object/,
    );
  });
});

describe("xlsx", () => {
  test("its package is an extra, asked for by name where it is missing", async () => {
    const elsewhere = pathToFileURL(join(tmpdir(), "elsewhere.js")).href;
    await expect(loadExcel(elsewhere)).rejects.toMatchObject({
      name: "UserError",
      text: {
        zh: expect.stringMatching(/npm i exceljs/),
        en: expect.stringMatching(/npm i exceljs/),
      },
    });
    expect(await loadExcel()).toHaveProperty("Workbook");
  });

  test("merged passages, formulas, rich text, dates, a sheet by name", async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet("说明").addRow(["这一页不是题目"]);
    const sheet = book.addWorksheet("题库");
    sheet.addRow([]);
    sheet.addRow(["材料", "题目", "A", "B", "答案", "来源"]);
    sheet.addRow([
      "一段材料",
      { richText: [{ text: "第一" }, { text: "题" }] },
      "甲",
      "乙",
      "A",
      new Date("2026-01-02T00:00:00Z"),
    ]);
    sheet.addRow([null, "第二题", "甲", "乙", { formula: '"B"', result: "B" }]);
    sheet.addRow(["别的", "第三题", "甲", "乙", { formula: "E3" }]);
    sheet.mergeCells("A3:A4");
    const file = await fileOf("题库.xlsx", "");
    await book.xlsx.writeFile(file);
    expect(outcome(await rowsOf("xlsx", file, { sheet: "题库" }))).toMatchObject([
      { context: "一段材料", question: "第一题", answer: "A", source: "2026-01-02" },
      { context: "一段材料", question: "第二题", answer: "B" },
      { row: 5, reason: "公式没有保存结果" },
    ]);
    await expect(rowsOf("xlsx", file, { sheet: "无" })).rejects.toThrow(/no sheet "无"/);
    await expect(rowsOf("xlsx", await fileOf("x.xlsx", "不是表"))).rejects.toThrow(
      /cannot be read as xlsx/,
    );
  });
});
