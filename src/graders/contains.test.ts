import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./contains.ts";

const options = parseGraderOptions(grader, {});

test.each([
  ["庄子是道家的代表人物。", "道家", "right"],
  ["共有15人", "5", "wrong"],
  ["共有 5 人", "5", "right"],
  ["约 5.5 米", "5", "wrong"],
  ["TRAINING", "AI", "wrong"],
  ["用AI技术", "AI", "right"],
  ["Ａ１２３", "a123", "right"],
  ["", "道家", "wrong"],
])("%j holds %j: %s", async (reply, answer, verdict) => {
  expect(await grader.grade(sampleOf(reply, { answer }), options, {})).toMatchObject({ verdict });
});

test("a list needs all members, or any, as the option says", async () => {
  const sample = sampleOf("有春、夏、秋三季", { answer: ["春", "冬"] });
  expect(await grader.grade(sample, options, {})).toMatchObject({
    verdict: "wrong",
    extracted: "春",
  });
  const any = parseGraderOptions(grader, { need: "any" });
  expect(await grader.grade(sample, any, {})).toMatchObject({ verdict: "right", extracted: "春" });
});

test("a forbidden text makes the reply wrong", async () => {
  const strict = parseGraderOptions(grader, { without: ["儒家"] });
  const sample = sampleOf("道家，不是儒家", { answer: "道家" });
  expect(await grader.grade(sample, strict, {})).toMatchObject({
    verdict: "wrong",
    why: "forbidden text",
  });
});

test("a missing gold is a problem", () => {
  expect(grader.check(goldOf({}), options)).toHaveLength(1);
  expect(grader.check(goldOf({ aliases: ["道家"] }), options)).toEqual([]);
});
