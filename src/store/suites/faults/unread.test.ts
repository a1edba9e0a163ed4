import { join } from "node:path";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import type { GoldField } from "../../../domain/grader.ts";

import { goldFields } from "../../../domain/grader.ts";
import { formatProblem } from "../../../domain/text.ts";
import { environment } from "../../../environments/expenses.ts";
import { createDraw } from "../../../generating/draw.ts";
import { graderIds, loadGrader } from "../../../grading/graders.ts";
import { folderWith } from "../../testing/files.ts";
import { checkSuite } from "../check-suite.ts";
import { parseSuite } from "../suites.ts";

async function warningsOf(task: object, lang: "zh" | "en" = "zh"): Promise<readonly string[]> {
  const suite = { schema: "suite/1", id: "s", tasks: [{ id: "t", dimension: ["知识"], ...task }] };
  const folder = await folderWith({ "s.yaml": stringify(suite) });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.map((each) =>
    formatProblem(each, lang)
      .replaceAll(`${folder}/`, "")
      .replace(/^s\.yaml:\d+:\d+ {2}/, ""),
  );
}

const claim = environment.initial(createDraw(1, 0, 0), { level: 1, user: false }).state;
const find = {
  name: "find",
  description: "查天气",
  parameters: { type: "object", properties: {} },
};

/** What each grader needs to be valid, with an item that it can grade. */
const valid: Readonly<Record<string, { readonly with?: object; readonly item: object }>> = {
  all: { with: { checks: [{ name: "长度", use: "open" }] }, item: {} },
  calls: { item: { tools: [find], expected_calls: [{ name: "find", arguments: {} }] } },
  choice: { item: { options: { A: "甲", B: "乙" }, answer: "A" } },
  abstain: { item: { gold_passages: ["s7"] } },
  citation: { item: {} },
  grounded: { item: {} },
  retrieval: { item: { gold_passages: ["s7"] } },
  code: {
    with: { language: "javascript" },
    item: { tests: [{ assert: "f(1) === 2" }], reference: "const f = (x) => x + 1;" },
  },
  constraints: { item: { constraints: [{ check: "starts", text: "春" }] } },
  goal: { item: { tools: [find], environment: { use: "expenses", state: claim } } },
  judge: { with: { judges: "default", criteria: ["切题"] }, item: {} },
  json: { item: { answer: { a: 1 } } },
  labels: { with: { labels: ["甲", "乙"] }, item: { answer: "甲" } },
  numeric: { item: { answer: 7 } },
  math: { item: { answer: "7" } },
  open: { item: {} },
  value: { with: { type: "time" }, item: { answer: "14:00" } },
};

const values: Readonly<Record<GoldField, unknown>> = {
  answer: "甲",
  answers: ["A"],
  aliases: ["8:00"],
  tolerance: 0.5,
  unit: "米",
  partial: "fraction",
  reference: "参考",
  rubric: "要点",
  constraints: [{ check: "starts", text: "春" }],
  tests: [{ assert: "1 === 1" }],
  mutants: ["const f = (x) => x;"],
  expected_calls: [{ name: "search" }],
  gold_passages: ["s7"],
};

const cases = graderIds().flatMap((use) => goldFields.map((field) => [use, field] as const));

test.each(cases)("%s beside %s is a warning where it is not read", async (use, field) => {
  const { with: given, item } = valid[use] ?? { item: { answer: "甲" } };
  const grader = { use, ...(given === undefined ? {} : { with: given }) };
  const found = await warningsOf({
    grader,
    items: [{ id: "a", question: "问", [field]: values[field], ...item }],
  });
  const warned = found.filter((each) => each.includes("警告") && each.includes(`不读 ${field}，`));
  // `all` of this table has one check, by `open`.
  const reader = await loadGrader(use === "all" ? "open" : use);
  expect(warned).toHaveLength(reader?.reads?.includes(field) === true ? 0 : 1);
  if (warned.length > 0) expect(warned[0]).toContain(`tasks[0].items[0].${field}  警告`);
});

