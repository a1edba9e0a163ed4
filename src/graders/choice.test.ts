import { expect, test } from "vitest";

import { grader } from "./choice.ts";
import { parseGraderOptions } from "./registry.ts";
import { goldOf, sampleOf } from "./testing/sample.ts";

const options = { A: "儒家", B: "道家", C: "法家", D: "墨家" };
const auto = parseGraderOptions(grader, {});

test.each([
  ["答案：B", "B", "right", "marker"],
  ["答案：Ｂ", "B", "right", "marker"],
  ["我一开始认为答案是A，但仔细分析后，答案应该是B。", "B", "right", "marker"],
  ["**答案：** B", "B", "right", "marker"],
  ["故 $\\boxed{B}$", "B", "right", "boxed"],
  ["庄子主张逍遥，故选B。", "B", "right", "conclusion"],
  ["B", "B", "right", "whole reply"],
  ["c", "B", "wrong", "whole reply"],
  ["道家", "B", "right", "option text"],
  ["我不知道。", "B", "unresolved", "no letter"],
  ["答案：A、C", "B", "unresolved", "marker: several letters"],
])("%j against %j is %s", async (reply, answer, verdict, why) => {
  const grade = await grader.grade(sampleOf(reply, { answer, options }), auto, {});
  expect(grade).toMatchObject({ verdict, why });
});

test.each([
  ["答案：A、C", ["A", "C"], "right"],
  ["答案：CA", "AC", "right"],
  ["答案：A", "AC", "wrong"],
])("several letters: %j against %j is %s", async (reply, answer, verdict) => {
  expect(await grader.grade(sampleOf(reply, { answer, options }), auto, {})).toMatchObject({
    verdict,
  });
});

test("a gold outside the options is found before any call", () => {
  expect(grader.check(goldOf({ answer: "E", options }), auto)).toMatchObject([{ path: "answer" }]);
  expect(grader.check(goldOf({ answer: "B", options }), auto)).toEqual([]);
  expect(grader.check(goldOf({ answer: "道家", options }), auto)).toEqual([]);
});
