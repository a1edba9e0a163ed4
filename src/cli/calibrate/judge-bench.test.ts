import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { JudgeSummary } from "../../report/calibration/judge-summary.ts";

import { type JudgeRig, makeJudgeRig, verdictFor } from "../testing/judge-rig.ts";
import { inProcess } from "../testing/process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-judged-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rounded = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 1e4) / 1e4;

async function calibrate(rows: readonly unknown[], ...args: readonly string[]) {
  await writeFile(join(folder, "rows.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  return inProcess(folder, ["calibrate", "rows.jsonl", "--grader", "judge", ...args]);
}
const summaryOf = async (rows: readonly unknown[], ...args: readonly string[]) =>
  JSON.parse((await calibrate(rows, ...args, "--json")).stdout) as JudgeSummary;

/*
 * Rows as critique data sets have them: a person's mark of 1 to 10 and a judge's text that ends in a Python dict. The
 * figures below come from Python 3 with exact fractions, κ as 1 - Σ w·observed / Σ w·expected over the 10 × 10
 * table with w = (i ≠ j), |i - j| and (i - j)²; the interval is mean ± t(0.975, 19) · sd / √20.
 */
const person = [7, 8, 5, 9, 3, 6, 8, 2, 10, 7, 4, 6, 9, 5, 8, 7, 1, 6, 7, 9];
const judge = [8, 8, 6, 9, 5, 6, 9, 3, 10, 6, 4, 8, 9, 6, 8, 7, 2, 7, 9, 8];
const critiques = person.map((mark, index) => ({
  id: index,
  category: index % 2 === 0 ? "文本写作" : "角色扮演",
  question: `第 ${index} 题`,
  reference: "参考",
  response: "回答",
  mark,
  marks: { 事实正确性: mark },
  recorded: [
    {
      judge: "old/judge",
      text: `回答基本切题，\n{'事实正确性': ${judge[index]}, '满足用户需求': 5, '综合得分': ${judge[index]}}`,
    },
  ],
}));

describe("recorded verdicts reproduce known figures, and nobody is asked", () => {
  test("marks of 1 to 10: agreement, κ plain and weighted, bias, correlation", async () => {
    const { n, graded, overall, by_dimension, by_criterion } = await summaryOf(
      critiques,
      "--with",
      '{"scale":"1-10"}',
    );
    expect([n, graded]).toEqual([20, 20]);
    expect(
      [
        overall.agreement,
        overall.within_one,
        overall.kappa,
        overall.kappa_linear,
        overall.kappa_quadratic,
        overall.bias,
        overall.bias_interval?.low,
        overall.bias_interval?.high,
        overall.correlation,
      ].map(rounded),
    ).toEqual([0.4, 0.85, 0.3084, 0.7018, 0.8983, 0.55, 0.1349, 0.9651, 0.9325]);
    expect(Object.keys(by_dimension)).toEqual(["文本写作", "角色扮演"]);
    expect(by_dimension["文本写作"]?.n).toBe(10);
    expect(by_criterion["事实正确性"]).toEqual(overall);
    expect(by_criterion["满足用户需求"]).toBeUndefined();
  });

  test("five votes of 是 and 否 by majority", async () => {
    const votes = "YYYYY YYNYY NNNNN YNYNY NNYNN YYYYN NNNYY YYYYY NYNNN YNNYY NNNNY YYYNY".split(
      " ",
    );
    const labels = [1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1];
    const rows = votes.map((each, index) => ({
      id: `q${index}`,
      question: `第 ${index} 问`,
      response: "回答",
      label: labels[index] === 1,
      recorded: each.split("").map((vote) => (vote === "Y" ? "是" : "否")),
    }));
    const given = ["--with", '{"mode":"checklist","checklist":["没有幻觉"],"combine":"majority"}'];
    const { overall, plain } = await summaryOf(rows, ...given);
    expect([overall.agreement, overall.kappa].map(rounded)).toEqual([0.8333, 0.6571]);
    expect(plain).toMatchObject({ n: 12, agree: 10, false_right: 1, false_wrong: 1 });
    expect(rounded(plain?.kappa)).toBe(0.6571);
  });

  test("a text that holds no verdict is ungraded and in no figure", async () => {
    const odd = { ...critiques[0], recorded: ["评分：很好", { text: "{'综合得分': 70}" }] };
    const { graded, ungraded, overall } = await summaryOf(
      [...critiques, odd],
      "--with",
      '{"scale":"1-10"}',
    );
    expect([graded, ungraded, overall.n]).toEqual([20, 1, 20]);
  });

  test("the text says it in words", async () => {
    const { stdout, code } = await calibrate(critiques, "--with", '{"scale":"1-10"}');
    expect(code).toBe(0);
    expect(stdout).toContain("同分 40%");
    expect(stdout).toContain("二次加权 0.8983");
    expect(stdout).toContain("裁判偏松");
    expect(stdout).toContain("文本写作");
  });
});

describe("judges that are asked", () => {
  let rig: JudgeRig;
  const rows = Array.from({ length: 8 }, (_, index) => ({
    question: `第 ${index} 题`,
    response: index % 2 === 0 ? "好" : "差",
    mark: index % 2 === 0 ? 5 : 1,
  }));
  const given = ["--grader", "judge", "--with", '{"criteria":["切题"]}'];
  beforeAll(async () => {
    rig = await makeJudgeRig({
      items: ["第 0 题"],
      with: { criteria: ["切题"] },
      candidates: { a: () => "好" },
      judges: { j: (prompt) => verdictFor(prompt, { 切题: prompt.includes("\n好\n") ? 5 : 2 }) },
    });
    await writeFile(
      join(rig.folder, "rows.jsonl"),
      rows.map((row) => JSON.stringify(row)).join("\n"),
    );
    return rig.close;
  });

  test("live, and again from what was written down", async () => {
    const { code, text } = await rig.baimo(
      "calibrate",
      "rows.jsonl",
      ...given,
      "--json",
      "-o",
      "kept.jsonl",
    );
    expect(code).toBe(0);
    const live = JSON.parse(text) as JudgeSummary;
    expect([live.overall.agreement, live.overall.bias]).toEqual([0.5, 0.5]);
    const asked = rig.requests()["j"];
    const again = await rig.baimo("calibrate", "kept.jsonl", ...given, "--json");
    expect(JSON.parse(again.text)).toEqual({ ...live, cost: null });
    expect(rig.requests()["j"]).toBe(asked);
  });

  test("from a run file, by what was asked", async () => {
    await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
    const asked = rig.requests()["j"];
    const { text } = await rig.baimo(
      "calibrate",
      "rows.jsonl",
      ...given,
      "--json",
      "--replay",
      "r.jsonl",
    );
    const summary = JSON.parse(text) as JudgeSummary;
    expect([summary.graded, summary.ungraded]).toEqual([1, 7]);
    expect(rig.requests()["j"]).toBe(asked);
  });
});

test.each([
  [[{ question: "题", response: "答" }], "a person's label, mark or marks are needed"],
  [[], "没有任何行"],
  [[{ question: "题", response: "答", mark: 3 }], "没有裁判可问"],
])("%j says what is wrong", async (rows, says) => {
  const { code, stderr } = await calibrate(rows);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
  expect(await readFile(join(folder, "rows.jsonl"), "utf8")).toBeDefined();
});
