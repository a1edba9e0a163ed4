import type { AssertTest, CodeTest, OutputTest, QueryTest } from "../../domain/code-test.ts";
import type {
  BoxFailure,
  BoxJob,
  BoxResult,
  CodeLanguage,
  FailureKind,
  ProbeResult,
} from "./box/messages.ts";
import type { CodeOptions } from "./options.ts";
import type { AssertPlan, JudgedValues, Referee, SplitAssert } from "./referee.ts";

import { javascriptReferee } from "./javascript-referee.ts";
import { limitsOf } from "./options.ts";
import { pythonReferee } from "./python-referee.ts";
import { withMemory } from "./referee.ts";
import { sameRows, shownRows } from "./sql-table.ts";

export type TestOutcome = {
  readonly passed: boolean;
  /** What the test asks, in short. */
  readonly test: string;
  /** `wrong`: the program answered, but something else; null where it passed. */
  readonly kind: FailureKind | "wrong" | "skipped" | null;
  readonly message: string;
};

/** Runs a program in the box and gives what it did. */
export type RunProgram = (job: BoxJob) => Promise<BoxResult>;

/** A program that breaks its interpreter is started again for the tests after that, this many times. */
const mostBreaks = 3;

const referees: Partial<Record<CodeLanguage, Referee>> = {
  python: withMemory(pythonReferee),
  javascript: withMemory(javascriptReferee),
};

/** Takes asserts apart; each plan is made once. SQL has none. */
export async function planAsserts(
  tests: readonly AssertTest[],
  language: CodeLanguage,
): Promise<readonly AssertPlan[]> {
  const referee = referees[language];
  return referee === undefined || tests.length === 0 ? [] : referee.plan(tests);
}

/**
 * The outcome of each test, in order. With `stopEarly` the tests after the first that fails are skipped. Rejects where a
 * test itself is at fault, which `check` finds.
 */
export async function runTests(
  program: string,
  tests: readonly CodeTest[],
  options: CodeOptions & { readonly language: CodeLanguage },
  run: RunProgram,
  stopEarly: boolean,
): Promise<readonly TestOutcome[]> {
  const asserts = tests.filter((test) => "assert" in test);
  const judged = await runAsserts(program, asserts, options, run, stopEarly);
  const outcomes: TestOutcome[] = [];
  let isOver = stopEarly && judged.some(({ passed }) => !passed);
  for (const test of tests) {
    if ("assert" in test) {
      outcomes.push(judged[asserts.indexOf(test)] ?? skipped(test));
    } else if (isOver) {
      outcomes.push(skipped(test));
    } else {
      const outcome = await ("sql" in test ? runQuery : runOutput)(
        program,
        test as never,
        options,
        run,
      );
      outcomes.push(outcome);
      isOver = stopEarly && !outcome.passed;
    }
  }
  return outcomes;
}

/** A test in a few words. */
function titleOf(test: CodeTest): string {
  if ("assert" in test) return short(test.assert.replace(/^assert\s+/, ""), 100);
  if ("stdin" in test) return `input ${short(JSON.stringify(test.stdin), 60)}`;
  return test.sql.after === undefined ? "the query's rows" : "the rows afterwards";
}

type Options = CodeOptions & { readonly language: CodeLanguage };

async function runAsserts(
  program: string,
  tests: readonly AssertTest[],
  options: Options,
  run: RunProgram,
  stopEarly: boolean,
): Promise<readonly TestOutcome[]> {
  const referee = referees[options.language];
  if (tests.length === 0 || referee === undefined) return [];
  const plans = (await referee.plan(tests)).map(splitOf);
  const answers = await askAll(program, tests, plans, options, run, stopEarly);
  const asked: { readonly index: number; readonly question: JudgedValues }[] = [];
  for (const [index, answer] of answers.entries()) {
    const rest = plans[index]?.rest;
    if (answer !== undefined && "values" in answer && rest !== undefined)
      asked.push({ index, question: { rest, values: answer.values } });
  }
  const verdicts =
    asked.length === 0 ? [] : await referee.judge(asked.map(({ question }) => question));
  return tests.map((test, index) => {
    const answer = answers[index];
    if (answer === undefined) return skipped(test);
    if ("failure" in answer) return failed(test, answer.failure);
    const verdict = verdicts[asked.findIndex((each) => each.index === index)];
    if (verdict?.holds === true) return passed(test);
    const called = plans[index]?.chains.join(", ") ?? "";
    return failed(test, {
      kind: "wrong",
      message: `${called}${verdict?.isUnclear === true ? ": " : " → "}${verdict?.shown ?? "nothing"}`,
    });
  });
}

