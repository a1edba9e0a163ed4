import { describe, expect, test } from "vitest";

import type { Grader } from "../domain/grader.ts";

import { gradeSample } from "../grading/grade.ts";
import { parseGraderOptions } from "../grading/graders.ts";
import { needsOf } from "../grading/judge/needs.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { validate } from "../validation/issues.ts";
import { grader } from "./all.ts";

const length = { use: "constraints" };
const checks = [
  { name: "运单号", weight: 2, use: "contains", answer: "SF1024" },
  { name: "语气", use: "regex", answer: "您|请" },
  { name: "不承诺", use: "regex", with: { pattern: "(保证|一定)当天" }, answer: "无" },
];
const two = checks.slice(0, 2);
const polite = "您好，运单 SF1024 预计明天送达，请保持电话畅通。";

const graded = (reply: string, given: object, gold: object = {}) =>
  gradeSample(grader, parseGraderOptions(grader, { ...given }), sampleOf(reply, gold));

test.each([
  [polite, 1, "right"],
  ["SF1024 明天到。", 0.666666666667, "partial"],
  ["您好，请稍等。", 0.333333333333, "partial"],
  ["明天到。", 0, "wrong"],
])("%s: the weighted mean is %d", async (reply, value, verdict) => {
  expect(await graded(reply, { checks: two })).toMatchObject({ value, verdict });
});

test("the sub-scores stand by name, with their weights and reasons", async () => {
  const { sub_scores, why, extracted } = await graded("SF1024 明天到。", { checks: two });
  expect(sub_scores).toEqual([
    {
      name: "运单号",
      use: "contains",
      verdict: "right",
      value: 1,
      weight: 2,
      extracted: "SF1024",
      why: "contained",
    },
    {
      name: "语气",
      use: "regex",
      verdict: "wrong",
      value: 0,
      weight: 1,
      extracted: null,
      why: "no match",
    },
  ]);
  expect([why, extracted]).toEqual(["not right: 语气 (no match)", "SF1024 | -"]);
});

test("pass makes the mean right or wrong", async () => {
  const verdictAt = async (pass: number) => {
    const { verdict, value } = await graded("SF1024 明天到。", { checks: two, pass });
    return `${verdict} ${value}`;
  };
  expect([await verdictAt(0.6), await verdictAt(0.7), await verdictAt(1)]).toEqual([
    "right 1",
    "wrong 0",
    "wrong 0",
  ]);
});

describe("a check that finds no answer", () => {
  const open = [
    { name: "数", use: "numeric", answer: 7 },
    { name: "礼貌", use: "contains", answer: "请" },
  ];

  test.each([
    ["请稍等。", undefined, "partial", 0.5, { low: 0.5, high: 1 }],
    ["请稍等。", 0.5, "right", 1, { low: 0.5, high: 1 }],
    ["请稍等。", 0.6, "unresolved", 0, { low: 0.5, high: 1 }],
    ["稍等。", 0.6, "wrong", 0, { low: 0, high: 0.5 }],
    ["稍等。", 0.5, "unresolved", 0, { low: 0, high: 0.5 }],
    ["稍等。", undefined, "unresolved", 0, { low: 0, high: 0.5 }],
  ])("%s with pass %s: %s", async (reply, pass, verdict, value, bounds) => {
    const given = pass === undefined ? { checks: open } : { checks: open, pass };
    expect(await graded(reply, given)).toMatchObject({ verdict, value, notes: bounds });
  });

  test("of weight 0 is shown and leaves nothing open", async () => {
    const shown = [{ ...open[0], weight: 0 }, open[1]];
    const grade = await graded("请稍等。", { checks: shown });
    expect(grade).toMatchObject({ verdict: "right", value: 1 });
    expect(grade.sub_scores?.[0]).toMatchObject({ name: "数", verdict: "unresolved", weight: 0 });
    expect(grade.notes).not.toHaveProperty("low");
  });
});

