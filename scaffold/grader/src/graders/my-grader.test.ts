import { expect, test } from "vitest";

import { parseGraderOptions } from "../../../../src/grading/graders.ts";
import { goldOf, sampleOf } from "../../../../src/grading/testing/sample.ts";
import { grader } from "./my-grader.ts";

/** Real replies, as models write them: those that are right, those that look right, and those that say nothing. */
test.each([
  ["春风又绿江南岸，明月何时照我还。", "春风", {}, "right"],
  ["  Ｃhina is large.", "china", {}, "right"],
  ["又是一年春风", "春风", {}, "wrong"],
  ["又是一年春风", "春风", { at: "end" }, "right"],
  ["", "春风", {}, "unresolved"],
])("%j against %j with %j is %s", async (reply, answer, given, verdict) => {
  const options = parseGraderOptions(grader, given);
  expect(await grader.grade(sampleOf(reply, { answer }), options, {})).toMatchObject({ verdict });
});

test("a gold without text is a problem", () => {
  const options = parseGraderOptions(grader, {});
  expect(grader.check(goldOf({ answer: " " }), options)).toHaveLength(1);
  expect(grader.check(goldOf({ answer: "春风" }), options)).toEqual([]);
});
