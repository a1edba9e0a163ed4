import { join } from "node:path";

import { expect, test } from "vitest";

import type { ItemLine } from "../../../domain/run-file/lines.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { formatProblem } from "../../../domain/text.ts";
import { errorOf, folderWith, told } from "../../testing/files.ts";
import { checkSuite } from "../check-suite.ts";
import { eachItem, openItems } from "../items.ts";
import { parseSuite, readSuite } from "../suites.ts";

type Files = Readonly<Record<string, string>>;

/** The item lines of a suite, each read twice: in order, and by its row. */
async function linesOf(yaml: string, others: Files = {}): Promise<readonly ItemLine[]> {
  const folder = await folderWith({ "s.yaml": yaml, ...others });
  const parsed = await parseSuite(join(folder, "s.yaml"));
  const lines: ItemLine[] = [];
  for (const task of parsed.suite.tasks) {
    const source = await openItems(parsed, task);
    const wordings = [null, ...Object.keys(task.wordings ?? {})];
    let row = 0;
    for await (const { item } of eachItem(parsed, task)) {
      const line = itemLine(parsed.suite, task, item, wordings);
      expect(itemLine(parsed.suite, task, await source.at(row), wordings)).toEqual(line);
      lines.push(line);
      row += 1;
    }
    expect(source.count).toBe(row);
    await source.close();
  }
  return lines;
}

async function problemsOf(yaml: string, others: Files = {}): Promise<readonly string[]> {
  const folder = await folderWith({ "s.yaml": yaml, ...others });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.map((each) => formatProblem(each, "zh").replaceAll(`${folder}/`, ""));
}

const suite = (task: string, vars = ""): string => `schema: suite/1
id: s
${vars}tasks:
  - id: t
    dimension: [翻译]
    grader: {use: exact}
${task}`;

test("the innermost variable wins, in every text that is sent or compared", async () => {
  const [first, second] = await linesOf(
    suite(
      `    vars: {to: 英语}
    system: 你是{{vars.who}}，译成{{vars.to}}
    prompt: "{{question}}（{{vars.to}}）"
    wordings: {curt: {system: "只给{{vars.to}}译文"}}
    items:
      - {id: a, question: "译：{{vars.word}}", vars: {word: 水}, answer: "{{vars.word}}"}
      - {id: b, vars: {to: 法语, word: 火}, turns: [{user: "译：{{vars.word}}", answer: feu}]}
`,
      "vars: {who: 译员, to: 德语}\n",
    ),
  );
  expect(first?.asks.map(({ messages, turns }) => [messages[0]?.text, turns])).toEqual([
    ["你是译员，译成英语", ["译：水（英语）"]],
    ["只给英语译文", ["译：水（英语）"]],
  ]);
  expect(first?.turns[0]?.answer).toBe("水");
  expect(second?.asks[0]).toMatchObject({
    messages: [{ role: "system", text: "你是译员，译成法语" }],
    turns: ["译：火（法语）"],
  });
  expect(second?.vars).toEqual({ who: "译员", to: "法语", word: "火" });
});

test("a wording may change the prompt, the system prompt or both; digests tell them apart", async () => {
  const [line] = await linesOf(
    suite(`    system: 甲
    prompt: "{{question}}。"
    wordings: {p: "{{question}}？", s: {system: 乙}, both: {system: 丙, prompt: "{{question}}！"}}
    items: [{id: a, question: 问, answer: 答}]
`),
  );
  expect(line?.asks.map(({ messages, turns }) => [messages[0]?.text, turns[0]])).toEqual([
    ["甲", "问。"],
    ["甲", "问？"],
    ["乙", "问。"],
    ["丙", "问！"],
  ]);
  expect(new Set(line?.asks.map(({ ask_digest }) => ask_digest)).size).toBe(4);
});

const matrix = (axes: string): string =>
  suite(`    prompt: "{{question}}{{vars.tone}}{{vars.to}}"
    matrix: ${axes}
    items:
      - {id: a, question: 水, answer: 水}
      - {id: b, question: 火, answer: 火}
`);

test("a matrix asks every item in every cell; what stands where in it changes neither key nor digest", async () => {
  const lines = await linesOf(matrix("{to: [法语, 英语], tone: [快, 慢]}"));
  const turned = await linesOf(matrix("{tone: [慢, 快], to: [英语, 法语]}"));
  expect(turned).toEqual(lines);
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatchObject({
    item: "s/t/a.to-法语.tone-快",
    cluster: "t/a",
    vars: { to: "法语", tone: "快" },
    axes: ["to", "tone"],
  });
  const wider = await linesOf(matrix("{to: [法语, 德语, 英语], tone: [快, 慢]}"));
  expect(wider).toEqual(expect.arrayContaining([...lines]));
});

