import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./regex.ts";

const taking = parseGraderOptions(grader, { pattern: "答案[:：]\\s*(\\S+)" });
const matching = parseGraderOptions(grader, {});

test.each([
  ["答案：甲\n更正，答案：乙", "乙", "right", "乙"],
  ["答案：甲", "乙", "wrong", "甲"],
  ["不知道", "乙", "unresolved", null],
  ["答案：12", "1/2", "wrong", "12"],
])("takes the answer out of %j", async (reply, answer, verdict, extracted) => {
  expect(await grader.grade(sampleOf(reply, { answer }), taking, {})).toMatchObject({
    verdict,
    extracted,
  });
});

test("without a pattern the gold is the pattern", async () => {
  const gold = { answer: "^(19|20)49年", aliases: ["民国三十八年"] };
  expect(await grader.grade(sampleOf("1949年10月", gold), matching, {})).toMatchObject({
    verdict: "right",
    extracted: "1949年",
  });
  expect(await grader.grade(sampleOf("1950年", gold), matching, {})).toMatchObject({
    verdict: "wrong",
  });
});

test.each(["(", "(?=甲)", "(.)\\1"])(
  "%j does not compile and is found before any call",
  (answer) => {
    expect(grader.check(goldOf({ answer }), matching)).toMatchObject([{ path: "answer" }]);
  },
);

test("a group that the pattern does not have is a problem", () => {
  const options = parseGraderOptions(grader, { pattern: "(甲)", group: 2 });
  expect(grader.check(goldOf({ answer: "甲" }), options)).toHaveLength(1);
  expect(grader.check(goldOf({ answer: "甲" }), taking)).toEqual([]);
  expect(grader.check(goldOf({}), taking)).toHaveLength(1);
});
