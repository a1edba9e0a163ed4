import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { Lang } from "../../domain/text.ts";

import { formatProblem } from "../../domain/text.ts";
import { builtinFolder } from "../builtin.ts";
import { openGraders } from "../graders.ts";
import { errorOf, folderWith, told } from "../testing/files.ts";
import { checkSuite } from "./check-suite.ts";
import { parseSuite } from "./suites.ts";

type Files = Readonly<Record<string, string>>;

async function problemsOf(
  yaml: string,
  lang: Lang,
  others: Files = {},
): Promise<readonly string[]> {
  const folder = await folderWith({ "s.yaml": yaml, ...others });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.map((each) => formatProblem(each, lang).replaceAll(`${folder}/`, ""));
}

const head = `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [历史]
`;
const choice = `${head}    grader: {use: choice}
    items:
      - {id: a, question: 问, options: {A: 甲, B: 乙}, answer: B}
`;

test("a good suite has no problems", async () => {
  expect(await problemsOf(choice, "zh")).toEqual([]);
});

/** A location with the grader's own message. */
const gold = (place: string): unknown => expect.stringContaining(`${place}  `);

const tables: readonly (readonly [name: string, yaml: string, zh: unknown, en: unknown])[] = [
  [
    "a red line that is none",
    choice.replace("answer: B", "answer: B, red_line: {unresolved: crossed}"),
    "s.yaml:8:74  tasks[0].items[0].red_line  red_line 只对红线题有用；请加上 severity: 红线，或删去 red_line",
    "s.yaml:8:74  tasks[0].items[0].red_line  red_line matters for red lines only; add severity: 红线, or take red_line out",
  ],
  [
    "a task's red line that no item has",
    choice.replace("    grader:", "    red_line: {unresolved: review}\n    grader:"),
    expect.stringContaining("tasks[0].red_line  red_line 只对红线题有用"),
    expect.stringContaining("tasks[0].red_line  red_line matters for red lines only"),
  ],
  [
    "a gold letter outside the options",
    choice.replace("answer: B", "answer: E"),
    gold("s.yaml:8:61  tasks[0].items[0].answer"),
    gold("s.yaml:8:61  tasks[0].items[0].answer"),
  ],
  [
    "a repeated item",
    `${choice}      - {id: b, question: 问, options: {A: 甲, B: 乙}, answer: B}
      - {id: a, question: 问, options: {A: 甲, B: 乙}, answer: B}
`,
    "s.yaml:10:14  tasks[0].items[2].id  重复的 id a（与本任务第 1 题相同）",
    "s.yaml:10:14  tasks[0].items[2].id  repeated id a (also that of the task's item 1)",
  ],
  [
    "a repeated task",
    choice + choice.slice(choice.indexOf("  - id: t")),
    "s.yaml:9:9  tasks[1].id  重复的 id t（首次出现在第 4 行）",
    "s.yaml:9:9  tasks[1].id  repeated id t (first on line 4)",
  ],
  [
    "an unknown grader",
    choice.replace("use: choice", "use: choise"),
    's.yaml:6:19  tasks[0].grader.use  未知的评分器 "choise"；是否应为 "choice"？',
    's.yaml:6:19  tasks[0].grader.use  unknown grader "choise"; did you mean "choice"?',
  ],
  [
    "an unknown grader of an item",
    choice.replace("answer: B", "answer: B, grader: {use: chioce}"),
    's.yaml:8:78  tasks[0].items[0].grader.use  未知的评分器 "chioce"；是否应为 "choice"？',
    's.yaml:8:78  tasks[0].items[0].grader.use  unknown grader "chioce"; did you mean "choice"?',
  ],
  [
    "an unknown option of a grader",
    choice.replace("{use: choice}", "{use: choice, with: {mod: single}}"),
    's.yaml:6:34  tasks[0].grader.with.mod  未知的键 "mod"；是否应为 "mode"？',
    's.yaml:6:34  tasks[0].grader.with.mod  unknown key "mod"; did you mean "mode"?',
  ],
  [
    "a wrong option of a grader",
    choice.replace("{use: choice}", "{use: choice, with: {mode: singel}}"),
    expect.stringMatching(
      /^s.yaml:6:40 {2}tasks\[0\].grader.with.mode {2}应为以下之一：auto, .*，实为 "singel"；是否应为 "single"？$/,
    ),
    expect.stringMatching(
      /^s.yaml:6:40 {2}tasks\[0\].grader.with.mode {2}expected one of auto, .*; got "singel"; did you mean "single"\?$/,
    ),
  ],
  [
    "an unknown template name",
    choice.replace("    grader", '    prompt: "{{question}} {{optoins}}"\n    grader'),
    's.yaml:6:13  tasks[0].prompt  未知的模板变量 "optoins"；是否应为 "options"？',
    's.yaml:6:13  tasks[0].prompt  unknown template name "optoins"; did you mean "options"?',
  ],
  [
    "a wording without the question",
    choice.replace("    grader", "    wordings: {terse: 只回答字母。}\n    grader"),
    "s.yaml:6:23  tasks[0].wordings.terse  模板里没有 {{question}}，题目不会发给模型",
    "s.yaml:6:23  tasks[0].wordings.terse  the template has no {{question}}, so no question would be sent",
  ],
  [
    "neither question nor turns",
    choice.replace("question: 问, ", ""),
    "s.yaml:8:9  tasks[0].items[0]  缺少 question 或 turns",
    's.yaml:8:9  tasks[0].items[0]  expected "question" or "turns"; got neither',
  ],
  [
    "question and turns",
    choice
      .replace("answer: B", "turns: [{user: 问, answer: A}]")
      .replace("question: 问", "question: 甲"),
    "s.yaml:8:17  tasks[0].items[0].question  question 与 turns 只能有一个",
    's.yaml:8:17  tasks[0].items[0].question  "question" and "turns" cannot stand side by side',
  ],
  [
    "an answer next to turns",
    choice.replace("question: 问", "turns: [{user: 问, answer: A}]"),
    "s.yaml:8:71  tasks[0].items[0].answer  有 turns 时，answer 要写在对应的那一轮里",
    's.yaml:8:71  tasks[0].items[0].answer  beside "turns", "answer" belongs to the turn that it is for',
  ],
  [
    "a gold of a turn outside the options",
    choice.replace("question: 问", "turns: [{user: 问, answer: F}]").replace(", answer: B}", "}"),
    gold("s.yaml:8:43  tasks[0].items[0].turns[0].answer"),
    gold("s.yaml:8:43  tasks[0].items[0].turns[0].answer"),
  ],
  [
    "nothing graded",
    choice.replace("question: 问", "turns: [{user: 问}]").replace(", answer: B}", "}"),
    "s.yaml:8:9  tasks[0].items[0]  没有一轮有标准答案，无法评分",
    "s.yaml:8:9  tasks[0].items[0]  no turn has an answer or a rubric, so nothing is graded",
  ],
  [
    "a turn without user text",
    choice.replace("question: 问", "turns: [{answer: A}]").replace(", answer: B}", "}"),
    "s.yaml:8:25  tasks[0].items[0].turns[0]  这一轮缺少 user",
    's.yaml:8:25  tasks[0].items[0].turns[0]  the turn has no "user"',
  ],
  [
    "a scripted tool result",
    choice
      .replace("question: 问", "turns: [{user: 问, answer: A}, {tool_result: 晴}]")
      .replace(", answer: B}", "}"),
    "s.yaml:8:48  tasks[0].items[0].turns[1].tool_result  tool_result 轮不能运行：工具调用只由环境回应；可以把工具结果写进 messages 或这一轮的 user",
    "s.yaml:8:48  tasks[0].items[0].turns[1].tool_result  tool_result turns cannot be run: only an environment answers calls; put the tool's result into messages, or into the turn's user",
  ],
  [
    "a missing data file",
    `${head}    grader: {use: exact}\n    items: {from: data/none.jsonl}\n`,
    "s.yaml:7:19  tasks[0].items.from  数据文件不存在：data/none.jsonl",
    "s.yaml:7:19  tasks[0].items.from  no such data file: data/none.jsonl",
  ],
  [
    "an unknown generator",
    `${head}    grader: {use: exact}\n    items: {generate: sums, n: 3, seed: 7}\n`,
    expect.stringMatching(
      /^s\.yaml:7:23 {2}tasks\[0\]\.items\.generate {2}未知的题目生成器 "sums"；可用的有 \d+ 个，如 \S+、\S+、\S+$/,
    ),
    expect.stringMatching(/unknown generator "sums"; there are \d+, such as \S+, \S+, \S+$/),
  ],
];

