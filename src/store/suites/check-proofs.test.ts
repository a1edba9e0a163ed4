import { join } from "node:path";

import { expect, test } from "vitest";

import type { CheckDepth } from "./check-grading.ts";

import { openGraders } from "../graders.ts";
import { folderWith } from "../testing/files.ts";
import { checkSuite } from "./check-suite.ts";
import { parseSuite } from "./suites.ts";

const head = `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [写作]
    grader: {use: constraints}
    items:
`;

/** Level, path and Chinese text of every problem. */
async function problemsOf(items: string, depth: CheckDepth = "proofs"): Promise<readonly string[]> {
  const folder = await folderWith({ "s.yaml": `${head}${items}` });
  const suite = await parseSuite(join(folder, "s.yaml"));
  const problems = await checkSuite(suite, openGraders(null), {}, depth);
  return problems.map(
    ({ level = "error", place, message }) => `${level} ${place.path ?? ""} ${message.zh}`,
  );
}

const good = `      - id: a
        question: 用 15 到 30 字介绍一座桥，要写到河。
        constraints:
          - {check: length, min: 15, max: 30}
          - {check: content, require: [桥, 河]}
        witness: 村口的石桥跨过小河，孩子们每天从上面走去上学。
        lazy: [桥。河。, 我不会写桥和河，请您换一个题目问我，谢谢您的理解。]
`;

test("an item that its witness and no lazy reply passes has no problems", async () => {
  expect(await problemsOf(good)).toEqual([]);
});

test("a witness that fails is an error that names the constraint and why", async () => {
  expect(await problemsOf(good.replace("跨过小河", "跨过小溪"))).toEqual([
    "error tasks[0].items[0].witness 见证回答（witness）通不过自己的题：content: 没有提到“河”",
  ]);
});

test("a lazy reply of the item that passes is an error", async () => {
  const yaml = good.replace("lazy: [桥。河。,", "lazy: [村口的石桥跨过小河，孩子们在桥上看船。,");
  expect(await problemsOf(yaml)).toEqual([
    "error tasks[0].items[0].lazy[0] 这个本该不合格的回答（lazy）通过了；请补充约束，例如 content",
  ]);
});

test.each([
  ["拒答", "{check: excludes, text: 的}", "好"],
  ["照抄题目", "{check: contains, text: 桥}", "桥很好看"],
  ["只有必需的词", "{check: contains, text: [桥, 河]}", "桥在河上"],
  ["一个字重复", "{check: length, equal: 4}", "桥在河上"],
])("a built-in lazy reply that passes is a warning: %s", async (kind, constraint, witness) => {
  const yaml = `      - {id: a, question: 写一座桥, constraints: [${constraint}], witness: ${witness}}\n`;
  expect(await problemsOf(yaml)).toContainEqual(
    expect.stringMatching(
      `^warning tasks\\[0\\]\\.items\\[0\\]\\.witness 偷懒的回答也能通过（${kind}）`,
    ),
  );
});

test("another item's witness that passes is a warning", async () => {
  const second = good
    .replace("id: a", "id: b")
    .replace("要写到河", "要写到船")
    .replace("require: [桥, 河]", "require: [桥]")
    .replace("跨过小河", "下面有船");
  expect(await problemsOf(good + second)).toEqual([
    "warning tasks[0].items[1].witness 题目 a 的见证回答也能通过这道题；请补充内容方面的约束（content）",
  ]);
});

test("each turn of a dialogue has its own witness, and graders of other kinds may have one", async () => {
  const dialogue = `      - id: d
        turns:
          - {user: 一周几天？只写数字。, constraints: [{check: equals, text: "7"}], witness: "8"}
          - {user: 一年几季？, answer: 四季, grader: {use: contains}, witness: 一年有四季。, lazy: [两季]}
`;
  expect(await problemsOf(dialogue)).toEqual([
    "error tasks[0].items[0].turns[0].witness 见证回答（witness）通不过自己的题：equals: 第 1 个字符起不同：“8”，要求“7”",
  ]);
});

const program = `      - id: p
        question: 写一个函数 double(x)，返回 x 的两倍。
        grader: {use: code, with: {language: javascript}}
        tests: [{assert: double(2) === 4}, {assert: double(3) === 6}]
        reference: "function double(x) { return x * 2; }"
        mutants: ["function double(x) { return x + 2; }", "function double(x) { return x + x; }"]
        witness: "\`\`\`js\\nfunction double(x) { return x * x; }\\n\`\`\`"
`;

test("what a grader proves by itself stands beside the witness", async () => {
  expect(await problemsOf(program)).toEqual([
    "error tasks[0].items[0].mutants[1] 这个变体应当不通过，却通过了全部测试；请补一条能区分它的测试",
    expect.stringMatching(
      /^error tasks\[0\]\.items\[0\]\.witness 见证回答（witness）通不过自己的题：test 2 of 2/,
    ),
  ]);
});

test("a run takes golds at their word", async () => {
  expect(await problemsOf(program, "shape")).toEqual([]);
  expect(await problemsOf(good.replace("跨过小河", "跨过小溪"), "shape")).toEqual([]);
});

test("beside turns a witness belongs to the turn that it is for", async () => {
  const dialogue = `      - id: d
        witness: 好
        turns:
          - {user: 问, constraints: [{check: equals, text: 好}]}
`;
  expect(await problemsOf(dialogue)).toEqual([
    "error tasks[0].items[0].witness 有 turns 时，witness 要写在对应的那一轮里",
  ]);
});

test("each trial of a gold is told before it is made", async () => {
  const folder = await folderWith({ "s.yaml": `${head}${good}${good.replace("id: a", "id: b")}` });
  const happened: string[] = [];
  const graders = openGraders(null);
  const proving: typeof graders = {
    ...graders,
    load: async (id) => {
      const grader = await graders.load(id);
      if (grader === null) return null;
      const prove = async () => {
        happened.push("tried");
        return [];
      };
      return { ...grader, prove };
    },
  };
  const suite = await parseSuite(join(folder, "s.yaml"));
  await checkSuite(suite, proving, {}, "proofs", (task, item) => happened.push(`${task} ${item}`));
  expect(happened).toEqual(["t a", "tried", "t b", "tried"]);
});
