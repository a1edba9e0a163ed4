import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { sameMath } from "../grading/math/same.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./math.ts";

const options = parseGraderOptions(grader, {});

test.each([
  ["\\frac{1}{2}", "0.5"],
  ["\\dfrac12", "1/2"],
  ["(x+1)^2", "x^2+2x+1"],
  ["\\sqrt{8}", "2\\sqrt{2}"],
  ["2√2", "\\sqrt{8}"],
  ["\\frac{\\sqrt{3}}{2}", "\\sqrt{\\frac{3}{4}}"],
  ["x=3", "3"],
  ["y=2x+1", "2x-y+1=0"],
  ["a_n=2n-1", "2n-1"],
  ["\\{1,2,3\\}", "\\{3,2,1\\}"],
  ["{1, 2}", "\\left\\{2,1\\right\\}"],
  ["(1,2)", "1<x<2"],
  ["x∈[1,+\\infty)", "x\\ge 1"],
  ["(-\\infty,1]\\cup(2,3)", "(2,3)∪(-∞,1]"],
  ["x=1或x=-2", "x=-2, x=1"],
  ["(1, \\frac{1}{2})", "(1, 0.5)"],
  ["1,200", "1200"],
  ["30°", "30^{\\circ}"],
  ["2\\pi", "2π"],
  ["50%", "1/2"],
  ["\\varnothing", "空集"],
])("%s is %s", (reply, gold) => {
  expect(sameMath(reply, gold, false)).toBe(true);
});

test.each([
  ["\\frac{1}{2}", "\\frac{1}{3}"],
  ["2\\pi", "6.28"],
  ["(1,2)", "[1,2]"],
  ["(1,2)", "(2,1)"],
  ["\\{1,2\\}", "\\{1,2,3\\}"],
  ["x>3", "x<3"],
  ["-1+2i", "1+2i"],
  ["x^2+1", "x^2-1"],
  ["", ""],
])("%s is not %s", (reply, gold) => {
  expect(sameMath(reply, gold, false)).toBe(false);
});

test.each([
  ["所以 $\\boxed{\\frac{\\sqrt{8}}{2}}$", "\\sqrt{2}", "right", "boxed"],
  ["最终答案：$x_1=1$，$x_2=-2$", "1;-2", "right", "marker"],
  ["答案是 $2\\sqrt{2}$。", "\\sqrt{8}", "right", "marker"],
  ["因此 $\\cos 2\\theta=-\\frac{3}{5}$。", "-0.6", "right", "conclusion"],
  ["答案：3", "4", "wrong", "marker"],
  ["答案：我算不出来", "4", "unresolved", "marker: not readable"],
  ["这道题很难。", "4", "unresolved", "no formula announced"],
])("%j against %s is %s", async (reply, answer, verdict, why) => {
  expect(await grader.grade(sampleOf(reply, { answer }), options, {})).toMatchObject({
    verdict,
    why,
  });
});

test.each([
  ["x(x^2-9)", "x(x+3)(x-3)", "因式分解：x^3-9x", "wrong"],
  ["x(x-3)(x+3)", "x(x+3)(x-3)", "因式分解：x^3-9x", "right"],
  ["(x-2)^2", "(x-2)(x-2)", "把 x^2-4x+4 分解因式", "right"],
  ["x(x^2-9)", "x(x+3)(x-3)", "化简 x^3-9x", "right"],
  ["(x-2)^2", "x^2-4x+4", "展开 (x-2)^2", "wrong"],
  ["x^2-4x+4", "x^2-4x+4", "展开 (x-2)^2", "right"],
])("%s against %s where %s is %s", async (reply, answer, question, verdict) => {
  const sample = sampleOf(`答案：$${reply}$`, { answer, question });
  expect(await grader.grade(sample, options, {})).toMatchObject({ verdict });
});

test("order matters where the option says so", () => {
  expect(sameMath("1,2", "2,1", false)).toBe(true);
  expect(sameMath("1,2", "2,1", true)).toBe(false);
});

test("a gold that is not a formula is found before any call", () => {
  expect(grader.check(goldOf({ answer: "很多很多" }), options)).toHaveLength(1);
  expect(grader.check(goldOf({}), options)).toHaveLength(1);
  for (const answer of ["\\frac{1}{2}", "(1,2]", "\\{1,2\\}", "x=1或x=2", 3]) {
    expect(grader.check(goldOf({ answer }), options)).toEqual([]);
  }
});