test.each(tables)("%s", async (_name, yaml, zh, en) => {
  expect(await problemsOf(yaml, "zh")).toEqual([zh]);
  expect(await problemsOf(yaml, "en")).toEqual([en]);
});

const fromData = `${head}    grader: {use: choice}\n    items: {from: data/x.jsonl}\n`;
const row = (id: string, answer: string) =>
  JSON.stringify({ id, question: "问", options: { A: "甲", B: "乙" }, answer });

test("bad rows of a data file are reported by line, good rows after them are still read", async () => {
  const data = [row("a", "A"), "", "{", row("b", "Z"), row("a", "B")].join("\n");
  expect(await problemsOf(fromData, "en", { "data/x.jsonl": data })).toEqual([
    "data/x.jsonl:3:2  this line is not valid JSON (it ends too early)",
    gold("data/x.jsonl:4:1  answer"),
    "data/x.jsonl:5:1  id  repeated id a (also that of the task's item 1)",
  ]);
});

test("a data file without rows is an empty task", async () => {
  expect(await problemsOf(fromData, "zh", { "data/x.jsonl": "\n\n" })).toEqual([
    "s.yaml:7:12  tasks[0].items  没有题目",
  ]);
});

test("a wrong export is not reported a million times", async () => {
  const data = Array.from({ length: 500 }, (_, at) => row(`i${at}`, "Z")).join("\n");
  const problems = await problemsOf(fromData, "en", { "data/x.jsonl": data });
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toBe(
    "data/x.jsonl:100:1  more than 100 problems in this task; the rest is not listed",
  );
});

