import type { Gold, GoldProblem } from "../../domain/grader.ts";
import type { Text } from "../../domain/text.ts";
import type { CodeOptions } from "./options.ts";

import { digestOf } from "../../domain/digest.ts";
import { assertsOf, planProblems, testsOf } from "./gold.ts";
import { isBoxed } from "./options.ts";
import { runInBox } from "./pool.ts";
import { openProofs } from "./proofs.ts";
import { planAsserts, runTests, type TestOutcome } from "./run-tests.ts";

/** Changes when a program that passed could fail, or the other way round. */
const proofVersion = "1";

/** Takes the asserts apart and runs the reference, which must pass every test, and the mutants, each of which must fail one. What held is remembered. */
export async function proveGold(gold: Gold, options: CodeOptions): Promise<readonly GoldProblem[]> {
  const { language } = options;
  if (!isBoxed(language)) return [];
  const { tests, reference, mutants = [] } = gold;
  const digest = digestOf({ proofVersion, tests, reference, mutants, options });
  const proofs = openProofs();
  if (proofs.has(digest)) return [];
  const list = testsOf(gold);
  const unclear = planProblems(list, await planAsserts(assertsOf(list), language));
  if (unclear.length > 0) return unclear;
  const outcomesOf = (program: string): Promise<readonly TestOutcome[]> =>
    runTests(program, list, { ...options, language }, runInBox, false);
  const [own, ...others] = await Promise.all([
    reference === null ? [] : outcomesOf(reference),
    ...mutants.map(outcomesOf),
  ]);
  const problems = [
    ...(own ?? []).flatMap((outcome, index) =>
      outcome.passed ? [] : [{ path: "reference", message: fails(index, outcome) }],
    ),
    ...others.flatMap((outcomes, index) => {
      const message = survives(outcomes);
      return message === null ? [] : [{ path: `mutants[${index}]`, message }];
    }),
  ];
  if (problems.length === 0) proofs.add(digest);
  return problems;
}

function survives(outcomes: readonly TestOutcome[]): Text | null {
  if (outcomes.every(({ passed }) => passed)) return survived;
  const [first] = outcomes;
  const isNoProgram = outcomes.every(({ message }) => message === first?.message);
  if (first === undefined || !isNoProgram || !/^(?:Syntax|Indentation)Error/.test(first.message))
    return null;
  return {
    zh: `这个变体根本不是程序，证明不了什么：${first.message}`,
    en: `this mutant is no program, which proves nothing: ${first.message}`,
  };
}

const survived: Text = {
  zh: "这个变体应当不通过，却通过了全部测试；请补一条能区分它的测试",
  en: "this mutant should fail but passes every test; add a test that tells it apart",
};

const fails = (index: number, { test, message }: TestOutcome): Text => ({
  zh: `参考程序没有通过第 ${index + 1} 个测试（${test}）：${message}`,
  en: `the reference fails test ${index + 1} (${test}): ${message}`,
});
