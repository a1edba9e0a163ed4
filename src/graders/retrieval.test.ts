import { expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader as abstain } from "./abstain.ts";
import { grader } from "./retrieval.ts";

const passages = [
  { id: "a", title: "休假", text: "员工入职满一年后每年有十天带薪年假。" },
  { id: "b", text: "病假须补交诊断证明。" },
  { id: "c", text: "婚假为十五天，须在领证后一年内一次休完。" },
];

test.each<[readonly string[], object, number]>([
  [["a"], {}, 1],
  [["休假"], {}, 1],
  [["婚假为十五天，须在领证后一年内"], {}, 1],
  [["a", "z"], {}, 0.5],
  [["c"], { k: 2 }, 0],
  [["c"], { metric: "mrr" }, 1 / 3],
  [["z", "c"], { metric: "hit" }, 1],
  [["z"], { metric: "mrr" }, 0],
  // A short text stands in many passages.
  [["病假"], {}, 0],
])("%j with %j is %d", async (gold_passages, given, value) => {
  const sample = { ...sampleOf("十天。", { gold_passages }), passages };
  const grade = await gradeSample(grader, grader.options.parse(given), sample);
  expect(grade.value).toBeCloseTo(value, 9);
});

test("what a target did not send counts as unknown, and gold passages are asked for", async () => {
  const options = grader.options.parse({});
  const sample = sampleOf("十天。", { gold_passages: ["a"] });
  expect(await gradeSample(grader, options, sample)).toMatchObject({ verdict: "ungraded" });
  expect(grader.check(sampleOf("", {}).gold, options)).toHaveLength(1);
});

test.each<[string, readonly string[], string]>([
  ["根据提供的资料，没有找到相关信息。", [], "right"],
  ["抱歉，知识库中未收录这项内容，建议联系市场部。", [], "right"],
  ["The documents do not mention it.", [], "right"],
  ["一共二十天。", [], "wrong"],
  ["资料没有提到。不过一般公司是二十天。", [], "partial"],
  ["资料没有提到。", ["a"], "wrong"],
  ["一共十天[1]。", ["a"], "right"],
  ["您好！", [], "unresolved"],
])("%s beside the gold passages %j is %s", async (reply, gold_passages, verdict) => {
  const sample = sampleOf(reply, { gold_passages });
  expect(await gradeSample(abstain, abstain.options.parse({}), sample)).toMatchObject({ verdict });
});
