import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { ClauseList } from "../clause.ts";

import { formatProblem, UserError } from "../../../domain/text.ts";
import { type SheetCell, workbookOf } from "../../../importing/testing/workbooks.ts";
import { readClauses } from "./read-clauses.ts";

const fileOf = (name: string, text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), "baimo-clauses-")), name);
  writeFileSync(file, text);
  return file;
};

/** Each clause in a line: number, mark, measure, scope, level, bound. */
const told = ({ clauses }: ClauseList): readonly string[] =>
  clauses.map(({ no, mark, measure, of, at, bound, stated }) =>
    [
      no,
      mark ?? "",
      measure?.id ?? `user ${stated.state ?? "?"}`,
      of ?? "",
      at === null ? "" : `${at.loop} ${at.level}`,
      bound?.limits.map(({ relation, value }) => `${relation} ${value}`).join(" & ") ?? "",
    ]
      .filter((each) => each !== "")
      .join(" | "),
  );

async function problemsOf(file: string): Promise<readonly string[]> {
  try {
    await readClauses(file, "f");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.length === 0
      ? [error.text.zh]
      : error.problems.map((each) => formatProblem(each, "zh").replace(file, "f"));
  }
  return [];
}

const yaml = (clauses: string): string =>
  fileOf("c.yaml", `schema: clauses/1\nclauses:\n${clauses}`);

describe("YAML", () => {
  test("a file in good order", async () => {
    const list = await readClauses(
      yaml(`  - {no: 3.1, mark: ★, requirement: 准, measure: 准确率, of: tag=语法, bound: ≥９９．９９％}
  - {no: "3.2", requirement: 快, measure: 端到端时延 P99, at: 200 并发, bound: 不超过 300 毫秒}
  - {no: "3.3", requirement: 检出, measure: 召回率, label: 违规, bound: 大于等于 95%}
  - {no: "3.4", requirement: 等保, state: 满足}
`),
    );
    expect(told(list)).toEqual([
      "3.1 | ★ | accuracy | tag=语法 | at-least 0.9999",
      "3.2 | load-e2e-p99 | closed 200 | at-most 300",
      "3.3 | recall | at-least 0.95",
      "3.4 | user met",
    ]);
  });

  test.each([
    [
      `  - {no: 1, requirement: 准, measure: 准确绿, bound: ≥ 9%}`,
      'f:3:38  clauses[0].measure  没有“准确绿”这个指标；是否应为 "准确率"',
    ],
    [
      `  - {no: 1, requirement: 准, measure: 准确率, bound: "≥ 99"}`,
      "f:3:50  clauses[0].bound  界限 99 没有单位",
    ],
    [
      `  - {no: 1, requirement: 快, measure: ttft-p95, bound: ≤ 300 元}`,
      "f:3:55  clauses[0].bound  单位不合：“首字延迟 P95”以 ms / 秒 计，得到 300 元",
    ],
    [
      `  - {no: 1, requirement: 快, measure: ttft-p95, bound: 越快越好}`,
      "f:3:55  clauses[0].bound  界限“越快越好”里没有数",
    ],
    [
      `  - {no: 1, requirement: 快, measure: 首字延迟, bound: ≤ 2 s}`,
      "clauses[0].measure  “首字延迟”要写明取哪一个",
    ],
    [
      `  - {no: 1, requirement: 快, measure: ttft-p95, label: x, bound: ≤ 2 s}`,
      "clauses[0].label  “首字延迟 P95”不看 label",
    ],
    [`  - {no: 1, requirement: 等保, state: 大概}`, "clauses[0].state  state 应是"],
    [
      `  - {no: "1", requirement: 甲}\n  - {no: "1", requirement: 乙}`,
      "f:4:10  clauses[1].no  条款号 1 出现了两次（另一处在第 3 行）",
    ],
    [`  - {no: 1, requirement: 准, measur: 准确率}`, '未知的键 "measur"'],
  ])("refuses %s", async (clauses, problem) => {
    expect((await problemsOf(yaml(`${clauses}\n`))).join("\n")).toContain(problem);
  });

  test("all problems are told at once, in order", async () => {
    const file = yaml(`  - {no: 1, requirement: 准, measure: 准确率, bound: "≥ 99"}
  - {no: 2, requirement: 快, measure: ttft-p95, bound: ≤ 3 元}
`);
    expect(await problemsOf(file)).toHaveLength(2);
  });
});

const book = async (rows: readonly (readonly SheetCell[])[], merges: readonly string[] = []) =>
  readClauses(await workbookOf({ rows, merges }), "f");

