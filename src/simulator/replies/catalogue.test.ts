import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { ChatMessage } from "../../domain/call.ts";
import type { Catalogue } from "./catalogue.ts";

import { buildCatalogue } from "./catalogue.ts";
import { openTasks } from "./shelves.ts";

const suite = `
schema: suite/1
id: s
tasks:
  - id: plain
    dimension: [甲]
    wordings: {short: "{{question}} 简短回答。"}
    grader: {use: exact}
    items:
      - {id: one, question: "天空是什么颜色？", answer: 蓝}
      - {id: twin, system: 你是诗人。, question: "天空是什么颜色？", answer: 青}
      - {id: script, messages: [{role: user, text: 你好}, {role: assistant, text: 你好呀}], question: "几点了？", answer: 三点}
  - id: talk
    dimension: [乙]
    grader: {use: exact}
    items:
      - {id: a, turns: [{user: 苹果多少钱？, answer: "3"}, {user: 再来一份呢？, answer: "6"}]}
      - {id: b, turns: [{user: 梨多少钱？, answer: "5"}, {user: 再来一份呢？, answer: "10"}]}
  - id: rows
    dimension: [丙]
    prompt: "问：{{question}}"
    grader: {use: numeric}
    items: {from: rows.jsonl}
`;
let catalogue: Catalogue;
let folder = "";
let close = () => Promise.resolve();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-catalogue-"));
  await writeFile(join(folder, "s.yaml"), suite);
  const rows = Array.from({ length: 500 }, (_, n) =>
    JSON.stringify({ id: `r${n}`, question: `第 ${n} 题，加一是多少？`, answer: n + 1 }),
  );
  await writeFile(join(folder, "rows.jsonl"), rows.join("\n"));
  const shelves = await openTasks([join(folder, "s.yaml")]);
  ({ close } = shelves);
  catalogue = await buildCatalogue(shelves.tasks);
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const talk = (...texts: readonly string[]): readonly ChatMessage[] =>
  texts.map((text, index) => ({ role: index % 2 === 0 ? "user" : "assistant", text }));
const system = (text: string): ChatMessage => ({ role: "system", text });

async function find(messages: readonly ChatMessage[]): Promise<string | null> {
  const found = await catalogue.find(messages);
  return found === null ? null : `${found.line.item}~${found.asked.wording}/${found.turn}`;
}

test.each<[string, readonly ChatMessage[], string | null]>([
  ["a question", talk("天空是什么颜色？"), "s/plain/one~null/0"],
  ["white space around it", talk("  天空是什么颜色？\n"), "s/plain/one~null/0"],
  ["its other wording", talk("天空是什么颜色？ 简短回答。"), "s/plain/one~short/0"],
  [
    "a twin, by the system prompt",
    [system("你是诗人。"), ...talk("天空是什么颜色？")],
    "s/plain/twin~null/0",
  ],
  [
    "a system prompt put before the question",
    talk("你是诗人。\n\n天空是什么颜色？"),
    "s/plain/twin~null/0",
  ],
  ["a scripted start", talk("你好", "你好呀", "几点了？"), "s/plain/script~null/0"],
  ["the second turn of a", talk("苹果多少钱？", "3 元", "再来一份呢？"), "s/talk/a~null/1"],
  ["the second turn of b", talk("梨多少钱？", "随便什么", "再来一份呢？"), "s/talk/b~null/1"],
  ["the second turn alone", talk("再来一份呢？"), null],
  ["a row of a data file", talk("问：第 321 题，加一是多少？"), "s/rows/r321~null/0"],
  ["the last row", talk("问：第 499 题，加一是多少？"), "s/rows/r499~null/0"],
  ["no prompt of the suite", talk("第 321 题，加一是多少？"), null],
  ["nothing", [], null],
])("recognises %s", async (_, messages, item) => {
  expect(await find(messages)).toBe(item);
});

test("counts its prompts and keeps golds of other items of the task", async () => {
  expect(catalogue.prompts()).toBe(6 + 4 + 500);
  const found = await catalogue.find(talk("问：第 7 题，加一是多少？"));
  expect(found?.others).toHaveLength(64);
  expect(found?.line.turns[0]?.answer).toBe(8);
});