test("all problems of all tasks are reported together, ordered by line", async () => {
  const yaml = `${choice.replace("answer: B", "answer: C")}  - id: t
    dimension: [数学]
    grader: {use: nothing}
    items: [{id: a, question: q, answer: 1}]
`;
  expect((await problemsOf(yaml, "en")).map((line) => line.split("  ")[1])).toEqual([
    "tasks[0].items[0].answer",
    "tasks[1].id",
    "tasks[1].grader.use",
  ]);
});

test("graders named by the config are used, with their own options and golds", async () => {
  const grader = (body: string) => `import { z } from "zod"; ${body}`;
  const folder = await folderWith({
    "s.yaml": choice.replace("use: choice", "use: house"),
    "baimo.yaml": "schema: baimo/1\ngraders: {house: ./house.mjs, hose: ./none.mjs}\n",
    "house.mjs": grader(`export const grader = {
      id: "house", version: "1", title: {zh: "自有", en: "own"}, options: z.strictObject({}),
      check: (gold) => gold.answer === "B" ? [{path: "answer", message: {zh: "不要 B", en: "no B"}}] : [],
      grade: () => ({verdict: "right", value: 1, extracted: null, why: ""}),
    };`),
  });
  await mkdir(join(folder, "node_modules"));
  await symlink(
    join(builtinFolder("suites"), "../node_modules/zod"),
    join(folder, "node_modules/zod"),
  );
  const suite = await parseSuite(join(folder, "s.yaml"));
  const config = {
    graders: { house: "./house.mjs", hose: "./none.mjs" },
    schema: "baimo/1",
  } as const;
  const locate = suite.locate;
  const graders = openGraders({ file: join(folder, "baimo.yaml"), config, locate });
  const problems = await checkSuite(suite, graders);
  expect(problems.map((each) => formatProblem(each, "zh").replace(`${folder}/`, ""))).toEqual([
    "s.yaml:8:61  tasks[0].items[0].answer  不要 B",
  ]);
  expect(graders.ids()).toEqual(expect.arrayContaining(["choice", "hose", "house"]));
  const broken = await errorOf(() => graders.load("hose"));
  expect(told(broken, "zh")[0]).toContain("none.mjs 无法加载");
});

