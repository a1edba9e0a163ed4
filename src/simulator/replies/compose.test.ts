import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, inject, test } from "vitest";

import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Intent, Style } from "./cue.ts";

import { itemLine } from "../../domain/prompt.ts";
import { Item, Task } from "../../domain/suite.ts";
import { gradeSample } from "../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../grading/graders.ts";
import { randomOf } from "../random.ts";
import { composeReply } from "./compose.ts";
import { openTasks } from "./shelves.ts";

type Asked = { readonly id: string; readonly prompt: string; readonly gold: GoldTurn };

const letterPrompt = "{{question}}\n{{options}}\n请在最后一行用“答案：X”给出选项字母。";
const wordPrompt = "{{question}}\n请在最后一行用“答案：……”给出答案。";
const numberPrompt = "{{question}}\n请写出步骤，最后把结果写在【】里。";
const four = { A: "春分", B: "清明", C: "谷雨", D: "立夏" };

/** Grader, options, prompt and items: every kind of gold that a rule can grade. */
const table: readonly (readonly [
  use: string,
  given: object,
  prompt: string,
  items: readonly object[],
])[] = [
  [
    "choice",
    {},
    letterPrompt,
    [
      { question: "三月二十日前后的节气是？", options: four, answer: "A" },
      { question: "下列节气中，不在春季的是？", options: four, answer: ["D"] },
      { question: "下面哪些节气在四月？（多选）", options: four, answer: "BC" },
      { question: "哪个节气又是节日？", options: ["春分", "清明", "谷雨"], answer: "B" },
      { question: "“雨生百谷”说的是？", options: four, answer: "谷雨" },
      {
        question: "哪些说法对？",
        options: { A: "一", B: "二", C: "三", D: "四", E: "五" },
        answer: ["A", "C", "E"],
      },
    ],
  ],
  [
    "choice",
    {},
    "{{question}}\n{{options}}\n只回答一个字母。",
    [{ question: "选春分。", options: four, answer: "A" }],
  ],
  [
    "choice",
    {},
    "{{question}}\n{{options}}",
    [{ question: "选清明。", options: four, answer: "B" }],
  ],
  [
    "numeric",
    {},
    numberPrompt,
    [
      { question: "12 个苹果，每个 3 元，一共多少元？", answer: 36, unit: "元" },
      { question: "一根绳子长 8.4 米，剪成 3 段，每段多长？", answer: 2.8, tolerance: 0.01 },
      { question: "今年父亲 38 岁，儿子 11 岁，几年后父亲的年龄是儿子的 2 倍？", answer: "16" },
      { question: "气温从 3 度下降 8 度后是多少度？", answer: -5 },
      { question: "“赢”字一共有几画？", answer: 17 },
      { question: "从 1 到 100 的和是多少？", answer: 5050 },
      { question: "袋里有 3 个红球和 5 个白球，摸到红球的概率是多少？", answer: "3/8" },
    ],
  ],
  [
    "numeric",
    { relative: 0.01 },
    "{{question}}\n最后一行写“答案：数字”。",
    [{ question: "圆的半径是 5，面积约是多少？", answer: 78.54 }],
  ],
  ["numeric", {}, "{{question}}\n只回答一个数。", [{ question: "7 乘 8 是多少？", answer: 56 }]],
  ["numeric", {}, "{{question}}", [{ question: "一打是多少个？", answer: 12 }]],
  [
    "exact",
    {},
    wordPrompt,
    [
      { question: "“画龙点”的最后一个字是什么？", answer: "睛" },
      { question: "《红楼梦》里贾宝玉的住处叫什么？", answer: "怡红院" },
      { question: "唐朝的都城在哪里？", answer: "长安", aliases: ["长安城"] },
      { question: "“落霞与孤鹜齐飞”的下一句是什么？", answer: "秋水共长天一色" },
      { question: "水的化学式是什么？", answer: "H2O" },
    ],
  ],
  [
    "exact",
    { from: "reply" },
    "{{question}}",
    [
      { question: "请只输出“明白”两个字。", answer: "明白" },
      { question: "把“天上人间”倒着写，只输出结果。", answer: "间人上天" },
    ],
  ],
  [
    "contains",
    {},
    wordPrompt,
    [
      { question: "写出端午节吃的食物和举行的比赛。", answer: ["粽子", "龙舟"] },
      { question: "中国最长的河流是哪一条？", answer: "长江", aliases: ["扬子江"] },
      { question: "“上”的反义词是什么？", answer: "下" },
    ],
  ],
  [
    "contains",
    { need: "any" },
    "{{question}}",
    [{ question: "举一位唐代诗人。", answer: ["李白", "杜甫", "白居易"] }],
  ],
  [
    "contains",
    {},
    "{{question}}",
    [{ question: "用一句话介绍故宫，要出现“紫禁城”三个字。", answer: "紫禁城" }],
  ],
  [
    "regex",
    { multiline: false },
    "{{question}}",
    [
      {
        question: "写一个 2024 年的日期，格式如 2024-01-31，只输出日期。",
        answer: "^2024-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d)$",
      },
      {
        question: "写一句以“秋天”开头、以“了。”结尾的话，只输出这句话。",
        answer: "^秋天[^\\n。]{2,30}了。$",
      },
      { question: "用顿号列出三个季节。", answer: "^[春夏秋冬]天?(、[春夏秋冬]天?){2}[。]?\\s*$" },
      {
        question: "写一个 JSON。",
        answer: '^\\{\\s*"name"\\s*:\\s*"\\p{Han}+"\\s*,\\s*"age"\\s*:\\s*\\d{1,3}\\s*\\}$',
      },
      { question: "只输出“是”或者“否”。", answer: "^(?:是|否)$" },
    ],
  ],
  [
    "regex",
    { pattern: "答案[:：]\\s*(\\d+)" },
    "{{question}}\n最后一行写“答案：数字”。",
    [{ question: "一年有几个月？", answer: "12" }],
  ],
  [
    "regex",
    { pattern: "<ans>(?P<x>[^<]+)</ans>" },
    "{{question}}\n把答案放在 <ans></ans> 里。",
    [{ question: "中国的首都是哪里？", answer: "北京" }],
  ],
];

