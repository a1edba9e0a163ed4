import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  type AnswerFacts,
} from "../../report/testing/lines.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./gate.ts";

const target = "qwen/a";
let folder = "";
beforeEach(() => {
  folder = newFolder();
});

/** 1 right, 0 wrong, r wrong on a red-line item, x failed, by item. */
function linesOf(
  results: string,
  answer: Partial<AnswerFacts> = {},
  status: "complete" | "budget" = "complete",
): readonly RunFileLine[] {
  const n = results.length;
  const lines: RunFileLine[] = [
    runLine([target], { size: { items: n, per_target: n, answers: n } }),
  ];
  let failed = 0;
  for (const [index, result] of results.split("").entries()) {
    const item = `s/t/${index}`;
    lines.push(itemLine(item, { severity: result === "r" ? "红线" : null }));
    lines.push(answerLine({ item, target, outcome: result === "x" ? "server" : "ok", ...answer }));
    if (result === "x") failed++;
    else lines.push(scoreLine({ item, target }, result === "1" ? "right" : "wrong"));
  }
  return [...lines, endLine({ answers: n, failed, status })];
}

const withGate = (rules: string): void =>
  writeFileSync(join(folder, "baimo.yaml"), `schema: baimo/1\ngate: {${rules}}\n`);

const gate = (lines: readonly RunFileLine[], values: Parameters<typeof runCommand>[3] = {}) =>
  runCommand(command, folder, [writeRun(folder, "run.jsonl", lines)], values);

const good = "1".repeat(97) + "000";

describe("rules, each held and broken", () => {
  test.each([
    ["max_error_rate: 0.02", good, "1".repeat(97) + "xxx", "调用失败率 3%，最多 2%，超出 1%"],
    ["min_coverage: 0.98", good, "1".repeat(97) + "xxx", "覆盖率 97%，至少 98%，还差 1%"],
    [
      "min_score: {总分: 90}",
      good,
      "1".repeat(90) + "0".repeat(10),
      "区间下限 82.6，要求 90，差 -7.4",
    ],
    ["min_score: {中文特性/t: 90}", good, "10".repeat(50), "中文特性/t 50.0 分"],
    ["min_score: {没有的维度: 1}", null, good, "没有的维度 没有成绩"],
    ["max_red_lines: 0", good, "r" + good, "触及红线 1，最多 0"],
    [
      "max_cost: {amount: 0.1, currency: CNY}",
      good,
      good + good,
      "费用 ¥0.2，最多 ¥0.1，超出 ¥0.1",
    ],
    ["max_cost: {amount: 1, currency: USD}", null, good, "费用未知"],
  ])("%s", async (rule, holds, breaks, message) => {
    withGate(rule);
    if (holds !== null) expect((await gate(linesOf(holds))).code).toBe(0);
    const { code, text } = await gate(linesOf(breaks));
    expect(code).toBe(1);
    expect(text).toContain(message);
    expect(text.split("\n")[0]).toContain("门禁未通过");
  });

  test("max_first_token_p95, timeouts counted at the top", async () => {
    withGate("max_first_token_p95: 500ms, max_error_rate: 1");
    expect((await gate(linesOf(good, { first_token_ms: 300 }))).code).toBe(0);
    expect((await gate(linesOf(good, { first_token_ms: 700 }))).text).toContain("超出 0.2");
    const timeouts = linesOf(good).map((line, index) =>
      line.kind === "answer" && index % 5 === 0
        ? answerLine({ ...line, outcome: "timeout" })
        : line,
    );
    expect((await gate(timeouts)).text).toContain("首字延迟 p95 (秒) ∞");
  });

  test("an unknown price fails closed", async () => {
    withGate("max_cost: {amount: 100, currency: CNY}");
    const { code, text } = await gate(linesOf(good, { cost: null }));
    expect(code).toBe(1);
    expect(text).toContain("费用未知");
  });
});