test("a generator draws for each cell anew, whatever the others are", async () => {
  const yaml = (axes: string): string =>
    suite(`    prompt: "{{context}}{{question}}"
    items: {generate: needle, n: 2, seed: 5, matrix: ${axes}}
`);
  const lines = await linesOf(yaml("{length: [200, 300], depth: [0, 1]}"));
  expect(lines.map(({ item }) => item).slice(0, 2)).toEqual([
    "s/t/g00001.depth-0.length-200",
    "s/t/g00002.depth-0.length-200",
  ]);
  expect(new Set(lines.map(({ asks }) => asks[0]?.ask_digest)).size).toBe(8);
  const more = await linesOf(yaml("{depth: [1, 0.5, 0], length: [300, 200]}"));
  expect(more).toEqual(expect.arrayContaining([...lines]));
});

test("an environment draws for each cell anew as well, and every row is another", async () => {
  const lines = await linesOf(
    suite(`    prompt: "{{question}}"
    items: {generate: expenses, n: 10, seed: 1, matrix: {level: [1, 2]}, with: {user: true}}
`),
  );
  expect(lines.map(({ item }) => item)).toContain("s/t/g00010.level-2");
  const states = lines.map(({ environment }) => JSON.stringify(environment?.state));
  expect(new Set(states).size).toBe(20);
});

test("two tasks of one generator and one seed ask different things", async () => {
  const items = "items: {generate: needle, n: 3, seed: 5, with: {length: 300}}";
  const lines = await linesOf(
    suite(`    prompt: "{{question}}"
    ${items}
  - id: u
    dimension: [翻译]
    grader: {use: exact}
    prompt: "{{question}}"
    ${items}
`),
  );
  expect(new Set(lines.map(({ asks }) => asks[0]?.turns[0])).size).toBe(6);
});

const levels = (text: string, more = ""): string =>
  suite(`    prompt: "{{question}}"
    items: {generate: unit, levels: ${text}, n: 3, seed: 5${more}}
`);

test("a ladder asks n items of each level; they and their ids stay when other levels come", async () => {
  const lines = await linesOf(levels("{from: 2, to: 4}"));
  expect(lines.map(({ item }) => item)).toEqual(
    [2, 3, 4].flatMap((level) => [1, 2, 3].map((row) => `s/t/g0000${row}.level-${level}`)),
  );
  expect(lines.map(({ ladder }) => ladder?.level)).toEqual([2, 2, 2, 3, 3, 3, 4, 4, 4]);
  expect(lines[0]).toMatchObject({ difficulty: 2, ladder: { level: 2, floor: 0.005 } });
  const more = await linesOf(levels("[9, 4, 2, 1]"));
  expect(more).toHaveLength(12);
  const kept = lines.filter(({ ladder }) => ladder?.level !== 3);
  expect(more).toEqual(expect.arrayContaining(kept));
});

test.each([
  ["{from: 2, to: 11}", "", "题目生成器 unit 只有第 1 到 10 级"],
  ["[1, 2]", ", with: {terms: 3}", "terms 由 levels 的各级决定，不能再写"],
  ["[1, 1]", "", "应为互不相同的级"],
  ["[1, 2]", ", matrix: {terms: [1, 2]}", "levels 和 matrix 只能写一个"],
])("a ladder that cannot be made: %s %s", async (text, more, message) => {
  const problems = await problemsOf(levels(text, more)).catch((error: unknown) =>
    told(error, "zh"),
  );
  expect(problems.join()).toContain(message);
});

const shots = (rows: readonly object[]): Files => ({
  "dev.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
});
const pool = Array.from({ length: 30 }, (_, at) => ({
  id: `d${at}`,
  question: `${at} 加一是几？`,
  options: [`${at}`, `${at + 1}`],
  answer: "B",
}));
const fewShot = `    prompt: |-
      {{question}}
      {{options}}
    examples: {from: dev.jsonl, n: 3, seed: 1, reply: "答案：{{answer}}"}
    items:
${Array.from({ length: 12 }, (_, at) => `      - {id: d${at}, question: "${at} 加一是几？", options: ["${at}", "${at + 1}"], answer: B}`).join("\n")}
`;
const choiceShots = suite(fewShot).replace("use: exact", "use: choice");

