import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./fuzzy.ts";

const options = parseGraderOptions(grader, {});

test.each([
  ["答案：中华人民共和国国务院", "中华人民共和国国务院", "right"],
  ["中华人民共和国国务院办公", "中华人民共和国国务院", "right"],
  ["《中華人民共和國國務院》", "中华人民共和国国务院", "right"],
  ["国务院", "中华人民共和国国务院", "right"],
  ["全国人大", "中华人民共和国国务院", "wrong"],
  ["1949年10月1日", "1949年10月2日", "wrong"],
  ["答案是：中华人民共和国国务院。", "中华人民共和国国务院", "right"],
  ["……", "国务院", "unresolved"],
])("%j against %j is %s", async (reply, answer, verdict) => {
  const sample = sampleOf(reply, { answer, aliases: ["国务院"] });
  expect(await grader.grade(sample, options, {})).toMatchObject({ verdict });
});

test.each([
  ["有利于经济发展", "不利于经济发展"],
  ["使成本增加了很多", "使成本减少了很多"],
  ["价格将会继续上涨", "价格将会继续下跌"],
])("%j is not close to its opposite %j", async (reply, answer) => {
  const loose = parseGraderOptions(grader, { similarity: 0.6 });
  expect(await grader.grade(sampleOf(reply, { answer }), loose, {})).toMatchObject({
    verdict: "wrong",
  });
});
