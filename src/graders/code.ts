import type { CodeTest } from "../domain/code-test.ts";
import type { Gold, GoldProblem, Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { CodeOptions, isBoxed } from "../grading/code/options.ts";
import { extractProgram } from "../grading/code/extract.ts";
import { testsOf, testProblems } from "../grading/code/gold.ts";
import { missingPackage } from "../grading/code/packages.ts";
import { runInBox } from "../grading/code/pool.ts";
import { proveGold } from "../grading/code/prove.ts";
import { planAsserts, runTests, type TestOutcome } from "../grading/code/run-tests.ts";

/** Runs the reply's program in the box and compares what it answers with the item's `tests`, which it never sees. */
export const grader = defineGrader<CodeOptions>({
  id: "code",
  version: "1",
  title: { zh: "运行代码", en: "runs the program" },
  options: CodeOptions,
  isApart: true,
  missing: ({ language }) => (isBoxed(language) ? missingPackage(language) : null),
  check: (gold, options) => testProblems(gold, options),
  prove: proveGold,
  grade: async ({ gold, reply, finish_reason }, options) => {
    const { language } = options;
    if (!isBoxed(language)) throw new Error(`there is no runner named ${language} in the config`);
    const tests = testsOf(gold);
    const asserts = tests.filter((test) => "assert" in test);
    const plans = await planAsserts(asserts, language);
    const asked = plans.flatMap((plan) => ("names" in plan ? plan.names : []));
    const found = extractProgram(reply, language, asked);
    if (found === null) return noProgram;
    const own = { ...options, language };
    const outcomes = await runTests(found.program, tests, own, runInBox, options.score === "all");
    return gradeOf(found.program, outcomes, options, finish_reason === "length");
  },
});

const noProgram: Grade = {
  verdict: "unresolved",
  value: 0,
  extracted: null,
  why: "no program in the reply",
};