function splitOf(plan: AssertPlan): SplitAssert {
  if ("problem" in plan) throw new Error(`an assert cannot be used: ${plan.problem.detail}`);
  return plan;
}

/** Answers of the program; where one breaks the interpreter, a new one goes on after it. */
async function askAll(
  program: string,
  tests: readonly AssertTest[],
  plans: readonly SplitAssert[],
  options: Options,
  run: RunProgram,
  stopEarly: boolean,
): Promise<readonly (ProbeResult | undefined)[]> {
  const answers: ProbeResult[] = [];
  for (let breaks = 0; answers.length < tests.length && breaks < mostBreaks; breaks += 1) {
    const probes = plans.slice(answers.length).map(({ chains }, index) => ({
      setup: tests[answers.length + index]?.setup ?? "",
      expressions: chains,
    }));
    const result = await run({ ...jobOf(program, options), probes });
    if (result.failure !== null) {
      const { failure } = result;
      const left = tests.length - answers.length;
      return [...answers, ...Array.from({ length: left }, () => ({ failure }))];
    }
    answers.push(...result.probes);
    if (stopEarly && result.probes.some((probe) => "failure" in probe)) break;
    if (result.probes.length === 0) break;
  }
  return answers;
}

async function runOutput(
  program: string,
  test: OutputTest,
  options: Options,
  run: RunProgram,
): Promise<TestOutcome> {
  return printedOutcome(test, await run({ ...jobOf(program, options), stdin: test.stdin }));
}

/** What a program that has read this input and printed that is worth. */
export function printedOutcome(
  test: OutputTest,
  result: Pick<BoxResult, "stdout" | "failure">,
): TestOutcome {
  if (result.failure !== null) return failed(test, result.failure);
  if (tidyOutput(result.stdout) === tidyOutput(test.stdout)) return passed(test);
  return failed(test, {
    kind: "wrong",
    message: `printed ${short(JSON.stringify(result.stdout), 120)}`,
  });
}

async function runQuery(
  program: string,
  test: QueryTest,
  options: Options,
  run: RunProgram,
): Promise<TestOutcome> {
  const { schema, rows = "", after, expect, ordered = false } = test.sql;
  const probes = after === undefined ? [] : [{ setup: "", expressions: [after] }];
  const job = { ...jobOf(program, options), before: `${schema};\n${rows}`, probes };
  const { failure, table } = await run(job);
  if (failure !== null) return failed(test, failure);
  if (table === null) return failed(test, { kind: "wrong", message: "no statement gave rows" });
  if (sameRows(table, expect, ordered)) return passed(test);
  return failed(test, { kind: "wrong", message: shownRows(table) });
}

/** Spaces at line ends and empty lines at the end do not count. */
const tidyOutput = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();

const jobOf = (program: string, options: Options): BoxJob => ({
  language: options.language,
  program,
  stdin: null,
  probes: [],
  before: "",
  limits: limitsOf(options),
});

const passed = (test: CodeTest): TestOutcome => ({
  passed: true,
  test: titleOf(test),
  kind: null,
  message: "",
});

const failed = (
  test: CodeTest,
  { kind, message }: BoxFailure | { readonly kind: "wrong"; readonly message: string },
): TestOutcome => ({ passed: false, test: titleOf(test), kind, message });

export const skipped = (test: CodeTest): TestOutcome => ({
  passed: false,
  test: titleOf(test),
  kind: "skipped",
  message: "not run",
});

const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
