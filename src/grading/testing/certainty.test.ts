import { expect, test } from "vitest";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

type Row = readonly [
  grader: "choice" | "numeric" | "math" | "exact",
  question: string,
  answer: string,
  reply: string,
];

const cities = { A: "南京", B: "杭州", C: "苏州", D: "扬州" };

/** An announcement, or a conclusion beside which nothing else is named. */
const sure: readonly Row[] = [
  ["choice", "西湖在哪座城市？", "B", "答案：B\n\nA 有玄武湖，C 有金鸡湖，D 有瘦西湖。"],
  ["choice", "西湖在哪座城市？", "B", "瘦西湖在扬州，西湖在杭州，故选B。"],
  ["choice", "西湖在哪座城市？", "B", '{"answer": "B", "reason": "D 的是瘦西湖"}'],
  ["choice", "西湖在哪座城市？", "B", "答案：D。\n\n不对，那是瘦西湖，更正：应选B。"],
  ["choice", "西湖在哪座城市？", "B", "\\boxed{B}"],
  ["choice", "西湖在哪座城市？", "B", "故选B。\n\n练习：瘦西湖在哪里？正确答案 D"],
  ["numeric", "一箱苹果24个，3箱几个？", "72", "24×3=72，所以3箱有72个。"],
  ["numeric", "一箱苹果24个，3箱几个？", "72", "每箱24个，一共3箱。\n答案：72个"],
  ["numeric", "一箱苹果24个，3箱几个？", "72", "24×3=72，所以有72个。检验：72÷24=3。"],
  ["math", "化简：√18", "3\\sqrt{2}", "因为 18=9×2，所以 √18=3√2。"],
  ["math", "化简：√18", "3\\sqrt{2}", "答案：$3\\sqrt{2}$"],
  ["exact", "江苏的省会是哪里？", "南京", "南京"],
  ["exact", "江苏的省会是哪里？", "南京", "答案：南京"],
];

/** Guesses, and announcements or conclusions that something else in the reply speaks against. */
const doubtful: readonly Row[] = [
  ["choice", "西湖在哪座城市？", "B", "一看就想选D，仔细看问的不是瘦西湖，所以选B，而不是D。"],
  ["choice", "西湖在哪座城市？", "B", "故选B。这座城市在浙江，不过不选B的人多半想到了最后一个。"],
  ["choice", "西湖在哪座城市？", "B", "A错误，C错误，D错误，B正确。"],
  ["choice", "西湖在哪座城市？", "B", "正确的是B。瘦西湖则在扬州。"],
  ["numeric", "一箱苹果24个，3箱几个？", "72", "一箱24个，两箱48个，三箱72个。"],
  ["numeric", "一箱苹果24个，3箱几个？", "72", "所以3箱有72个，卖掉以后能收入360元，剩12个。"],
  ["math", "化简：√18", "3\\sqrt{2}", "√18=√9·√2=3√2，而√8=2√2。"],
  ["math", "化简：√18", "3\\sqrt{2}", "所以结果约为4.243。"],
  ["exact", "民法典何时施行？", "2021年1月1日", "2020年通过，次年元旦施行。"],
  ["exact", "江苏的省会是哪里？", "南京", "省会设在南京，苏州更富。"],
];

async function doubtOf([id, question, answer, reply]: Row): Promise<boolean | string> {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(id);
  const gold = { question, answer, options: id === "choice" ? cities : null };
  const grade = await gradeSample(grader, parseGraderOptions(grader, {}), sampleOf(reply, gold));
  return grade.verdict === "unresolved" ? "unresolved" : grade.notes?.["doubtful"] === true;
}

test.each(sure)("%s is sure: %s %s %s", async (...row) => {
  expect(await doubtOf(row)).toBe(false);
});

test.each(doubtful)("%s is not sure: %s %s %s", async (...row) => {
  expect(await doubtOf(row)).not.toBe(false);
});
