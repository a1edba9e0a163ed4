import { describe, expect, inject, test } from "vitest";

import type { Gold } from "../../domain/grader.ts";

import { goldOf } from "../testing/sample.ts";
import { testProblems } from "./gold.ts";
import { CodeOptions } from "./options.ts";
import { proveGold } from "./prove.ts";

type Programs = {
  readonly language: string;
  readonly tests: readonly { readonly assert: string }[];
  readonly right: string;
  readonly wrong: readonly string[];
  /** Fails the second test; what is said of that. */
  readonly failing: readonly [program: string, says: string];
  /** In other words the right one. */
  readonly same: string;
  readonly torn: string;
  /** Hands each round another value to the program; what is said of that. */
  readonly inseparable: readonly [assert: string, says: RegExp];
};

const javascript: Programs = {
  language: "javascript",
  tests: [{ assert: "double(2) === 4" }, { assert: "double('ab') === 'abab'" }],
  right: "const double = (x) => x + x;",
  wrong: ["const double = (x) => x * 3;", "const double = (x) => x + 2;"],
  failing: [
    "const double = (x) => x.repeat === undefined ? 2 * x : x.twice();",
    "double('ab') === 'abab'): TypeError: not a function",
  ],
  same: "const double = (x) => [x, x].reduce((a, b) => a + b);",
  torn: "const double = (x => x;",
  inseparable: ["[1, 2].every((i) => double(i))", /^tests\[0\]\.assert: /],
};

const python: Programs = {
  language: "python",
  tests: [{ assert: "double(2) == 4" }, { assert: "double('ab') == 'abab'" }],
  right: "def double(x):\n    return x * 2",
  wrong: ["def double(x):\n    return x * 3", "def double(x):\n    return x + 2"],
  failing: [
    "def double(x):\n    return x + x + 0",
    "double('ab') == 'abab'): TypeError: can only concatenate str (not \"int\") to str",
  ],
  same: "def double(x):\n    return x + x",
  torn: "def double(x:\n    return x",
  inseparable: [
    "all(double(i) for i in range(3))",
    /^tests\[0\]\.assert: a call of the program depends on .* \(i\)/,
  ],
};

const problemsOf = async (
  { language, tests }: Pick<Programs, "language" | "tests">,
  gold: Partial<Gold>,
): Promise<readonly string[]> =>
  (await proveGold(goldOf({ tests, ...gold }), CodeOptions.parse({ language, time: "2s" }))).map(
    ({ path, message }) => `${path}: ${message.en}`,
  );

// An interpreter of Python takes seconds to start; src/graders/code.test.ts has one.
describe.each(inject("matrix") ? [javascript, python] : [javascript])("$language", (programs) => {
  const { right, wrong, failing, same, torn, inseparable } = programs;

  test("a reference that passes and mutants that fail are no problem", async () => {
    expect(await problemsOf(programs, { reference: right, mutants: wrong })).toEqual([]);
  });

  test("a reference that fails is named with test and reason", async () => {
    expect(await problemsOf(programs, { reference: failing[0] })).toEqual([
      `reference: the reference fails test 2 (${failing[1]}`,
    ]);
  });

  test("a mutant that passes is a problem, and so is one that is no program", async () => {
    expect(await problemsOf(programs, { reference: right, mutants: [same, torn] })).toEqual([
      "mutants[0]: this mutant should fail but passes every test; add a test that tells it apart",
      expect.stringMatching(
        /^mutants\[1\]: this mutant is no program, which proves nothing: SyntaxError/,
      ),
    ]);
  });

  test("an assert that cannot be taken apart is named before anything is run", async () => {
    const own = { ...programs, tests: [{ assert: inseparable[0] }] };
    expect(await problemsOf(own, { reference: right })).toEqual([
      expect.stringMatching(inseparable[1]),
    ]);
  });
});

test.each<[string, unknown, string, readonly string[]]>([
  ["no tests", null, "python", ["tests"]],
  ["tests of a foreign form", { check: "…" }, "python", ["tests"]],
  ["a query for Python", [{ sql: { schema: "…", expect: [] } }], "python", ["tests[0]"]],
  ["an assert for SQL", [{ assert: "f(1) == 1" }], "sql", ["tests[0]"]],
  ["an assert for a runner", [{ assert: "f(1) == 1" }], "go", ["tests[0]"]],
  [
    "an arrow in a JavaScript assert",
    [{ assert: "[1].every(x => f(x))" }],
    "javascript",
    ["tests[0].assert"],
  ],
  ["input and output for a runner", [{ stdin: "", stdout: "" }], "go", []],
])("%s", (_, given, language, paths) => {
  const found = testProblems(goldOf({ tests: given }), CodeOptions.parse({ language }));
  expect(found.map(({ path }) => path)).toEqual(paths);
});
