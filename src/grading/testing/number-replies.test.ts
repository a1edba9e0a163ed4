import { describe, expect, test } from "vitest";

import { grader as math } from "../../graders/math.ts";
import { grader as numeric } from "../../graders/numeric.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { formulas, numbers } from "./number-rows.ts";
import { sampleOf } from "./sample.ts";

describe("numbers", () => {
  test.each(numbers)("%j for %j %s: %s", async (reply, answer, unit, verdict) => {
    const grade = await gradeSample(
      numeric,
      parseGraderOptions(numeric, {}),
      sampleOf(reply, { answer, unit }),
    );
    expect([grade.verdict, grade.extracted, grade.why]).toEqual([
      verdict,
      grade.extracted,
      grade.why,
    ]);
  });
});

describe("formulas", () => {
  test.each(formulas)("%j for %j: %s", async (reply, answer, verdict) => {
    const grade = await gradeSample(
      math,
      parseGraderOptions(math, {}),
      sampleOf(reply, { answer }),
    );
    expect([grade.verdict, grade.extracted, grade.why]).toEqual([
      verdict,
      grade.extracted,
      grade.why,
    ]);
  });
});
