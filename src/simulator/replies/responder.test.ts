import { expect, test } from "vitest";

import type { ChatRequest } from "../kit/exchange.ts";
import type { Recognised } from "./catalogue.ts";

import { itemLine } from "../../domain/prompt.ts";
import { Item, Task } from "../../domain/suite.ts";
import { simulatedModels } from "../models.ts";
import { answerTo, intentOf } from "./responder.ts";

const task = Task.parse({
  id: "t",
  dimension: ["数学推理", "计算"],
  prompt: "{{question}}\n最后一行写“答案：数字”。",
  grader: { use: "numeric" },
  items: [{ id: "i", question: "1 加 1 是多少？", answer: 2 }],
});

const known = new Map<number, Omit<Recognised, "turn">>();

function found(n: number, turn = 0): Recognised {
  const item = known.get(n) ?? make(n);
  known.set(n, item);
  return { ...item, turn };
}

function make(n: number): Omit<Recognised, "turn"> {
  const turns = [
    { user: `${n} 加 5 是多少？`, answer: n + 5 },
    { user: "再加 5 呢？", answer: n + 10 },
  ];
  const line = itemLine({ id: "s" }, task, Item.parse({ id: `i${n}`, turns }), [null]);
  const [asked] = line.asks;
  if (asked === undefined) throw new Error("no wording");
  return { line, asked, others: [], environment: null };
}

const chat = (change: Partial<ChatRequest> = {}): ChatRequest => ({
  model: "m",
  messages: [{ role: "user", text: "7 加 5 是多少？" }],
  stream: true,
  include_usage: true,
  max_tokens: null,
  stop: [],
  thinking: null,
  ...change,
});

const many = Array.from({ length: 4000 }, (_, n) => n);
const [strong, middle, small] = simulatedModels;

test.each(simulatedModels)("$id is right as often as its skill says, at every turn", (model) => {
  const skill = Reflect.get(model.skill, "数学推理") ?? model.skill.default;
  for (const turn of [0, 1]) {
    const right = many.filter((n) => intentOf(found(n, turn), model, 7) === "right");
    expect(Math.abs(right.length / many.length - Number(skill))).toBeLessThan(0.03);
  }
});

test("another wording changes some answers, and not how many are right", () => {
  const asIf = (n: number, wording: string | null) => {
    const item = found(n);
    return intentOf({ ...item, asked: { ...item.asked, wording } }, middle, 7) === "right";
  };
  const right = (wording: string | null) => many.filter((n) => asIf(n, wording)).length;
  expect(Math.abs(right("terse") - right(null)) / many.length).toBeLessThan(0.03);
  const changed = many.filter((n) => asIf(n, "terse") !== asIf(n, null)).length / many.length;
  expect(changed).toBeGreaterThan(0.02);
  expect(changed).toBeLessThan(0.3);
});

test("models agree on what is hard, and another seed gives another draw", () => {
  const right = (n: number, model: typeof strong | typeof small, seed = 7) =>
    intentOf(found(n), model, seed) === "right";
  const hard = many.filter((n) => !right(n, strong));
  const easy = many.filter((n) => right(n, strong));
  const share = (items: readonly number[]) =>
    items.filter((n) => right(n, small)).length / items.length;
  expect(share(easy)).toBeGreaterThan(share(hard) + 0.15);
  expect(many.some((n) => right(n, strong, 1) !== right(n, strong, 2))).toBe(true);
});

test("equal requests get equal answers, thinking or not", () => {
  for (const thinking of [true, false]) {
    const answers = [1, 2].map(() => answerTo(chat({ thinking }), found(7), middle, 7));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.reasoning === "").toBe(!thinking);
    expect(answers[0]?.usage.reasoning === 0).toBe(!thinking);
  }
});

test("max_tokens limits reasoning and answer together, and the cut is reported", () => {
  const full = answerTo(chat(), found(7), strong, 7);
  expect(full.finish).toBe("stop");
  const cut = answerTo(chat({ max_tokens: 20 }), found(7), strong, 7);
  expect(cut).toMatchObject({ finish: "length", text: "", usage: { output: 20 } });
  expect(full.reasoning.startsWith(cut.reasoning)).toBe(true);
});

test("a later turn continues from the model's previous reply, and its prefix comes from the cache", () => {
  const messages = [
    { role: "user", text: `7 加 5 是多少？${"补充说明。".repeat(40)}` },
    { role: "assistant", text: "答案：12" },
    { role: "user", text: "再加 5 呢？" },
  ] as const;
  const replies = many
    .slice(0, 60)
    .map((n) => answerTo(chat({ messages, thinking: false }), found(n, 1), strong, 7).text);
  expect(replies.some((text) => text.includes("前面已经得到 12"))).toBe(true);
  const { usage } = answerTo(chat({ messages }), found(7, 1), strong, 7);
  expect(usage.cached_input).toBeGreaterThan(0);
  expect(usage.cached_input % 64).toBe(0);
  expect(usage.cached_input).toBeLessThan(usage.input);
});

test("an unknown prompt gets a reply that says so", () => {
  expect(answerTo(chat(), null, small, 7).text).toContain("没有在题库里找到这个问题");
});
