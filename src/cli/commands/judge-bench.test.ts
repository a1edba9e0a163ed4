import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import type { JudgeSummary, JudgingCost } from "../../report/calibration/judge-summary.ts";

import { type JudgeRig, makeJudgeRig, verdictFor } from "../testing/judge-rig.ts";

type Printed = JudgeSummary & { readonly cost: JudgingCost | null };

let rig: JudgeRig;
/** Questions with two answers each; three people marked them, and agree within a step. */
const questions = 20;
const n = 2 * questions;
const rows = Array.from({ length: n }, (_, index) => {
  const truth = (index % 5) + 1;
  const shifted = (by: number): number => Math.min(5, Math.max(1, truth + by));
  return {
    id: index,
    question: `第 ${index % questions} 题`,
    kind: index % 2 === 0 ? "写作" : "问答",
    reference: index % 4 === 0 ? "参考" : null,
    response: `回答${truth}`,
    raters: {
      张三: { mark: truth, marks: { 切题: truth } },
      李四: { mark: shifted(index % 3 === 0 ? 1 : 0), marks: { 切题: truth } },
      王五: { mark: shifted(index % 7 === 0 ? -1 : 0) },
    },
  };
});
beforeAll(async () => {
  rig = await makeJudgeRig({
    items: ["题"],
    candidates: { a: () => "好" },
    judges: {
      good: (prompt) => {
        const mark = Number(/回答(\d)/.exec(prompt)?.[1]);
        return verdictFor(prompt, { 切题: prompt.includes("参考") ? mark : Math.min(5, mark + 1) });
      },
      firm: (prompt) => verdictFor(prompt, { 胜者: "甲" }),
    },
    panel: ["lab/good"],
  });
  writeFileSync(join(rig.folder, "rows.jsonl"), lines(rows));
  return rig.close;
});

const lines = (given: readonly unknown[]): string =>
  given.map((row) => `${JSON.stringify(row)}\n`).join("");
const repeated = ["--repeat", "2", "--without-reference", "-o", "bench.jsonl"];
const criteria = ["--with", '{"criteria":["切题"]}'];

describe("a judge beside three people", () => {
  test("their level, its bias, the same again, with and without the reference, by criterion and kind", async () => {
    const { code, text } = await rig.baimo(
      "judge-bench",
      "rows.jsonl",
      ...criteria,
      ...repeated,
      "--json",
    );
    expect(code).toBe(0);
    const found = JSON.parse(text) as Printed;
    expect(found).toMatchObject({ n, graded: n, overall: { n, questions } });
    const { ceiling, kappa_quadratic_interval, spearman_interval, bias } = found.overall;
    expect(ceiling?.rows).toBe(n);
    expect(ceiling?.people).toBeGreaterThan(0.85);
    expect(ceiling?.ratio).toBeLessThan(1);
    expect(kappa_quadratic_interval).not.toBeNull();
    expect(spearman_interval).not.toBeNull();
    expect(bias).toBeGreaterThan(0.4);
    expect(Object.keys(found.by_kind)).toEqual(["写作", "问答"]);
    expect(found.by_criterion["切题"]).toMatchObject({ n, ceiling: { people: 1 } });
    expect(found.repeat).toMatchObject({ times: 2, same: { value: 1, n }, range: 0 });
    // Where it has the reference it is exact, else a step too lenient.
    expect(found.reference).toMatchObject({ n: n / 4 });
    expect(found.reference?.gain).toBeGreaterThan(0.05);
    expect(found.cost).toMatchObject({ calls: n * (2 + 1 / 4), replayed: 0, unknown: 0 });
    expect(found.use.says.zh).toMatch(/^与人一致性达到人际水平的 \d+%/);
  });

  test("what it wrote holds reasons and cost, and serves as rows again", async () => {
    const written = readFileSync(join(rig.folder, "bench.jsonl"), "utf8").trim().split("\n");
    const verdict = written.find((line) => line.includes('"bench":"verdict"')) ?? "";
    expect(JSON.parse(verdict)).toMatchObject({
      pass: "base",
      recorded: [{ judge: "lab/good", reason: expect.stringContaining("理由") }],
    });
    const call = written.find((line) => line.includes('"bench":"call"')) ?? "";
    expect(JSON.parse(call)).toMatchObject({ call: { cost: { currency: "CNY" } } });
    const asked = rig.requests()["good"];
    const again = await rig.baimo("calibrate", "bench.jsonl", "--grader", "judge", ...criteria);
    expect(again.code).toBe(0);
    expect(again.text).toContain(`${n}/${n} 条有判定`);
    expect(rig.requests()["good"]).toBe(asked);
  });

  test("the same command again pays nothing, in words", async () => {
    const asked = rig.requests()["good"];
    const { code, text } = await rig.baimo("judge-bench", "rows.jsonl", ...criteria, ...repeated);
    expect(code).toBe(0);
    expect(rig.requests()["good"]).toBe(asked);
    expect(text).toContain(
      `裁判调用 ${n * (2 + 1 / 4)} 次，其中 ${n * (2 + 1 / 4)} 次是先前付过的，没有重问`,
    );
    expect(text).toMatch(/多人评过的 40 条：人与人二次加权 κ 0\.\d{4}/);
    expect(text).toContain("重复 2 次全部同分 100%");
    expect(text).toContain(`按类别\n  写作  n=${n / 2}`);
  });

  test("a row more costs a row more; other options are another file", async () => {
    const extra = { ...rows[0], id: 99, question: "新题" };
    writeFileSync(join(rig.folder, "more.jsonl"), lines([...rows, extra]));
    const asked = rig.requests()["good"] ?? 0;
    const args = ["judge-bench", "more.jsonl", ...criteria, "-o", "bench.jsonl"];
    expect((await rig.baimo(...args)).code).toBe(0);
    expect(rig.requests()["good"]).toBe(asked + 1);
    const other = await rig.baimo(
      "judge-bench",
      "more.jsonl",
      "--with",
      '{"criteria":["准确"]}',
      "-o",
      "bench.jsonl",
    );
    expect([other.code, other.text]).toEqual([2, expect.stringContaining("不能接着写")]);
  });

  test("without a name for it the record is named after the rows, and found again", async () => {
    writeFileSync(join(rig.folder, "few.jsonl"), lines(rows.slice(0, 12)));
    const before = readdirSync(rig.folder);
    await rig.baimo("judge-bench", "few.jsonl", ...criteria);
    const made = readdirSync(rig.folder).find((name) => !before.includes(name)) ?? "";
    expect(made).toMatch(/^few\.[0-9a-f]{8}\.judged\.jsonl$/);
    const asked = rig.requests()["good"];
    const again = await rig.baimo("judge-bench", "few.jsonl", ...criteria);
    expect(again.text).toContain(`判定写在 ${made}`);
    expect(rig.requests()["good"]).toBe(asked);
  });

  test("under a cap it stops, says so, and goes on with more money", async () => {
    const args = ["judge-bench", "rows.jsonl", ...criteria, "-o", "capped.jsonl"];
    const capped = await rig.baimo(...args, "--max-cost", "0.08CNY");
    expect([capped.code, capped.text]).toEqual([3, expect.stringContaining("钱已用完，还有")]);
    const asked = rig.requests()["good"] ?? 0;
    const held = readFileSync(join(rig.folder, "capped.jsonl"), "utf8").match(/"bench":"call"/g);
    expect(held?.length).toBeGreaterThan(0);
    expect((await rig.baimo(...args)).code).toBe(0);
    expect(rig.requests()["good"]).toBe(asked + n - (held?.length ?? 0));
  });
});