describe("against a baseline", () => {
  const baseline = (lines: readonly RunFileLine[]) => ({
    baseline: writeRun(folder, "base.jsonl", lines),
  });
  const results = "1101011101".repeat(50);

  test("0 tied, 1 worse, 3 not enough data", async () => {
    const base = baseline(linesOf(results));
    expect((await gate(linesOf(results), base)).code).toBe(0);
    const worse = await gate(linesOf(results.replaceAll("11", "10")), base);
    expect(worse.code).toBe(1);
    expect(worse.text).toContain("与基准相差");
    const few = baseline(linesOf("1101"));
    expect((await gate(linesOf("1011"), few)).code).toBe(3);
  });

  test("2: an empty baseline, one that is not comparable", async () => {
    writeFileSync(join(folder, "empty.jsonl"), "");
    expect((await gate(linesOf(good), { baseline: "empty.jsonl" })).code).toBe(2);
    const header = baseline([runLine([target])]);
    expect((await gate(linesOf(good), header)).error).toContain("没有任何回答");
    const real = baseline(linesOf(results, { simulated: true }));
    const refused = await gate(linesOf(results), real);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain("一侧是模拟");
  });

  test("latency and cost only where the rules name them", async () => {
    const base = baseline(linesOf(results));
    const slow = linesOf(results, { first_token_ms: 400, total_ms: 2_000 });
    withGate("regression: {}");
    expect((await gate(slow, base)).code).toBe(0);
    withGate("regression: {latency: true}");
    expect((await gate(slow, base)).code).toBe(1);
    withGate("regression: {cost: true}");
    const dear = linesOf(results, { cost: { amount: 0.002, currency: "CNY" } });
    expect((await gate(dear, base)).code).toBe(1);
  });
});

describe("the other exit codes", () => {
  test("3: failed calls without a declared max_error_rate, 0 with one that holds", async () => {
    const lines = linesOf(good + "x".repeat(1));
    withGate("min_score: {总分: 50}");
    expect((await gate(lines)).code).toBe(3);
    withGate("max_error_rate: 0.02");
    expect((await gate(lines)).code).toBe(0);
  });

  test("3: a run that its budget stopped", async () => {
    withGate("min_score: {总分: 50}");
    expect((await gate(linesOf(good, {}, "budget"))).code).toBe(3);
  });

  test("2: no rules, no file, a foreign file, a misspelt rule", async () => {
    expect((await gate(linesOf(good))).error).toContain("没有 gate 规则");
    withGate("min_coverage: 0.98");
    expect((await runCommand(command, folder, [])).code).toBe(2);
    writeFileSync(join(folder, "foreign.jsonl"), "{}\n");
    expect((await runCommand(command, folder, ["foreign.jsonl"])).code).toBe(2);
    withGate("min_coverige: 0.98");
    expect((await gate(linesOf(good))).code).toBe(2);
  });
});

test("JUnit, step summary and annotations say which rule and by how much", async () => {
  withGate("max_error_rate: 0.02, min_coverage: 0.9");
  const lines = linesOf("1".repeat(97) + "xxx");
  const file = writeRun(folder, "run.jsonl", lines);
  const summary = join(folder, "summary.md");
  const env = { GITHUB_STEP_SUMMARY: summary };
  const { text } = await runCommand(command, folder, [file], { junit: "gate.xml" }, { env });
  const junit = readFileSync(join(folder, "gate.xml"), "utf8");
  expect(junit).toContain('<testsuites name="baimo gate" tests="3" failures="1">');
  expect(junit).toContain(
    '<testcase classname="qwen/a" name="max_error_rate"><failure message="调用失败率 3%，最多 2%，超出 1%">',
  );
  expect(readFileSync(summary, "utf8")).toContain("| ✗ | qwen/a | max_error_rate |");
  expect(text).toContain(
    "::error title=qwen/a max_error_rate::调用失败率 3%25，最多 2%25，超出 1%25",
  );
});

test("a score that holds only without the missing answers is undecided", async () => {
  withGate("min_score: {总分: 80}, max_error_rate: 0.5");
  const { code, text } = await gate(linesOf("1".repeat(90) + "x".repeat(30)));
  expect(code).toBe(3);
  expect(text).toContain("要求 80 分；计划 120 次作答，缺 30 次（25%）；缺的全按错算得 75.0 分");
});

test("the models that came back are named in the terminal, the summary and JUnit", async () => {
  withGate("max_error_rate: 0.5");
  const lines = linesOf(good, { call: { model_returned: "tiny<0.5b>" } });
  const { text } = await gate(lines, { junit: "j.xml" });
  expect(text).toContain("返回的模型名：tiny<0.5b> ×100");
  const junit = readFileSync(join(folder, "j.xml"), "utf8");
  expect(junit).toContain("<system-out>");
  expect(junit).toContain("tiny&lt;0.5b&gt; ×100");
});
