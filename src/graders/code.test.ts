import { afterAll, expect, test } from "vitest";

import type { CodeRunner } from "../domain/config.ts";
import type { Gold, Grade } from "../domain/grader.ts";

import { CodeOptions } from "../grading/code/options.ts";
import { gradeSample } from "../grading/grade.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./code.ts";

const fence = "```";
const block = (program: string): string => `${fence}\n${program}\n${fence}`;

const graded = (
  given: Partial<CodeOptions>,
  gold: Partial<Gold>,
  reply: string,
): Promise<Grade> => {
  const options = CodeOptions.parse({ time: "2s", ...given });
  return gradeSample(grader, options, sampleOf(reply, gold));
};

const sum = [{ assert: "add(1, 2) == 3" }, { assert: "add('一', '二') == '一二'" }];

test.each<[string, string, Partial<Grade>]>([
  ["right", "def add(a, b): return a + b", { verdict: "right", value: 1, why: "passed 2 tests" }],
  ["half right", "def add(a, b): return int(a) + int(b)", { verdict: "wrong", value: 0 }],
  [
    "not a program",
    "def add(a, b) return a",
    { why: "test 1 of 2 (add(1, 2) == 3): SyntaxError: expected ':' (<string>, line 1)" },
  ],
  [
    "no such function",
    "def plus(a, b): return a + b",
    { why: "test 1 of 2 (add(1, 2) == 3): NameError: name 'add' is not defined" },
  ],
  [
    "an object of its own",
    "class N: pass\ndef add(a, b): return N()",
    {
      why: "test 1 of 2 (add(1, 2) == 3): add(1, 2): an object of class N is not read; compare its attributes",
    },
  ],
  ["prints what it does", "print('ok')\ndef add(a, b): return a + b", { verdict: "right" }],
  [
    "main is not run",
    "def add(a, b): return a + b\nif __name__ == '__main__': input()",
    { verdict: "right" },
  ],
])("Python: %s", async (_, program, expected) => {
  expect(await graded({ language: "python" }, { tests: sum }, block(program))).toMatchObject(
    expected,
  );
});

test("a share of the tests is partly right, and what is ended does not take the others with it", async () => {
  const tests = [
    { assert: "f(1) == 1" },
    { assert: "f(2) == 2" },
    { assert: "f(3) == 3" },
    { assert: "f(4) == 4" },
  ];
  const program =
    "import itertools\ndef f(x):\n  if x == 2: sum(itertools.repeat(1))\n  return x if x < 4 else 0";
  const grade = await graded(
    { language: "python", time: "500ms", score: "share" },
    { tests },
    block(program),
  );
  expect(grade).toMatchObject({
    verdict: "partial",
    value: 0.5,
    why: "test 2 of 4 (f(2) == 2): time: more than 0.5 s",
    notes: { tests: 4, passed: 2, failure: "time" },
  });
});

test("a program leaves nothing for the next one", async () => {
  const tests = [{ assert: "f(1) == 1" }];
  const first = `
import builtins, os, sys, json
builtins.f = lambda x: 1
json.f = 1
sys.path.append('/box')
os.environ['LEFT'] = '1'
for folder in ('/box', '/tmp', '/dev/shm', '/home', '/lib', '/'):
    try: open(folder + '/left.py', 'w').write('f = lambda x: 1')
    except OSError: pass
f = builtins.f`;
  const next = [
    "pass",
    "from left import f",
    "import json\ndef f(x): return json.f",
    "import os\ndef f(x): return int(os.environ['LEFT'])",
    "import os\ndef f(x): return int(any('left.py' in names for _, _, names in os.walk('/')))",
  ];
  const grade = (program: string) => graded({ language: "python" }, { tests }, block(program));
  // More rounds than there are boxes.
  for (let round = 0; round < 4; round += 1) {
    expect(await grade(first)).toMatchObject({ verdict: "right" });
    for (const program of next) expect(await grade(program)).toMatchObject({ verdict: "wrong" });
  }
});

test.each<[string, string, string]>([
  ["prints the sum", "a, b = map(int, input().split())\nprint(a + b)", "right"],
  [
    "ends itself after it",
    "import sys\na, b = map(int, sys.stdin.read().split())\nsys.stdout.write(f'{a + b} \\n\\n')\nsys.exit(0)",
    "right",
  ],
  ["asks in words", "a, b = map(int, input('请输入：').split())\nprint(a + b)", "wrong"],
  [
    "fails after it",
    "a, b = map(int, input().split())\nprint(a + b)\nraise ValueError('坏')",
    "wrong",
  ],
  [
    "runs main",
    "def main():\n    a, b = map(int, input().split())\n    print(a + b)\nif __name__ == '__main__':\n    main()",
    "right",
  ],
])("input and output: %s", async (_, program, verdict) => {
  const tests = [{ stdin: "3 4\n", stdout: "7\n" }];
  expect(await graded({ language: "python" }, { tests }, block(program))).toMatchObject({
    verdict,
  });
});