test("examples are drawn for each item, never the item itself, and stay when rows are added or moved", async () => {
  const lines = await linesOf(choiceShots, shots(pool));
  const shown = (line: ItemLine): readonly string[] =>
    (line.asks[0]?.messages ?? []).filter(({ role }) => role === "user").map(({ text }) => text);
  for (const line of lines) {
    expect(new Set(shown(line)).size).toBe(3);
    expect(shown(line)).not.toContain(line.asks[0]?.turns[0]);
  }
  expect(lines[0]?.asks[0]?.messages[1]).toEqual({ role: "assistant", text: "答案：B" });
  expect(new Set(lines.map((line) => shown(line).join("|"))).size).toBeGreaterThan(6);
  expect(await linesOf(choiceShots, shots(pool.toReversed()))).toEqual(lines);
  const another = { id: "new", question: "新的问题", options: ["一", "二"], answer: "A" };
  const grown = await linesOf(choiceShots, shots([another, ...pool]));
  for (const [at, line] of grown.entries()) {
    const kept = shown(line).filter((text) => shown(lines[at] ?? line).includes(text));
    expect(kept.length).toBeGreaterThanOrEqual(2);
  }
  const seeded = await linesOf(choiceShots.replace("seed: 1", "seed: 2"), shots(pool));
  expect(seeded.map(shown)).not.toEqual(lines.map(shown));
});

test("the number of examples may be a variable: fewer are the first of more", async () => {
  const swept = choiceShots
    .replace("n: 3,", 'n: "{{vars.shots}}",')
    .replace("    items:", "    matrix: {shots: [0, 1, 4]}\n    items:");
  const lines = await linesOf(swept, shots(pool));
  const asked = lines.slice(0, 3).map((line) => line.asks[0]?.messages ?? []);
  expect(asked.map(({ length }) => length)).toEqual([0, 2, 8]);
  expect(asked[2]?.slice(0, 2)).toEqual(asked[1]);
  expect(await problemsOf(swept.replace("[0, 1, 4]", "[0.5, 99]"), shots(pool))).toEqual([
    "s.yaml:10:36  tasks[0].examples.n  示例的个数应为不小于 0 的整数，实为 0.5",
    "s.yaml:10:36  tasks[0].examples.n  要 99 个示例，dev.jsonl 里只有 30 行",
  ]);
});

test("an item is known by its question too, whatever its spelling, and by its cluster", async () => {
  const task = suite(`    examples: {from: dev.jsonl, n: 1, seed: 1}
    items: [{id: a, question: "ＡＢ 是什么？", cluster: c, answer: x}]
`);
  const rows = [
    { question: "AB是什么？", answer: "x" },
    { question: "同一篇短文的题", answer: "x", cluster: "c" },
    { id: "a", question: "同一个编号", answer: "x" },
    { question: "别的题", answer: ["甲", "乙"] },
  ];
  const [line] = await linesOf(task, shots(rows));
  expect(line?.asks[0]?.messages.map(({ text }) => text)).toEqual(["别的题", "甲、乙"]);
});

test("the examples' file is part of the suite's digest", async () => {
  const digestOf = async (rows: readonly object[]): Promise<string> => {
    const folder = await folderWith({ "s.yaml": choiceShots, ...shots(rows) });
    return (await readSuite(join(folder, "s.yaml"))).digest;
  };
  expect(await digestOf(pool)).toBe(await digestOf(pool));
  expect(await digestOf(pool)).not.toBe(await digestOf(pool.slice(1)));
});

const item = `    items: [{id: a, question: 问, answer: 答}]\n`;