test("a judge's options and the rule applied before it are checked too", async () => {
  const judged = (given: string, item = "{id: a, question: 问, answer: 42}") =>
    `${head}    grader: {use: judge, with: ${given}}\n    items:\n      - ${item}\n`;
  expect(await problemsOf(judged("{rule: {use: numeric}}"), "zh")).toEqual([]);
  const wrong = [
    [judged("{mode: pair}"), "baseline"],
    [judged("{scale: 1-8}"), "scale"],
    [judged("{rule: {use: numerik}}"), "tasks[0].grader.with.rule.use"],
    [judged("{rule: {use: numeric, with: {tollerance: 1}}}"), "tasks[0].grader.with.rule.with"],
    [judged("{rule: {use: numeric}}", "{id: a, question: 问, answer: 没有数}"), "items[0].answer"],
    [judged("{mode: checklist}"), "items[0].rubric"],
  ] as const;
  for (const [yaml, place] of wrong) {
    const problems = await problemsOf(yaml, "zh");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(place);
  }
});

const exact = `${head}    grader: {use: exact}
    items:
`;

test.each([
  ["000001", "1"],
  ["010", "10"],
  ["1.10", "1.1"],
  ["1e3", "1000"],
  ["True", "true"],
])("an unquoted gold %s that is read as %s is named", async (written, read) => {
  const item = `      - {id: a, question: 代码？, answer: ${written}}\n`;
  expect(await problemsOf(`${exact}${item}`, "zh")).toEqual([
    `s.yaml:8:40  tasks[0].items[0].answer  没有加引号，${written} 会被读成 ${read}；请写成 "${written}"`,
  ]);
  expect(await problemsOf(`${exact}${item.replace(written, `"${written}"`)}`, "zh")).toEqual([]);
  expect(await problemsOf(`${exact}${item}`.replace("use: exact", "use: numeric"), "zh")).toEqual(
    written === "True" ? [expect.stringContaining("tasks[0].items[0].answer")] : [],
  );
});

test.each([
  ["- {id: a, question: 问, answer: +1}", "+1"],
  ["- {id: a, question: 问, answer: .5}", ".5"],
  ["- {id: a, question: 问, answer: 0x1F}", "0x1F"],
  ["- {id: a, question: 问, answer: 0o17}", "0o17"],
  ["- {id: a, question: 问, answer: -0}", "-0"],
  ["- {id: a, question: 问, answer: FALSE}", "FALSE"],
  ["- {id: a, question: 问, answer: &code 007}", "007"],
  ["- {id: a, question: 问, answer: !!int 007}", "007"],
  ["- {id: a, question: 问, answer: 甲, answers: [[甲], [1.10]]}", "1.10"],
  ["- {id: a, question: 问, options: {A: 1.50, B: 甲}, answer: 甲}", "1.50"],
  ["- {id: a, question: 问, options: [甲, 08.0], answer: 甲}", "08.0"],
  ["- {id: a, turns: [{user: 问, options: [甲, 2.0], answer: 甲}]}", "2.0"],
  ["- id: a\n        question: 问\n        answer:\n          1e3", "1e3"],
])("%s: the spelling %s is named once", async (item, written) => {
  const [problem, ...more] = await problemsOf(`${exact}      ${item}\n`, "zh");
  expect(problem).toContain(`没有加引号，${written} 会被读成`);
  expect(more).toEqual([]);
});

test("what an alias stands for is named too, and what a task says for all its items", async () => {
  const aliased = `${exact}      - {id: a, question: 甲？, answer: &code 007}
      - {id: b, question: 乙？, answer: *code}
`;
  expect(await problemsOf(aliased, "zh")).toHaveLength(2);
  const shared = `${head}    grader: {use: choice}
    options: {A: 1.50, B: 2.5}
    items: [{id: a, question: 问, answer: A}]
`;
  expect(await problemsOf(shared, "zh")).toEqual([
    's.yaml:7:18  tasks[0].options.A  没有加引号，1.50 会被读成 1.5；请写成 "1.50"',
  ]);
});

