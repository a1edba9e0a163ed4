import { expect, test } from "vitest";

import { grader } from "./numeric.ts";
import { parseGraderOptions } from "./registry.ts";
import { goldOf, sampleOf } from "./testing/sample.ts";

const exact = parseGraderOptions(grader, {});

test.each([
  ["解：30+5=35\n最终答案：【35】", "35", "right", "bracket"],
  ["所以 \\boxed{35}", 35, "right", "boxed"],
  ["答案：１，２００元", "1200", "right", "marker"],
  ["先算 12，再算 3，一共 36 个", "36", "right", "last number"],
  ["一共三十六个", "36", "right", "last number"],
  ["是 36 个", "35", "wrong", "last number"],
  ["算不出来", "35", "unresolved", "no number"],
])("%j against %j is %s", async (reply, answer, verdict, why) => {
  expect(await grader.grade(sampleOf(reply, { answer }), exact, {})).toMatchObject({
    verdict,
    why,
  });
});

test("tolerance is absolute, the option relative", async () => {
  const near = sampleOf("约 3.14", { answer: "3.1416", tolerance: 0.01 });
  expect(await grader.grade(near, exact, {})).toMatchObject({ verdict: "right" });
  const loose = parseGraderOptions(grader, { relative: 0.01 });
  expect(await grader.grade(sampleOf("101", { answer: 100 }), loose, {})).toMatchObject({
    verdict: "right",
  });
});

test("a gold that is no number is found before any call", () => {
  expect(grader.check(goldOf({ answer: "很多" }), exact)).toMatchObject([{ path: "answer" }]);
  expect(grader.check(goldOf({ answer: "三分之一" }), exact)).toEqual([]);
});
