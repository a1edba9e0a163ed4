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
  ["……", "国务院", "unresolved"],
])("%j against %j is %s", async (reply, answer, verdict) => {
  const sample = sampleOf(reply, { answer, aliases: ["国务院"] });
  expect(await grader.grade(sample, options, {})).toMatchObject({ verdict });
});
