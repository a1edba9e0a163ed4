import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./exact.ts";

const options = parseGraderOptions(grader, {});

test.each([
  ["道家", "道家", "right", "whole reply"],
  ["“道家”。", "道家", "right", "whole reply"],
  ["《道德经》的作者是老子。\n答案：**道家**", "道家", "right", "marker"],
  ["儒家", "道家", "wrong", "whole reply"],
  ["我认为是道家", "道家", "wrong", "whole reply"],
  ["……", "道家", "unresolved", "empty"],
])("%j against %j is %s", async (reply, answer, verdict, why) => {
  const grade = await grader.grade(sampleOf(reply, { answer, aliases: ["道教学派"] }), options, {});
  expect(grade).toMatchObject({ verdict, why });
});

test("an alias is as right as the answer", async () => {
  const sample = sampleOf("答案是：道教学派", { answer: "道家", aliases: ["道教学派"] });
  expect(await grader.grade(sample, options, {})).toEqual({
    verdict: "right",
    value: 1,
    extracted: "道教学派",
    why: "marker",
  });
});

test("an empty gold is a problem", () => {
  expect(grader.check(goldOf({ answer: "。" }), options)).toHaveLength(1);
  expect(grader.check(goldOf({}), options)).toHaveLength(1);
  expect(grader.check(goldOf({ answer: "道家" }), options)).toEqual([]);
});