test.each<[string, string, string]>([
  ["a function", "function f(x) { return [...x].sort((a, b) => a - b); }", "right"],
  [
    "a constant that is exported",
    "export const f = (x) => [...x].sort((a, b) => a - b);\nexport default f;",
    "right",
  ],
  [
    "module.exports",
    "const f = (x) => x.slice().sort((a, b) => a - b);\nmodule.exports = { f };",
    "right",
  ],
  ["a promise", "const f = async (x) => [...x].sort((a, b) => a - b);", "right"],
  ["sorts as text", "const f = (x) => [...x].sort();", "wrong"],
  ["a promise that fails", "const f = async () => { throw new Error('坏'); };", "wrong"],
])("JavaScript: %s", async (_, program, verdict) => {
  const tests = [{ assert: "f([10, 9, 1]) === [1, 9, 10]" }, { assert: "f([]) === []" }];
  expect(await graded({ language: "javascript" }, { tests }, block(program))).toMatchObject({
    verdict,
  });
});

test.each<[string, string, string]>([
  ["a query", "SELECT name FROM t WHERE n > 1 ORDER BY n DESC", "right"],
  ["the wrong order", "SELECT name FROM t WHERE n > 1 ORDER BY n", "wrong"],
  ["no query at all", "DELETE FROM t", "wrong"],
  ["not SQL", "SELECT FROM WHERE", "wrong"],
])("SQL: %s", async (_, program, verdict) => {
  const sql = {
    schema: "CREATE TABLE t (n INTEGER, name TEXT)",
    rows: "INSERT INTO t VALUES (1, '甲'), (2, '乙'), (3, '丙')",
    expect: [["丙"], ["乙"]],
    ordered: true,
  };
  expect(await graded({ language: "sql" }, { tests: [{ sql }] }, block(program))).toMatchObject({
    verdict,
  });
});

test("no program is unresolved, and a reply that was cut says so", async () => {
  const options = CodeOptions.parse({ language: "python" });
  expect(await graded({ language: "python" }, { tests: sum }, "用加号即可。")).toMatchObject({
    verdict: "unresolved",
    why: "no program in the reply",
  });
  const cut = {
    ...sampleOf(`${fence}python\ndef add(a, b):\n    retu`, { tests: sum }),
    finish_reason: "length",
  };
  expect(await gradeSample(grader, options, cut)).toMatchObject({
    verdict: "wrong",
    notes: { cut: true },
  });
});

const node: CodeRunner = { command: [process.execPath, "{file}"], file: "main.cjs" };
const own = grader.withRunners?.({ node }) ?? grader;
const echo = [{ stdin: "3\n", stdout: "6" }];

test.each<[string, string, Partial<Grade>]>([
  [
    "right",
    "console.log(2 * require('fs').readFileSync(0, 'utf8'))",
    { verdict: "right", notes: { tests: 1, own_runner: "node" } },
  ],
  ["wrong", "console.log(1)", { verdict: "wrong" }],
  [
    "does not end",
    "for (;;) {}",
    { verdict: "wrong", notes: { tests: 1, failure: "time", own_runner: "node" } },
  ],
  [
    "floods",
    "for (;;) require('fs').writeSync(1, 'x'.repeat(65536))",
    { notes: { tests: 1, failure: "output", own_runner: "node" } },
  ],
  ["fails", "console.log(6); process.exit(3)", { why: 'test 1 of 1 (input "3\\n"): ended with 3' }],
  [
    "sees no secret",
    "console.log(process.env.RUNNER_SECRET === undefined ? 6 : 0)",
    { verdict: "right" },
  ],
])("a runner of one's own: %s", async (name, program, expected) => {
  process.env["RUNNER_SECRET"] = "secret";
  // By the clock: the others end by themselves, however busy the machine is.
  const time = name === "does not end" ? "500ms" : "60s";
  const options = CodeOptions.parse({ language: "node", time });
  expect(
    await gradeSample(
      own,
      options,
      sampleOf(`${fence}node\n${program}\n${fence}`, { tests: echo }),
    ),
  ).toMatchObject(expected);
});
afterAll(() => {
  delete process.env["RUNNER_SECRET"];
});

test("a language without package or runner is refused", async () => {
  const options = CodeOptions.parse({ language: "go" });
  expect(grader.missing?.(options)?.en).toMatch(
    /unknown language go: built in are python, javascript, sql/,
  );
  expect(own.missing?.({ ...options, language: "node" })).toBeNull();
  expect(await gradeSample(grader, options, sampleOf(block("x"), { tests: echo }))).toMatchObject({
    verdict: "ungraded",
  });
});

test.each([
  { time: "2h" },
  { time: "90s" },
  { memory: "8MB" },
  { memory: "2GB" },
  { score: "half" },
])("options that make no sense: %j", (given) => {
  expect(CodeOptions.safeParse({ language: "python", ...given }).success).toBe(false);
});
