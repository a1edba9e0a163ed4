import { expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { graderIds, loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";

async function score(id: string, reply: string, answer: string, given: object = {}) {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  return gradeSample(grader, parseGraderOptions(grader, { ...given }), sampleOf(reply, { answer }));
}

const reference = "我来到北京清华大学";

test.each([
  ["rouge", {}, 14 / 16],
  ["rouge", { variant: "1", measure: "recall" }, 7 / 9],
  ["rouge", { variant: "2" }, 10 / 14],
  ["edit", {}, 7 / 9],
])("%s %j", async (id, given, value) => {
  const grade = await score(id, "我来到清华大学。".replace("。", ""), reference, given);
  expect(grade.verdict).toBe("partial");
  expect(grade.value).toBeCloseTo(value, 12);
});

test.each(["rouge", "bleu", "chrf", "edit"])(
  "%s: the same text is right, another wrong",
  async (id) => {
    expect(await score(id, `**${reference}**`, reference)).toMatchObject({
      verdict: "right",
      value: 1,
    });
    expect(await score(id, "東", reference)).toMatchObject({ verdict: "wrong", value: 0 });
    expect(await score(id, "我來到北京清華大學", reference)).toMatchObject({ verdict: "right" });
  },
);

test("a pass mark turns the score into a verdict; the notes keep the score", async () => {
  const grade = await score("rouge", "我来到清华大学", reference, { pass: 0.8 });
  expect(grade).toMatchObject({
    verdict: "right",
    value: 1,
    notes: { score: expect.closeTo(14 / 16, 12) },
  });
  expect(await score("rouge", "我", reference, { pass: 0.8 })).toMatchObject({
    verdict: "wrong",
    value: 0,
  });
});

test("words are segmented by jieba, in a worker", async () => {
  // 我 / 来到 / 清华大学 against 我 / 来到 / 北京 / 清华大学.
  const grade = await score("rouge", "我来到清华大学", reference, { tokens: "jieba" });
  expect(grade.value).toBeCloseTo((2 * 3) / (3 + 4), 12);
});

test("a missing reference is found before any call", async () => {
  for (const id of ["rouge", "bleu", "chrf", "edit", "cmrc", "fuzzy"]) {
    expect(graderIds()).toContain(id);
    const grader = await loadGrader(id);
    expect(grader?.check(goldOf({}), parseGraderOptions(grader, {}))).toHaveLength(1);
    expect(grader?.check(goldOf({ answer: "天" }), parseGraderOptions(grader, {}))).toEqual([]);
  }
});
