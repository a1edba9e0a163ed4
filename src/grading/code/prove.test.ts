import { expect, test } from "vitest";

import type { Gold } from "../../domain/grader.ts";

import { goldOf } from "../testing/sample.ts";
import { testProblems } from "./gold.ts";
import { CodeOptions } from "./options.ts";
import { proveGold } from "./prove.ts";

const options = CodeOptions.parse({ language: "python", time: "2s" });
const tests = [{ assert: "double(2) == 4" }, { assert: "double('ab') == 'abab'" }];
const right = "def double(x):\n    return x * 2";

const problemsOf = async (gold: Partial<Gold>): Promise<readonly string[]> =>
  (await proveGold(goldOf({ tests, ...gold }), options)).map(
    ({ path, message }) => `${path}: ${message.en}`,
  );

test("a reference that passes and mutants that fail are no problem", async () => {
  const mutants = ["def double(x):\n    return x * 3", "def double(x):\n    return x + 2"];
  expect(await problemsOf({ reference: right, mutants })).toEqual([]);
});

test("a reference that fails is named with test and reason", async () => {
  expect(await problemsOf({ reference: "def double(x):\n    return x + x + 0" })).toEqual([
    "reference: the reference fails test 2 (double('ab') == 'abab'): TypeError: can only concatenate str (not \"int\") to str",
  ]);
});

test("a mutant that passes is a problem, and so is one that is no program", async () => {
  const mutants = ["def double(x):\n    return x + x", "def double(x:\n    return x"];
  expect(await problemsOf({ reference: right, mutants })).toEqual([
    "mutants[0]: this mutant should fail but passes every test; add a test that tells it apart",
    expect.stringMatching(
      /^mutants\[1\]: this mutant is no program, which proves nothing: SyntaxError/,
    ),
  ]);
});

test("an assert that cannot be taken apart is named before anything is run", async () => {
  const gold = { tests: [{ assert: "all(double(i) for i in range(3))" }], reference: right };
  expect(await problemsOf(gold)).toEqual([
    expect.stringMatching(/^tests\[0\]\.assert: a call of the program depends on .* \(i\)/),
  ]);
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
