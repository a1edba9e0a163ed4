import type { CodeTest } from "../domain/code-test.ts";
import type { CodeRunner } from "../domain/config.ts";
import type { Grade, Grader } from "../domain/grader.ts";
import type { Text } from "../domain/text.ts";

import { defineGrader } from "../domain/grader.ts";
import { languages } from "../grading/code/box/messages.ts";
import { extractProgram } from "../grading/code/extract.ts";
import { assertsOf, goldRemarks, testsOf, testProblems } from "../grading/code/gold.ts";
import { CodeOptions, isBoxed, limitsOf } from "../grading/code/options.ts";
import { runOwnTests } from "../grading/code/own-runner.ts";
import { missingPackage } from "../grading/code/packages.ts";
import { runInBox } from "../grading/code/pool.ts";
import { proveGold } from "../grading/code/prove.ts";
import { planAsserts, runTests, type TestOutcome } from "../grading/code/run-tests.ts";

type Runners = Readonly<Record<string, CodeRunner>>;

/** Runs the reply's program in the box and compares what it answers with the item's `tests`, which it never sees. */
const codeGrader = (runners: Runners): Grader<CodeOptions> =>
  defineGrader<CodeOptions>({
    id: "code",
    version: "1",
    title: { zh: "运行代码", en: "runs the program" },
    options: CodeOptions,
    reads: ["reference", "tests", "mutants"],
    isApart: true,
    withRunners: codeGrader,
    missing: ({ language }) => missing(language, runners),
    check: testProblems,
    remarks: goldRemarks,
    prove: proveGold,
    stamp: ({ language }) => runners[language] ?? null,
    grade: async ({ gold, reply, finish_reason }, options) => {
      const { language } = options;
      const lacking = missing(language, runners);
      if (lacking !== null) throw new Error(lacking.en);
      const tests = testsOf(gold);
      const asked = await askedNames(tests, language);
      const found = extractProgram(reply, language, asked);
      if (found === null) return noProgram;
      const outcomes = await outcomesOf(found.program, tests, options, runners);
      const isOwn = !isBoxed(language);
      return gradeOf(found.program, outcomes, options, {
        ...(finish_reason === "length" ? { cut: true } : {}),
        ...(isOwn ? { own_runner: language } : {}),
      });
    },
  });

export const grader = codeGrader({});

function missing(language: string, runners: Runners): Text | null {
  if (isBoxed(language)) return missingPackage(language);
  if (Object.hasOwn(runners, language)) return null;
  const known = languages.join(", ");
  return {
    zh: `不认识的语言 ${language}：内置 ${known}，其他语言要在配置的 runners 里写明用什么命令运行`,
    en: `unknown language ${language}: built in are ${known}; others need a command in the config, under runners`,
  };
}

async function askedNames(
  tests: readonly CodeTest[],
  language: string,
): Promise<readonly string[]> {
  if (!isBoxed(language)) return [];
  const plans = await planAsserts(assertsOf(tests), language);
  return plans.flatMap((plan) => ("names" in plan ? plan.names : []));
}

function outcomesOf(
  program: string,
  tests: readonly CodeTest[],
  options: CodeOptions,
  runners: Runners,
): Promise<readonly TestOutcome[]> {
  const { language, score } = options;
  const stopEarly = score === "all";
  if (isBoxed(language))
    return runTests(program, tests, { ...options, language }, runInBox, stopEarly);
  const runner = runners[language];
  if (runner === undefined) throw new Error(`there is no runner ${language}`);
  return runOwnTests(program, tests, runner, limitsOf(options), stopEarly);
}

/** The first test that failed decides what is said; in `share`, so many of so many. */
function gradeOf(
  program: string,
  outcomes: readonly TestOutcome[],
  { score }: CodeOptions,
  marks: NonNullable<Grade["notes"]>,
): Grade {
  const broken = outcomes.find(({ kind }) => kind === "unavailable");
  if (broken !== undefined) throw new Error(`the program could not be run: ${broken.message}`);
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  const total = outcomes.length;
  const at = outcomes.findIndex((outcome) => !outcome.passed);
  const failed = outcomes[at];
  const value = score === "share" ? passed / total : Number(passed === total);
  const notes = {
    tests: total,
    ...(score === "share" ? { passed } : {}),
    ...(failed === undefined || failed.kind === null ? {} : { failure: failed.kind }),
    ...marks,
  };
  return {
    verdict: value === 1 ? "right" : value === 0 ? "wrong" : "partial",
    value,
    extracted: program.length <= mostChars ? program : `${program.slice(0, mostChars)}…`,
    why: failed === undefined ? `passed ${total} tests` : reasonOf(failed, at, total),
    notes,
  };
}

/** Of a program in the run file, where the reply stands as well. */
const mostChars = 10_000;

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