function ownTurns(): readonly Asked[] {
  return table.flatMap(([use, given, prompt, items], index) => {
    const task = Task.parse({
      id: `t${index}`,
      dimension: ["测试"],
      prompt,
      grader: { use, with: given },
      items: items.map((item, row) => ({ id: `i${row}`, ...item })),
    });
    const rows = Array.isArray(task.items) ? task.items : [];
    return rows.flatMap((item) => turnsOf(task, Item.parse(item), "own"));
  });
}

/** The first item of a task and one in so many after it; the matrix takes all. */
const oneOf = inject("matrix") ? 1 : 48;

async function suiteTurns(): Promise<readonly Asked[]> {
  const folder = join(import.meta.dirname, "../../../suites");
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const { tasks, close } = await openTasks(files.map((name) => join(folder, name)));
  const turns: Asked[] = [];
  for (const { suite, task, each } of tasks) {
    let at = 0;
    for await (const item of each()) {
      if (at % oneOf === 0) turns.push(...turnsOf(task, item, suite.id));
      at += 1;
      if ("generate" in task.items && oneOf > 1) break;
    }
  }
  await close();
  return turns;
}

function turnsOf(task: Task, item: Item, suite: string): readonly Asked[] {
  const line = itemLine({ id: suite }, task, item, [null, ...Object.keys(task.wordings ?? {})]);
  return line.asks.flatMap(({ turns, wording }) =>
    line.turns.flatMap((gold, turn) =>
      gold.grader === null
        ? []
        : [{ id: `${line.item}~${wording}/${turn}`, prompt: turns[turn] ?? "", gold }],
    ),
  );
}

const styles: readonly Style[] = ["reasoned", "terse", "markdown", "hedged", "bare_text"];
const byRule = new Set(["choice", "numeric", "exact", "value", "contains", "regex", "constraints"]);
const others = ["立春", "东坡", "白露"];

type Judged = { readonly replies: number; readonly wrong: readonly string[] };

/** Replies whose verdict is not the intended one. */
async function judge(turns: readonly Asked[], intent: Intent, seeds: readonly number[]) {
  const wrong: string[] = [];
  let replies = 0;
  for (const { id, prompt, gold } of turns) {
    const use = gold.grader?.use ?? "";
    if (!byRule.has(use)) continue;
    const grader = await loadGrader(use);
    if (grader === null) throw new Error(use);
    const options = parseGraderOptions(grader, gold.grader?.with);
    for (const seed of seeds) {
      const style = styles[(replies + seed) % styles.length] ?? "reasoned";
      const random = randomOf(seed, id, style, intent);
      const cue = { prompt, gold, intent, style, random, others, previous: null };
      const reply = composeReply(cue, 0).text;
      const { verdict } = await gradeSample(grader, options, {
        gold,
        reply,
        finish_reason: "stop",
      });
      replies += 1;
      if ((verdict === "right") !== (intent === "right")) wrong.push(`${id} ${style}: ${reply}`);
    }
  }
  return { replies, wrong };
}

/** Empty where at least 97% got the intended verdict. */
const tooMany = ({ replies, wrong }: Judged): readonly string[] =>
  wrong.length > replies * 0.03 ? wrong : [];

const shipped = suiteTurns();

test.each(["right", "wrong", "silent"] as const)(
  "the real graders judge a reply meant to be %s as it was meant",
  async (intent) => {
    const own = await judge(
      ownTurns(),
      intent,
      Array.from({ length: inject("matrix") ? 15 : 2 }, (_, at) => at + 1),
    );
    expect(own.replies).toBeGreaterThan(inject("matrix") ? 500 : 60);
    expect(tooMany(own)).toEqual([]);
    const suites = await judge(await shipped, intent, [1]);
    expect(suites.replies).toBeGreaterThan(100);
    expect(tooMany(suites)).toEqual([]);
  },
);
