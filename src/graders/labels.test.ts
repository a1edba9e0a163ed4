import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { describe, expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./labels.ts";

const topics = {
  退款: ["退钱", "refund"],
  退款纠纷: [],
  物流: ["快递"],
  "投诉/建议": [],
  发票: [],
};
const moods = ["正面", "负面", "中性"];

const graded = (reply: string, answer: string | readonly string[], given: object) =>
  gradeSample(grader, parseGraderOptions(grader, { ...given }), sampleOf(reply, { answer }));

describe("one label", () => {
  test.each([
    ["正面"],
    ["正面。"],
    ["**正面**"],
    ["情感倾向：正面"],
    ["这条评论的情感是：正面"],
    ["答案：正面（语气热情）"],
    ["类别：正面，因为用户说很满意。"],
    ["用户夸了客服两次。\n\n情感：正面"],
    ["这条评论属于正面。"],
    ["该评论表达的是正面情感，而不是负面情感。"],
    ['{"sentiment": "正面"}'],
    ['```json\n{"label": "正面", "confidence": 0.93}\n```'],
    ["标签：负面\n更正：标签：正面"],
  ])("%s: 正面", async (reply) => {
    expect(await graded(reply, "正面", { labels: moods })).toMatchObject({
      verdict: "right",
      value: 1,
    });
    expect(await graded(reply, "负面", { labels: moods })).toMatchObject({
      verdict: "wrong",
      value: 0,
    });
  });

  test.each([
    ["正面或中性"],
    ["答案：正面、负面"],
    ["既有正面的地方，也有负面的地方。"],
    ["可能是正面，也可能是中性。"],
    ["我无法判断这条评论的情感。"],
    ["情感：正面\n情感：负面"],
    ["这条评论不是负面的。"],
    ["请提供评论内容。"],
  ])("%s: unresolved", async (reply) => {
    expect(await graded(reply, "正面", { labels: moods })).toMatchObject({
      verdict: "unresolved",
      value: 0,
    });
  });

  test("a label that the task does not have is wrong, and named", async () => {
    expect(await graded("情感：愤怒", "负面", { labels: moods })).toMatchObject({
      verdict: "wrong",
      extracted: "愤怒",
      labels: { known: [], unknown: ["愤怒"] },
    });
  });

  test.each([
    ["类别：退款纠纷", "退款纠纷", "right"],
    ["类别：退款纠纷", "退款", "wrong"],
    ["退款类", "退款", "right"],
    ["应当退钱给用户，属于退钱。", "退款", "right"],
    ["Label: Refund", "退款", "right"],
    ["投诉/建议", "投诉/建议", "right"],
    ["这是一起退款纠纷。", "退款纠纷", "right"],
  ])("%s against %s is %s", async (reply, answer, verdict) => {
    expect(await graded(reply, answer, { labels: topics })).toMatchObject({ verdict });
  });
});

describe("several labels", () => {
  const both = ["退款", "物流"];

  test.each([
    ["退款、物流"],
    ["物流, 退款"],
    ["标签：退款和物流"],
    ["- 退款\n- 快递"],
    ["1. 退款\n2. 物流"],
    ["标签：\n- 物流（快递丢失）\n- 退款"],
    ['["退款", "物流"]'],
    ['{"labels": ["物流", "退款"], "reason": "包裹丢失，用户要求退钱"}'],
    ['{"退款": true, "物流": true, "发票": false}'],
    ["这条工单同时涉及退款和物流，不涉及发票。"],
    ["适用标签：\n1. 退款——要求退钱\n2. 物流——包裹丢失"],
    ["退款：是\n物流：是\n发票：否"],
    ["- [x] 退款\n- [x] 物流\n- [ ] 发票"],
  ])("%s: both", async (reply) => {
    expect(await graded(reply, both, { labels: topics })).toMatchObject({
      verdict: "right",
      value: 1,
    });
  });

  test.each([
    ["退款", 2 / 3, 1 / 2],
    ["退款、物流、发票", 4 / 5, 2 / 3],
    ["发票", 0, 0],
    ["退款、物流、售后", 4 / 5, 2 / 3],
    ["退款,物流,售后", 4 / 5, 2 / 3],
    ["标签：无", 0, 0],
  ])("%s: F1 %d, Jaccard %d", async (reply, f1, jaccard) => {
    expect(await graded(reply, both, { labels: topics })).toMatchObject({
      value: f1,
      notes: { f1, jaccard },
    });
    const by = async (value: string) =>
      (await graded(reply, both, { labels: topics, value })).value;
    expect([await by("jaccard"), await by("exact")]).toEqual([jaccard, 0]);
  });

  test.each([
    ["无", "right"],
    ["[]", "right"],
    ["标签：无", "right"],
    ['{"labels": []}', "right"],
    ["退款", "wrong"],
  ])("no label at all: %s is %s", async (reply, verdict) => {
    expect(await graded(reply, [], { labels: topics })).toMatchObject({ verdict });
  });

  test.each([
    ["退款或物流"],
    ["用户先问了退款。又问了发票。最后提到快递。"],
    ["我不确定应该打什么标签。"],
  ])("%s: unresolved", async (reply) => {
    expect(await graded(reply, both, { labels: topics })).toMatchObject({ verdict: "unresolved" });
  });
});

test("golds that are no label, and spellings of two labels, are problems", () => {
  const problems = (answer: string | readonly string[] | null, given: object) =>
    grader.check(goldOf({ answer }), parseGraderOptions(grader, { ...given }));
  expect(problems(["退款", "物流"], { labels: topics })).toEqual([]);
  expect(problems([], { labels: topics })).toEqual([]);
  expect(problems("退货", { labels: topics })).toHaveLength(1);
  expect(problems(null, { labels: topics })).toHaveLength(1);
  expect(problems(["退款", "物流"], { labels: topics, several: false })).toHaveLength(1);
  expect(problems("甲", { labels: { 甲: ["丙"], 乙: ["丙"] } })).toHaveLength(1);
});

test("whatever a reply holds, it is graded with a value that fits its verdict", async () => {
  const piece = constantFrom(
    "退款",
    "物流",
    "、",
    "标签：",
    "不是",
    "或",
    "\n",
    "- ",
    "[",
    "]",
    '"',
    "{",
    "}",
    "是",
    "，",
    "。",
    "x",
  );
  await assert(
    asyncProperty(array(piece, { maxLength: 30 }), async (pieces) => {
      const { verdict, value, why } = await graded(pieces.join(""), ["退款"], { labels: topics });
      expect(why).not.toContain("grader failed");
      expect(verdict).toBe(
        verdict === "unresolved"
          ? "unresolved"
          : value === 1
            ? "right"
            : value === 0
              ? "wrong"
              : "partial",
      );
    }),
    { numRuns: 500 },
  );
});
