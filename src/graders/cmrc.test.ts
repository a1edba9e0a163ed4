import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { cmrcScores } from "../grading/metric/cmrc.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { treebankWords } from "../text/overlap/treebank.ts";
import { grader } from "./cmrc.ts";

// Each worked out by hand from the definition: longest common substring over both lengths, best answer.
test.each([
  ["踢爆", ["踢爆"], 1, 1],
  ["“踢爆”。", ["踢爆"], 1, 1],
  ["即算为踢爆", ["踢爆"], 0, (2 * (2 / 5) * 1) / (2 / 5 + 1)],
  ["2019年12月", ["2019年"], 0, (2 * (2 / 4) * 1) / (2 / 4 + 1)],
  ["Windows XP系统", ["windows xp"], 0, (2 * (2 / 4) * 1) / (2 / 4 + 1)],
  ["北京和上海", ["北京上海"], 0, (2 * (2 / 5) * (2 / 4)) / (2 / 5 + 2 / 4)],
  ["东京", ["北京", "东京都"], 0, (2 * 1 * (2 / 3)) / (1 + 2 / 3)],
  ["南京", ["上海"], 0, 0],
  ["", ["上海"], 0, 0],
  // Neither ASCII commas nor a single … are in the punctuation list.
  ["甲,乙", ["甲，乙"], 0, (2 * (1 / 3) * (1 / 2)) / (1 / 3 + 1 / 2)],
])("%j against %j: EM %d, F1 %d", (prediction, answers, em, f1) => {
  const scores = cmrcScores(prediction, answers);
  expect(scores.em).toBe(em);
  expect(scores.f1).toBeCloseTo(f1, 12);
});

test.each([
  ["it's 5%, isn't it?", ["it", "'s", "5", "%", ",", "is", "n't", "it", "?"]],
  ["3.5 (approx.)", ["3.5", "(", "approx", ".", ")"]],
  ["dr. smith left. he ran.", ["dr.", "smith", "left", ".", "he", "ran", "."]],
  ['say "hi"', ["say", "``", "hi", "''"]],
  ["1,200 a:b", ["1,200", "a", ":", "b"]],
])("%j is cut as NLTK cuts it", (text, words) => {
  expect(treebankWords(text)).toEqual(words);
});

test.each([
  ["f1", 4 / 7],
  ["em", 0],
  ["average", 2 / 7],
])("the value is %s", async (measure, value) => {
  const options = parseGraderOptions(grader, { measure });
  const grade = await grader.grade(sampleOf("即算为踢爆", { answer: "踢爆" }), options, {});
  expect(grade.value).toBeCloseTo(value, 12);
});
