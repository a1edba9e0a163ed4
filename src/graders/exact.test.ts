import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./exact.ts";

const options = parseGraderOptions(grader, {});

test.each([
  ["道家", "道家", "right", "whole reply"],
  ["“道家”。", "道家", "right", "whole reply"],
  ["《道德经》的作者是老子。\n答案：**道家**", "道家", "right", "marker"],
  ["儒家", "道家", "wrong", "whole reply"],
  ["我认为是道家", "道家", "right", "stated"],
  ["……", "道家", "unresolved", "empty"],
])("%j against %j is %s", async (reply, answer, verdict, why) => {
  const grade = await grader.grade(sampleOf(reply, { answer, aliases: ["道教学派"] }), options, {});
  expect(grade).toMatchObject({ verdict, why });
});

test.each([
  ["答案：12", "1/2", "wrong"],
  ["½", "1/2", "right"],
  ["答案：32", "3:2", "wrong"],
  ["3∶2", "3:2", "right"],
  ["8:30", "830", "wrong"],
  ["xy", "x-y", "wrong"],
  ["5²", "52", "wrong"],
  ["−3", "-3", "right"],
  ["100203", "100 20 3", "wrong"],
  ['{"answer": "李白"}', "李白", "right"],
  ["**最终答案**：李白", "李白", "right"],
  ["答案：李白（唐代诗人）", "李白", "right"],
  ["答案：杜甫\n更正：应为李白。", "李白", "right"],
  ["不是杜甫，而是李白。", "李白", "right"],
  ["答案：李白或杜甫", "李白", "unresolved"],
  ["我无法确定是不是李白。", "李白", "unresolved"],
  ["他在长安住过三年，后来离开了，一生写诗近千首。", "李白", "unresolved"],
  ["答案：正确", "√", "right"],
  ["答案：×", "对", "wrong"],
  ["是的", "是", "right"],
])("%j against %j keeps what distinguishes: %s", async (reply, answer, verdict) => {
  expect(await grader.grade(sampleOf(reply, { answer }), options, {})).toMatchObject({ verdict });
});

test.each([
  ["code", "marker", "答案：`7 30 4`", "7 30 4", "right"],
  ["code", "marker", "```\n7 30 4\n```", "7 30 4", "right"],
  ["code", "marker", "答案：7304", "7 30 4", "wrong"],
  ["code", "marker", "答案：true", "True", "wrong"],
  ["characters", "reply", "收到", "收到", "right"],
  ["characters", "reply", "“收到”", "收到", "wrong"],
  ["characters", "reply", "收到。", "收到", "wrong"],
  ["characters", "reply", "天 天 地 地", "天天地地", "wrong"],
  ["characters", "marker", "答案：苹果、香蕉", "苹果、香蕉", "right"],
  ["characters", "marker", "答案：苹果，香蕉", "苹果、香蕉", "wrong"],
] as const)("mode %s, from %s: %j against %j is %s", async (mode, from, reply, answer, verdict) => {
  const strict = parseGraderOptions(grader, { mode, from });
  expect(await grader.grade(sampleOf(reply, { answer }), strict, {})).toMatchObject({ verdict });
});

test("what was only stated is marked, and a difference from it says nothing", async () => {
  const reply = "《静夜思》的作者是李白，他是唐代诗人。";
  expect(await grader.grade(sampleOf(reply, { answer: "李白" }), options, {})).toMatchObject({
    verdict: "right",
    notes: { doubtful: true },
  });
  expect(await grader.grade(sampleOf(reply, { answer: "杜甫" }), options, {})).toMatchObject({
    verdict: "unresolved",
    extracted: "李白",
  });
});

test("a value of the gold's kind that answers the question counts where the gold stands nowhere", async () => {
  const gold = { answer: "杜甫", question: "《静夜思》的作者是谁？" };
  const reply = "《静夜思》的作者是李白，他是唐代诗人。";
  expect(await grader.grade(sampleOf(reply, gold), options, {})).toMatchObject({
    verdict: "wrong",
    extracted: "李白",
    notes: { doubtful: true },
  });
  for (const open of ["作者是唐代的一位大诗人。", "作者可能是李白，我不确定。"])
    expect(await grader.grade(sampleOf(open, gold), options, {})).toMatchObject({
      verdict: "unresolved",
    });
});

test.each([
  ["转换结果如下\n\n```\n范太太回到後台\n```\n\n| 简 | 繁 |\n|---|---|\n| 后 | 後 |", "right"],
  ["转换结果如下\n\n```\n範太太回到後臺\n```\n\n| 简 | 繁 |\n|---|---|\n| 范 | 範 |", "wrong"],
  ["“后”写作“後”，其余不变，整句就是“范太太回到後台”。港台写法一致。", "right"],
  ["姓氏不改，所以整句是：\n> 范太太回到後台\n\n还有别的句子吗？", "right"],
  ["可以写“范太太回到後台”，也可以写“範太太回到後臺”。", "unresolved"],
  ["“后”要写成“後”。", "unresolved"],
])("the one line that the asked text was turned into is the answer: %s", async (reply, verdict) => {
  const question = "把这句简化字写成繁体字：“范太太回到后台”";
  const sample = sampleOf(reply, { question, answer: "范太太回到後台" });
  const grade = await grader.grade(sample, options, {});
  expect(grade, grade.why).toMatchObject({ verdict });
});

test("an alias is as right as the answer", async () => {
  const sample = sampleOf("答案是：道教学派", { answer: "道家", aliases: ["道教学派"] });
  expect(await grader.grade(sample, options, {})).toEqual({
    verdict: "right",
    value: 1,
    extracted: "道教学派",
    why: "marker",
  });
});

test("an empty gold is a problem", () => {
  expect(grader.check(goldOf({ answer: "。" }), options)).toHaveLength(1);
  expect(grader.check(goldOf({}), options)).toHaveLength(1);
  expect(grader.check(goldOf({ answer: "道家" }), options)).toEqual([]);
});