describe("tables of buyers", () => {
  test("four plain columns, as CSV with a byte order mark and full-width digits", async () => {
    const list = await readClauses(
      fileOf(
        "c.csv",
        "\uFEFF条款号,要求,指标,界限\r\n★3.1,答得准,准确率,≥８５％\r\n▲3.2,首字快,首字延迟P95,≤２秒\r\n3.3,等保三级,,\r\n",
      ),
    );
    expect(told(list)).toEqual([
      "3.1 | ★ | accuracy | at-least 0.85",
      "3.2 | ▲ | ttft-p95 | at-most 2000",
      "3.3 | user ?",
    ]);
  });

  test("a title, merged numbers, parts, totals of units in the heading", async () => {
    const list = await book(
      [
        ["智能客服采购需求", null, null, null],
        ["条款号", "要求", "指标", "阈值（ms）"],
        ["一、性能"],
        ["3.1", "首字要快", "首字延迟P95", 2000],
        ["3.1", "全程要快", "端到端时延P95", 15000],
        ["3.2", "首字中位数", "首字延迟P50", "0.5 s"],
      ],
      ["A1:D1", "A4:A5"],
    );
    expect(list.title).toBe("智能客服采购需求");
    expect(told(list)).toEqual([
      "3.1-1 | ttft-p95 | at-most 2000",
      "3.1-2 | e2e-p95 | at-most 15000",
      "3.2 | ttft-p50 | at-most 500",
    ]);
  });

  test("words alone: figures are read from them, service times are not", async () => {
    const list = await book([
      ["序号", "招标文件条目号", "招标要求", "偏离情况"],
      [1, "2.1", "★ 首字响应时间（P95）应不超过2秒，端到端响应时间（P95）不超过15秒。", null],
      [2, "2.2", "在200并发条件下，端到端响应时间P99不大于8秒", null],
      [3, "2.3", "意图识别准确率不低于百分之九十五", null],
      [4, "2.4", "提供售后服务，故障响应时间不超过30分钟", "无偏离"],
      [5, "2.5", "首字延迟不超过2秒", null],
    ]);
    expect(told(list)).toEqual([
      "2.1-1 | ★ | ttft-p95 | at-most 2000",
      "2.1-2 | ★ | e2e-p95 | at-most 15000",
      "2.2 | load-e2e-p99 | closed 200 | at-most 8000",
      "2.3 | accuracy | 意图识别 | at-least 0.95",
      "2.4 | user met",
      "2.5 | user ?",
    ]);
    expect(list.clauses.at(-1)?.remarks[0]?.zh).toContain("要写明取哪一个");
  });

  test("operator, value and unit apart; limits in two columns under one heading; marks known by what they are", async () => {
    expect(
      told(
        await book([
          ["指标编号", "考核指标", "运算", "门限", "单位", "条款级别"],
          ["E-01", "回答准确率", "≥", 80, "%", "必须满足"],
          ["L-01", "首Token时延P99", "≤", 1500, "毫秒", "重要"],
        ]),
      ),
    ).toEqual(["E-01 | ★ | accuracy | at-least 0.8", "L-01 | ▲ | ttft-p99 | at-most 1500"]);
    expect(
      told(
        await book(
          [
            ["编号", "测评内容", "测评指标", "合格要求", null, "备注"],
            [null, null, null, "下限", "上限", null],
            ["1.1", "客服问答", "准确率", "80%", null, "★"],
            ["2.1", "首字", "TTFT P95", null, "2000ms", null],
          ],
          ["D1:E1"],
        ),
      ),
    ).toEqual(["1.1 | ★ | accuracy | 客服问答 | at-least 0.8", "2.1 | ttft-p95 | at-most 2000"]);
  });

  test("sentences under a name of measures, numbers in the words; promised values as bounds", async () => {
    expect(
      told(
        await book([
          ["标的名称", "参数性质", "技术参数与性能指标"],
          ["大模型服务", "★", "1. 首字时延（P95）≤2s；"],
          ["大模型服务", "▲", "2. 并发50用户时，首字时延P99不高于5秒；"],
          ["大模型服务", null, "3. 输出速度每秒不少于20字；"],
        ]),
      ),
    ).toEqual([
      "1 | ★ | ttft-p95 | at-most 2000",
      "2 | ▲ | load-ttft-p99 | closed 50 | at-most 5000",
      "3 | speed-p50 | at-least 20",
    ]);
    expect(
      told(
        await book([
          ["序", "服务指标", "服务等级承诺（最低要求）", "违约扣减"],
          ["1", "服务可用性", "99.9%", "1%"],
          ["2", "首包时延 TP90", "1500ms 以内", "0.5%"],
        ]),
      ),
    ).toEqual(["1 | availability | at-least 0.999", "2 | ttft-p90 | at-most 1500"]);
  });

  test("what it refuses, with the row and the column", async () => {
    const rows = (...more: readonly (readonly SheetCell[])[]) =>
      workbookOf({ rows: [["条款号", "要求", "指标", "界限"], ...more] });
    expect(await problemsOf(await rows(["1", "准", "准确绿", "≥ 9%"]))).toEqual([
      expect.stringContaining("f:2:3  1  没有“准确绿”这个指标"),
    ]);
    expect(await problemsOf(await rows(["1", "快", "首字延迟P95", "≤ 300 元"]))).toEqual([
      expect.stringContaining("f:2:4  1  单位不合"),
    ]);
    expect(
      await problemsOf(
        await rows(["1", "准", "准确率", "≥9%"], ["2", "乙", "", ""], ["1", "丙", "", ""]),
      ),
    ).toEqual(["f:4:1  1  条款号 1 出现了两次（另一处在第 2 行）"]);
    expect(
      await problemsOf(
        await workbookOf({
          rows: [
            ["甲", "乙"],
            [1, 2],
          ],
        }),
      ),
    ).toEqual([expect.stringContaining("没有找到“要求”或“指标”的列。第一行是：甲 | 乙")]);
    expect(await problemsOf(fileOf("c.docx", "x"))).toEqual([
      expect.stringContaining("另存为 .xlsx"),
    ]);
  });

  test("a name that is no measure is left to the user unless it looks like one misspelt", async () => {
    const list = await book([
      ["条款号", "指标", "界限", "是否满足"],
      ["1", "国产化适配", "", "满足"],
      ["2", "培训次数", "≥ 3 次", ""],
    ]);
    expect(told(list)).toEqual(["1 | user met", "2 | user ?"]);
    expect(list.clauses[0]?.remarks[0]?.zh).toBe("“国产化适配”不是 baimo 测得出的指标");
  });
});