test("a field is named once for each grader, with the number of places", async () => {
  const items = ["a", "b", "c"].map((id) => ({
    id,
    question: `问${id}`,
    answer: "甲",
    tests: [{ assert: "1" }],
  }));
  expect(await warningsOf({ grader: { use: "exact" }, items })).toEqual([
    "tasks[0].items[0].tests  警告：评分器 exact 不读 tests，写了也不起作用（本任务共 3 处）；请换一个读它的评分器，或删去",
  ]);
  expect(await warningsOf({ grader: { use: "exact" }, items: items.slice(0, 1) }, "en")).toEqual([
    'tasks[0].items[0].tests  warning: the grader exact does not read "tests", which has no effect; choose a grader that does, or take it out',
  ]);
});

test("a part of a grader reads for it", async () => {
  const checks = [
    { name: "长度", use: "constraints" },
    { name: "答案", use: "numeric" },
  ];
  const item = {
    id: "a",
    question: "问",
    answer: 7,
    tolerance: 1,
    constraints: [{ check: "starts", text: "春" }],
  };
  expect(await warningsOf({ grader: { use: "all", with: { checks } }, items: [item] })).toEqual([]);
  const other = { ...item, rubric: "要点" };
  expect(await warningsOf({ grader: { use: "all", with: { checks } }, items: [other] })).toEqual([
    expect.stringContaining("评分器 all 不读 rubric"),
  ]);
});

test("a dialogue's turns each have their own grader, and one that is not graded reads nothing", async () => {
  const turns = [
    { user: "问一", aliases: ["甲"] },
    { user: "问二", answer: "乙", grader: { use: "exact" } },
    {
      user: "问三",
      constraints: [{ check: "starts", text: "春" }],
      grader: { use: "constraints" },
      answer: "丙",
    },
  ];
  expect(await warningsOf({ grader: { use: "exact" }, items: [{ id: "a", turns }] })).toEqual([
    expect.stringContaining("turns[0].aliases  警告：这一轮不评分"),
    expect.stringContaining("turns[2].answer  警告：评分器 constraints 不读 answer"),
  ]);
});

test("on the task, a field is read through its items or not at all", async () => {
  const item = { id: "a", question: "问", answer: 7 };
  expect(await warningsOf({ grader: { use: "numeric" }, tolerance: 1, items: [item] })).toEqual([]);
  expect(await warningsOf({ grader: { use: "exact" }, tolerance: 1, items: [item] })).toEqual([
    expect.stringContaining("tasks[0].tolerance  警告：评分器 exact 不读 tolerance"),
  ]);
  expect(await warningsOf({ grader: { use: "exact" }, aliases: ["七"], items: [item] })).toEqual([
    expect.stringContaining("tasks[0].aliases  警告：aliases 写在任务上没有作用"),
  ]);
});

test("a map of answers is refused where the grader takes none", async () => {
  expect(
    await warningsOf({
      grader: { use: "exact" },
      items: [{ id: "a", question: "问", answer: { x: 1 } }],
    }),
  ).toEqual([
    "tasks[0].items[0].answer  评分器 exact 的 answer 不能是一张表；按字段比较用 json，几项检查各有答案用 all",
  ]);
});

test("numbers of an answer of several parts may be written as money is", async () => {
  const task = (answer: string): string =>
    `schema: suite/1\nid: s\ntasks:\n  - {id: t, dimension: [知识], grader: {use: json}, items: [{id: a, question: 问, answer: ${answer}}]}\n`;
  const told = async (answer: string) => {
    const folder = await folderWith({ "s.yaml": task(answer) });
    return (await checkSuite(await parseSuite(join(folder, "s.yaml")))).map(
      ({ message }) => message.zh,
    );
  };
  expect(await told("{amount: 1280.50}")).toEqual([]);
  expect(await told("{code: 000123}")).toEqual([expect.stringContaining("会被读成 123")]);
});
