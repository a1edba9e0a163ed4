import { z } from "zod";

import type { Gold, GoldProblem } from "../../domain/grader.ts";
import type { Text } from "../../domain/text.ts";
import type { AssertPlan, AssertProblem } from "./referee.ts";

import { CodeTest, type AssertTest } from "../../domain/code-test.ts";
import { planJavaScript } from "./javascript-referee.ts";
import { isBoxed, type CodeOptions } from "./options.ts";
import { missingPackage } from "./packages.ts";

const List = z.array(CodeTest).min(1);
const read = new WeakMap<object, readonly CodeTest[]>();

/** The tests of a gold; empty where it has none that this grader can read. */
export function testsOf({ tests }: Gold): readonly CodeTest[] {
  if (!Array.isArray(tests)) return [];
  const known = read.get(tests);
  if (known !== undefined) return known;
  const parsed = List.safeParse(tests);
  const list = parsed.success ? parsed.data : [];
  read.set(tests, list);
  return list;
}

/** What keeps a gold's tests from being run in this language, as far as that shows without an interpreter. */
export function testProblems(gold: Gold, { language }: CodeOptions): readonly GoldProblem[] {
  const tests = testsOf(gold);
  if (tests.length === 0) return [{ path: "tests", message: noTests }];
  const unfit = tests.flatMap((test, index) =>
    fits(test, language) ? [] : [{ path: `tests[${index}]`, message: wrongForm(language) }],
  );
  if (unfit.length > 0 || language !== "javascript") return unfit;
  return planProblems(tests, assertsOf(tests).map(planJavaScript));
}

export const assertsOf = (tests: readonly CodeTest[]): readonly AssertTest[] =>
  tests.filter((test) => "assert" in test);

/** What is wrong with the asserts among the tests; the plans are theirs, in order. */
export const planProblems = (
  tests: readonly CodeTest[],
  plans: readonly AssertPlan[],
): readonly GoldProblem[] =>
  assertsOf(tests).flatMap((test, at): readonly GoldProblem[] => {
    const plan = plans[at];
    if (plan === undefined || !("problem" in plan)) return [];
    const path = `tests[${tests.indexOf(test)}].${plan.problem.at}`;
    return [{ path, message: assertMessage(plan.problem, test) }];
  });

/** What `check` tells of a gold that can be run. */
export function goldRemarks({ reference }: Gold, { language }: CodeOptions): readonly Text[] {
  if (!isBoxed(language)) return [ownRisk(language)];
  const missing = missingPackage(language);
  if (missing !== null) return [missing];
  return reference === null ? [noReference] : [];
}

const ownRisk = (language: string): Text => ({
  zh: `${language} 的程序由配置里的命令直接运行，不在沙箱里，风险自负`,
  en: `programs in ${language} are run by a command of the config and not in the box, at your own risk`,
});
const noReference: Text = {
  zh: "没有 reference，无从知道测试是否有程序能通过",
  en: "there is no reference, so nobody knows whether a program can pass the tests",
};

function fits(test: CodeTest, language: string): boolean {
  if (language === "sql") return "sql" in test;
  return "stdin" in test || ("assert" in test && isBoxed(language));
}

const noTests: Text = {
  zh: "code 评分器需要 tests：一个列表，每项是 {assert}、{stdin, stdout} 或 {sql}",
  en: "the grader code needs tests: a list of {assert}, {stdin, stdout} or {sql}",
};

function wrongForm(language: string): Text {
  if (language === "sql")
    return {
      zh: "sql 的测试要写成 {sql: {schema, rows, expect}}",
      en: "a test of sql is {sql: {schema, rows, expect}}",
    };
  return isBoxed(language)
    ? {
        zh: `${language} 的测试要写成 {assert} 或 {stdin, stdout}`,
        en: `a test of ${language} is {assert} or {stdin, stdout}`,
      }
    : {
        zh: `${language} 由自备的命令运行，测试只能写成 {stdin, stdout}`,
        en: `${language} is run by a command of your own, whose tests are {stdin, stdout}`,
      };
}

function assertMessage({ kind, detail }: AssertProblem, { assert }: AssertTest): Text {
  switch (kind) {
    case "syntax":
      return { zh: `语法有误：${detail}`, en: `not valid code: ${detail}` };
    case "dependent":
      return {
        zh: `被测程序的调用依赖断言内部的变量（${detail}），无法事先求值；请拆成几条断言，或放进 setup 里的函数`,
        en: `a call of the program depends on what the assert itself binds (${detail}), so it cannot be asked for beforehand; write several asserts, or a function in setup`,
      };
    case "no call":
      return {
        zh: `${assert} 没有用到被测程序，任何程序都能通过`,
        en: `${assert} uses nothing of the program, so that any program passes`,
      };
  }
}
