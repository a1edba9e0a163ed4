import type { Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { extractProgram } from "../grading/code/extract.ts";
import { assertsOf, testsOf, testProblems } from "../grading/code/gold.ts";
import { CodeOptions, isBoxed } from "../grading/code/options.ts";
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
  check: testProblems,
  prove: proveGold,
  grade: async ({ gold, reply, finish_reason }, options) => {
    const { language } = options;
    const missing = isBoxed(language) ? missingPackage(language) : null;
    if (missing !== null) throw new Error(missing.en);
    if (!isBoxed(language)) throw new Error(`there is no runner named ${language} in the config`);
    const tests = testsOf(gold);
    const plans = await planAsserts(assertsOf(tests), language);
    const asked = plans.flatMap((plan) => ("names" in plan ? plan.names : []));
    const found = extractProgram(reply, language, asked);
    if (found === null) return noProgram;
    const own = { ...options, language };
    const outcomes = await runTests(found.program, tests, own, runInBox, options.score === "all");
    return gradeOf(found.program, outcomes, options, finish_reason === "length");
  },
});

/** The first test that failed decides what is said; in `share`, so many of so many. */
function gradeOf(
  program: string,
  outcomes: readonly TestOutcome[],
  { score }: CodeOptions,
  isCut: boolean,
): Grade {
  const broken = outcomes.find(({ kind }) => kind === "unavailable");
  if (broken !== undefined) throw new Error(`the box: ${broken.message}`);
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  const total = outcomes.length;
  const at = outcomes.findIndex((outcome) => !outcome.passed);
  const failed = outcomes[at];
  const value = score === "share" ? passed / total : Number(passed === total);
  const notes = {
    tests: total,
    ...(score === "share" ? { passed } : {}),
    ...(failed?.kind === undefined || failed.kind === null ? {} : { failure: failed.kind }),
    ...(isCut ? { cut: true } : {}),
  };
  return {
    verdict: value === 1 ? "right" : value === 0 ? "wrong" : "partial",
    value,
    extracted: program,
    why: failed === undefined ? `passed ${total} tests` : reasonOf(failed, at, total),
    notes,
  };
}

function reasonOf({ test, message, kind }: TestOutcome, at: number, total: number): string {
  const what = kind === "wrong" || kind === "error" ? message : `${kind}: ${message}`;
  return `test ${at + 1} of ${total} (${test}): ${what}`;
}

const noProgram: Grade = {
  verdict: "unresolved",
  value: 0,
  extracted: null,
  why: "no program in the reply",
};
