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
  ["一共 120 人", "12", "wrong"],
  ["共1,000人", "1000", "right"],
  ["比分是 10:5", "5", "wrong"],
  ["长 5.0 米", "5", "right"],
  ["占 5%", "5", "wrong"],
  ["人 工 智 能", "人工智能", "right"],
  ["庄子不属于道家，而是儒家。", "道家", "wrong"],
  ["类别：发票\n单号：GD-307", "GD-307", "right"],
  ["三家分别是道家、儒家和法家。", "道家", "right"],
  ["别选道家。", "道家", "wrong"],
  ["道家是错误的说法。", "道家", "wrong"],
  ["总数不是12，而是15。", "15", "right"],
  ["庄子无疑属于道家。", "道家", "right"],
  ["庄子不仅属于道家，也影响了禅宗。", "道家", "right"],
  ["不得不说是道家。", "道家", "right"],
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

test("where a word is asked for, a negated one counts", async () => {
  const sample = sampleOf("没有水资源，就没有一切。", { answer: "水资源" });
  expect(await grader.grade(sample, options, {})).toMatchObject({
    verdict: "wrong",
    why: "negated",
  });
  const counted = parseGraderOptions(grader, { negated: "counted" });
  expect(await grader.grade(sample, counted, {})).toMatchObject({ verdict: "right" });
});

test("a missing gold is a problem", () => {
  expect(grader.check(goldOf({}), options)).toHaveLength(1);
  expect(grader.check(goldOf({ aliases: ["道家"] }), options)).toEqual([]);
});