test("pairs: a judge that names the first is told so, and no baseline in the options is needed", async () => {
  const pairs = Array.from({ length: 20 }, (_, index) => ({
    question: `第 ${index} 题`,
    response: "甲的回答",
    baseline: "乙的回答",
    label: [1, 0.5, 0][index % 3],
  }));
  writeFileSync(join(rig.folder, "pairs.jsonl"), lines(pairs));
  const { code, text } = await rig.baimo(
    "judge-bench",
    "pairs.jsonl",
    "--judge",
    "lab/firm",
    "--with",
    '{"mode":"pair"}',
    "--json",
    "-o",
    "pairs.bench.jsonl",
  );
  expect(code).toBe(0);
  const found = JSON.parse(text) as Printed;
  expect(found.position).toMatchObject({
    consistent: { value: 0, n: 20 },
    first: { value: 1, n: 40 },
  });
  const again = await rig.baimo(
    "judge-bench",
    "pairs.bench.jsonl",
    "--with",
    '{"mode":"pair"}',
    "--json",
  );
  expect(JSON.parse(again.text)).toMatchObject({ position: found.position });
});

test.each([
  [[], "请给出一个有人评分的文件"],
  [["rows.jsonl", "--repeat", "0"], "--repeat"],
  [["none.jsonl"], "none.jsonl"],
  [["rows.jsonl", "--with", '{"mode":"pair"}'], "baseline"],
  [["rows.jsonl", "-o", "open.yaml"], "不是裁判校准的记录"],
])("%j says what is wrong", async (args, says) => {
  const { code, text } = await rig.baimo("judge-bench", ...args);
  expect([code, text]).toEqual([2, expect.stringContaining(says)]);
});

test("another file is left as it is", () => {
  expect(readFileSync(join(rig.folder, "open.yaml"), "utf8")).toContain("suite/1");
});

test("a damaged line of the record is named, and a torn last one taken out", async () => {
  const file = join(rig.folder, "torn.jsonl");
  const whole = readFileSync(join(rig.folder, "bench.jsonl"), "utf8");
  const asked = rig.requests()["good"];
  writeFileSync(file, `${whole}{"bench":"call","row_`);
  const args = ["judge-bench", "rows.jsonl", ...criteria, "-o", "torn.jsonl"];
  expect((await rig.baimo(...args)).code).toBe(0);
  expect(rig.requests()["good"]).toBe(asked);
  expect(readFileSync(file, "utf8")).toBe(whole);
  writeFileSync(file, `${whole}{"bench":"call"}\n`);
  const { code, text } = await rig.baimo(...args);
  expect([code, text]).toEqual([2, expect.stringMatching(/torn\.jsonl:\d+ 这一行损坏/)]);
  expect(existsSync(`${file}.lock`)).toBe(false);
});
