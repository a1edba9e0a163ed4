import { expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./open.ts";

test("every reply is ungraded, and no gold is needed", async () => {
  const sample = sampleOf("我认为这件事要分两面看。", {});
  expect(grader.check(sample.gold, {})).toEqual([]);
  expect(await gradeSample(grader, {}, sample)).toEqual({
    verdict: "ungraded",
    value: null,
    extracted: null,
    why: "open question",
  });
});