test.each([
  [
    "an unknown variable of an item",
    suite(
      `    vars: {language: 法语}\n    system: "{{vars.language}}"\n    items: [{id: a, question: "{{vars.langage}}", answer: 答}]\n`,
    ),
    ['s.yaml:9:31  tasks[0].items[0].question  未知的变量 "langage"；是否应为 "language"？'],
  ],
  [
    "an unknown variable of a task",
    suite(`    system: "{{vars.who}}"\n${item}`),
    [
      's.yaml:7:13  tasks[0].system  未知的变量 "who"；变量写在 vars: 里，要原样写出这几个字，前面加反斜杠：\\{{',
    ],
  ],
  [
    "variables that nothing uses",
    suite(
      `    vars: {a: 1}\n    matrix: {c: [1]}\n    items: [{id: a, question: 问, vars: {d: x}, answer: 答}]\n`,
      "vars: {b: 1}\n",
    ),
    [
      "s.yaml:3:8  vars.b  警告：变量 b 没有用到；用 {{vars.b}} 引用，或删去",
      "s.yaml:8:12  tasks[0].vars.a  警告：变量 a 没有用到；用 {{vars.a}} 引用，或删去",
      "s.yaml:9:14  tasks[0].matrix.c  警告：变量 c 没有用到；用 {{vars.c}} 引用，或删去",
      "s.yaml:10:41  tasks[0].items[0].vars.d  警告：变量 d 没有用到；用 {{vars.d}} 引用，或删去",
    ],
  ],
  [
    "an item that gives an axis a value of its own",
    suite(
      `    matrix: {c: [1]}\n    items: [{id: a, question: "{{vars.c}}", vars: {c: 2}, answer: 答}]\n`,
    ),
    ["s.yaml:8:52  tasks[0].items[0].vars.c  c 是 matrix 的轴，题目不能另给它一个值"],
  ],
  [
    "a value that YAML spells anew",
    suite(`    vars: {code: 007}\n    items: [{id: a, question: "{{vars.code}}", answer: 答}]\n`),
    ['s.yaml:7:18  tasks[0].vars.code  没有加引号，007 会被读成 7；请写成 "007"'],
  ],
  [
    "a generator's axis that it does not know, and a value that it does not take",
    suite(
      `    prompt: "{{context}}{{question}}"\n    items: {generate: needle, n: 1, seed: 1, matrix: {size: [200], length: [200, 5]}}\n`,
    ),
    [
      's.yaml:8:55  tasks[0].items.matrix.size  未知的键 "size"；可用：length、depth、decoys',
      "s.yaml:8:82  tasks[0].items.matrix.length[1]  应为 ≥ 200 的数，实为 5",
    ],
  ],
  [
    "too few examples",
    suite(`    examples: {from: dev.jsonl, n: 9, seed: 1}\n${item}`),
    ["s.yaml:7:36  tasks[0].examples.n  要 9 个示例，dev.jsonl 里只有 1 行"],
  ],
  [
    "an unknown name in the examples' reply",
    suite(`    examples: {from: dev.jsonl, n: 1, seed: 1, reply: "{{anwser}}"}\n${item}`),
    ['s.yaml:7:55  tasks[0].examples.reply  未知的模板变量 "anwser"；是否应为 "answer"？'],
  ],
])("%s", async (_, yaml, problems) => {
  const files = { "dev.jsonl": '{"question": "例", "answer": "例"}\n' };
  expect(await problemsOf(yaml, files)).toEqual(problems);
});

test("a bad row of examples is told with its line", async () => {
  const folder = await folderWith({
    "s.yaml": suite(`    examples: {from: dev.jsonl, n: 1, seed: 1}\n${item}`),
    "dev.jsonl": '{"question": "例", "answer": "例"}\n{"question": "例"}\n',
  });
  const parsed = await parseSuite(join(folder, "s.yaml"));
  const [task] = parsed.suite.tasks;
  const error = await errorOf(() => task === undefined || openItems(parsed, task));
  expect(told(error, "zh", folder)).toEqual([
    'dev.jsonl:2:1  answer  缺少必填项 "answer"（应为文本、数、布尔值（true 或 false）或列表）',
  ]);
});

test.each([
  ["data.csv", "id,question,answer\n1,问,答\n2,问二,答\n", "csv"],
  ["data.jsonl", "题目\t答案\n问\t答\n", "csv"],
  ["data.json", '[\n{"id": "a"}\n]\n', "jsonl"],
  ["data.xlsx", "PK\u0003\u0004……", "xlsx"],
])("%s as a source of items leads to import in one line", async (name, content, format) => {
  const yaml = suite(`    items: {from: ${name}}\n`);
  const folder = await folderWith({ "s.yaml": yaml, [name]: content });
  const error = await errorOf(() => readSuite(join(folder, "s.yaml")));
  expect(told(error, "zh", folder)).toEqual([
    `s.yaml:7:19  tasks[0].items.from  ${name} 不是 JSON Lines；先转成题集：baimo import ${format} ${name} -o suites/名称.yaml`,
  ]);
  expect(await problemsOf(yaml, { [name]: content })).toEqual(told(error, "zh", folder));
});
