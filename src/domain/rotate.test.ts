import { describe, expect, test } from "vitest";

import { itemLine } from "./prompt.ts";
import { rotationsOf, turnsAsked, whyNotRotated } from "./rotate.ts";
import { Item, type Suite, Task } from "./suite.ts";

const suite: Pick<Suite, "id" | "defaults"> = { id: "s" };
const taskOf = (more: object = {}): Task =>
  Task.parse({
    id: "t",
    dimension: ["中文特性"],
    grader: { use: "choice" },
    circular: true,
    items: [{ id: "i", question: "?" }],
    ...more,
  });
const itemOf = (more: object = {}): Item =>
  Item.parse({
    id: "i1",
    question: "“守株待兔”讽刺的是哪种人？",
    options: { A: "勤劳的农夫", B: "心存侥幸的人", C: "爱护动物的人", D: "善于等待的人" },
    answer: "B",
    ...more,
  });

describe("orders of the options", () => {
  test("every rotation is a wording of the same item, with a digest of its own", () => {
    const task = taskOf({ prompt: "{{question}}\n{{options}}" });
    const names = rotationsOf(suite, task, itemOf());
    expect(names).toEqual(["rotate:1", "rotate:2", "rotate:3"]);
    const line = itemLine(suite, task, itemOf(), [null, ...names]);
    expect(line.asks.map(({ turns }) => turns[0]?.split("\n")[1])).toEqual([
      "A. 勤劳的农夫",
      "A. 心存侥幸的人",
      "A. 爱护动物的人",
      "A. 善于等待的人",
    ]);
    expect(new Set(line.asks.map(({ ask_digest }) => ask_digest)).size).toBe(4);
    const plain = itemLine(suite, task, itemOf(), [null]);
    expect(line.asks[0]?.ask_digest).toBe(plain.asks[0]?.ask_digest);
    expect(line.gold_digest).toBe(plain.gold_digest);
  });

  test.each([
    ["rotate:1", "B", "A"],
    ["rotate:2", "B", "D"],
    ["rotate:3", "B", "C"],
    ["rotate:1", "AC", "BD"],
    ["rotate:3", ["A", "D"], ["A", "B"]],
    ["rotate:2", "善于等待的人", "善于等待的人"],
    [null, "B", "B"],
    ["terse", "B", "B"],
  ])("under %s the gold %j is %j", (wording, answer, expected) => {
    const line = itemLine(suite, taskOf(), itemOf({ answer }), [null]);
    const [turn] = turnsAsked(line, wording);
    expect(turn?.answer).toEqual(expected);
  });

  test("the right text is under the right letter in every order", () => {
    const line = itemLine(suite, taskOf(), itemOf(), [null]);
    for (const name of rotationsOf(suite, taskOf(), itemOf())) {
      const [turn] = turnsAsked(line, name);
      expect(turn?.options?.[String(turn.answer)]).toBe("心存侥幸的人");
      expect(Object.keys(turn?.options ?? {})).toEqual(["A", "B", "C", "D"]);
    }
  });

  test("a number limits the orders; the task overrides the suite", () => {
    expect(rotationsOf(suite, taskOf({ circular: 2 }), itemOf())).toHaveLength(1);
    expect(rotationsOf(suite, taskOf({ circular: 9 }), itemOf())).toHaveLength(3);
    const byDefault = { defaults: { circular: true } };
    expect(rotationsOf(byDefault, taskOf({ circular: undefined }), itemOf())).toHaveLength(3);
    expect(rotationsOf(byDefault, taskOf({ circular: false }), itemOf())).toEqual([]);
  });
});

describe("what is not rotated blindly", () => {
  const withLast = (text: string) => ({ options: { A: "甲地", B: "乙地", C: "丙地", D: text } });
  test.each([
    "以上都对",
    "以上说法均不正确",
    "A和B",
    "A、C",
    "A 与 C 都对",
    "仅A",
    "上述都是",
    "前两项都是",
    "其他三项都对",
    "都不正确",
    "all of the above",
    "None of the above.",
    "Both A and B",
    "Ａ和Ｂ",
    "同 A 选项",
  ])("an option that says %s", (text) => {
    expect(whyNotRotated(taskOf(), itemOf(withLast(text)))?.zh).toContain("提到别的选项");
    expect(rotationsOf(suite, taskOf(), itemOf(withLast(text)))).toEqual([]);
  });

  test.each([
    "60 分以上",
    "CPI 上升",
    "维生素 C 缺乏",
    "全都要看条件",
    "a＞b",
    "APP 和 H5",
    "前年三月",
    "上面的山坡",
  ])("but one that says %s is", (text) => {
    expect(whyNotRotated(taskOf(), itemOf(withLast(text)))).toBeNull();
  });

  test.each([
    [{ question: "下列说法正确的是（　）\nA. 甲\nB. 乙" }, "题干里提到选项的字母或位置"],
    [{ question: "为什么 B 项是错的？" }, "题干里提到选项的字母或位置"],
    [{ answer: "E" }, "答案既不是选项字母，也不是选项原文"],
    [{ answer: undefined, answers: ["A", "B"] }, "有多轮或多个小题"],
    [{ options: undefined }, "不是选择题"],
    [{ grader: { use: "exact" } }, "不是选择题"],
  ])("%j", (more, why) => {
    expect(whyNotRotated(taskOf(), itemOf(more))?.zh).toBe(why);
  });
});