describe("the answers of the checks", () => {
  const both = [
    { name: "类别", use: "labels", with: { labels: ["退款", "物流"] } },
    { name: "金额", use: "numeric" },
    { name: "致歉", use: "contains", answer: "抱歉" },
  ];

  test("stand on the item by name, or on the check for all items", async () => {
    const answer_map = { 类别: "退款", 金额: 35 };
    const reply = "非常抱歉。类别：退款。应退金额 35 元。";
    expect(await graded(reply, { checks: both }, { answer_map })).toMatchObject({
      verdict: "right",
    });
    const other = { answer_map: { ...answer_map, 金额: 53, 致歉: "对不起" } };
    expect(await graded(reply, { checks: both }, other)).toMatchObject({ value: 0.333333333333 });
  });

  test("a key without a check is a problem", async () => {
    const options = parseGraderOptions(grader, { checks: both });
    expect(await grader.check(goldOf({ answer_map: { 类别: "退款", 金颔: 35 } }), options)).toEqual(
      [expect.objectContaining({ path: "answer.金颔" })],
    );
  });

  test("the item's whole answer reaches every check that has no other", async () => {
    const given = {
      checks: [
        { name: "有", use: "contains" },
        { name: "只有", use: "exact", with: { from: "reply" } },
      ],
    };
    expect(await graded("答案是长江", given, { answer: "长江" })).toMatchObject({ value: 0.5 });
    expect(await graded("长江", given, { answer: "长江" })).toMatchObject({ value: 1 });
  });

  test("a json check takes a map of fields", async () => {
    const given = {
      checks: [
        { name: "字段", use: "json" },
        { name: "短", ...length },
      ],
    };
    const gold = { answer_map: { a: 1, b: 2 }, constraints: [{ check: "length", max: 40 }] };
    expect(await graded('{"a": 1, "b": 3}', given, gold)).toMatchObject({ value: 0.75 });
  });
});

test.each([
  [{ checks: [{ name: "a", use: "all", with: { checks: two } }] }, "checks.0.use"],
  [
    {
      checks: [
        { name: "a", use: "exact" },
        { name: "a", use: "exact" },
      ],
    },
    "checks.1.name",
  ],
  [{ checks: [{ name: "a", use: "exact", weight: 0 }] }, "checks"],
  [{ checks: [] }, "checks"],
  [{ checks: two, pass: 0 }, "pass"],
])("%j is refused", (given, path) => {
  const read = validate(grader.options, given);
  expect(read.ok ? [] : read.findings.map((each) => each.path.join("."))).toEqual([path]);
});

describe("a judge among the checks", () => {
  const judged = {
    checks: [
      { name: "要点", use: "contains", answer: "退款" },
      { name: "语气", use: "judge", with: { judges: "panel", criteria: ["礼貌"] } },
    ],
  };
  const load = async (id: string): Promise<Grader | null> =>
    (await import("../grading/graders.ts")).loadGrader(id);

  test("is needed before the run, and its calls are counted", async () => {
    const [needs, ...rest] = await needsOf({ use: "all", with: judged }, load);
    expect([needs?.judges, needs?.calls(3), rest.length]).toEqual([["panel"], 3, 0]);
  });

  test("without a judge leaves the whole ungraded, unless pass is decided", async () => {
    expect(await graded("可以退款", judged)).toMatchObject({ verdict: "ungraded", value: null });
    expect(await graded("可以退款", { ...judged, pass: 0.5 })).toMatchObject({ verdict: "right" });
    expect(await graded("不行", { ...judged, pass: 0.6 })).toMatchObject({ verdict: "wrong" });
  });

  test("votes into its own sub-score", async () => {
    const context = {
      ask: async () => "礼貌：5\n判定：礼貌=5",
      panel: () => ({ judges: [{ ref: "a/b", kin: false }] }),
    };
    const { sub_scores, ballots } = await gradeSample(
      grader,
      parseGraderOptions(grader, judged),
      sampleOf("可以退款", {}),
      context,
    );
    expect(ballots).toBeUndefined();
    expect(sub_scores?.[1]?.ballots).toHaveLength(1);
  });
});

test("a check may read calls, and then a reply without a word says something", async () => {
  const given = {
    checks: [
      { name: "工具", use: "calls" },
      { name: "语气", use: "regex", answer: "您|请" },
    ],
  };
  const sample = {
    ...sampleOf("", { expected_calls: [{ name: "find", arguments: {} }] }),
    calls: [{ id: "c1", name: "find", arguments: "{}" }],
  };
  const grade = await gradeSample(grader, parseGraderOptions(grader, given), sample);
  expect(grade).toMatchObject({
    verdict: "partial",
    value: 0.5,
    sub_scores: [{ verdict: "right" }, { verdict: "unresolved" }],
  });
  const silent = await gradeSample(grader, parseGraderOptions(grader, given), {
    ...sample,
    calls: [],
  });
  expect(silent.verdict).toBe("unresolved");
});