test.each([
  "否",
  "不",
  "no",
  "off",
  "yes",
  "N",
  "2024-01-01",
  "12:30",
  "1_000",
  "1.5",
  "12",
  "v1.10",
])("an unquoted gold %s stays what it is", async (written) => {
  expect(
    await problemsOf(`${exact}      - {id: a, question: 问, answer: ${written}}\n`, "zh"),
  ).toEqual([]);
});

test("a number of a data file that JSON reads as another text is named", async () => {
  const yaml = `${head}    grader: {use: exact}\n    items: {from: x.jsonl}\n`;
  const rows = [
    '{"id":"a","question":"版本？","answer":1.10}',
    '{"id":"b","question":"多少？","answer":1e3}',
    '{"id":"c","question":"哪个？","options":["甲",2.0],"answer":"甲"}',
    '{"id":"d","question":"几？","answer":1.5,"difficulty":1.0}',
    '{"id":"e","question":"字？","answer":"1.10"}',
  ];
  expect(await problemsOf(yaml, "zh", { "x.jsonl": rows.join("\n") })).toEqual([
    'x.jsonl:1:1  answer  没有加引号，1.10 会被读成 1.1；请写成 "1.10"',
    'x.jsonl:2:1  answer  没有加引号，1e3 会被读成 1000；请写成 "1e3"',
    'x.jsonl:3:1  options[1]  没有加引号，2.0 会被读成 2；请写成 "2.0"',
  ]);
});

test("an unquoted gold of a turn or a list is named too", async () => {
  const yaml = `${head}    grader: {use: contains}
    items:
      - {id: a, question: 问, answer: [7, 007]}
      - id: b
        turns:
          - {user: 问, answer: 1.50}
`;
  expect(
    (await problemsOf(yaml, "en")).map((line) => line.split("  ").slice(0, 2).join(" ")),
  ).toEqual([
    "s.yaml:8:42 tasks[0].items[0].answer[1]",
    "s.yaml:11:31 tasks[0].items[1].turns[0].answer",
  ]);
});

test("faults of items are warnings with their place", async () => {
  const yaml = `${head}    grader: {use: choice}
    items:
      - {id: a, question: 问, options: {A: 甲, B: "甲 ", C: 乙}, answer: C}
      - {id: b, question: 一年几个月？, options: {A: 十, B: 十二}, answer: B}
      - {id: c, question: 一年几个月？, options: {A: 十二, B: 十}, answer: A}
      - {id: d, question: 一年几个月？, options: {A: 十, B: 十二}, answer: A}
`;
  expect(await problemsOf(yaml, "zh")).toEqual([
    "s.yaml:8:49  tasks[0].items[0].options.B  警告：选项 B 与选项 A 的内容相同",
    "s.yaml:11:67  tasks[0].items[3].answer  警告：与本任务第 2 题问的是同一个问题，标准答案却不同",
  ]);
  const folder = await folderWith({ "s.yaml": yaml });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  expect(problems.map(({ level }) => level)).toEqual(["warning", "warning"]);
});

test("options of a generator are told one by one, each in its place", async () => {
  const yaml = `${head}    grader: {use: exact}
    items: {generate: multi-hop, n: 3, seed: 7, with: {hop: 2, hops: 三}}
`;
  expect(await problemsOf(yaml, "zh")).toEqual([
    's.yaml:7:56  tasks[0].items.with.hop  未知的键 "hop"；是否应为 "hops"？',
    's.yaml:7:70  tasks[0].items.with.hops  应为数，实为 "三"',
  ]);
});

test("judgements in two spellings are named", async () => {
  const yaml = `${exact}      - {id: a, question: 地球是圆的。, answer: 对}
      - {id: b, question: 光比声快。, answer: √}
      - {id: c, question: 冰比水重。, answer: 错}
`;
  expect(await problemsOf(yaml, "zh")).toEqual([
    "s.yaml:9:42  tasks[0].items[1].answer  警告：判断题的标准答案有“对”也有“√”；请统一写法，并用评分器 value（type: yes-no）",
  ]);
});
