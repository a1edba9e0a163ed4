import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./numeric.ts";

const exact = parseGraderOptions(grader, {});

test.each([
  ["解：30+5=35\n最终答案：【35】", "35", "bracket"],
  ["【解析】30+5\n【答案】35", "35", "marker"],
  ["所以 \\boxed{35}", 35, "boxed"],
  ["答案：１，２００元", "1200", "marker"],
  ["答案是36个（比昨天多3个）", "36", "marker"],
  ["答案：30+6=36", "36", "marker"],
  ["答案：\n36", "36", "marker"],
  ["先算 12，再算 3，一共 36 个", "36", "most evidence"],
  ["一共三十六个", "36", "only number"],
  ["第3天共卖出120本", "120", "only number"],
  ["共需 x=3 天", "3", "only number"],
  ["答案：三分之一", "1/3", "marker"],
  ["答案：0.5", "1/2", "marker"],
  ["答案：50%", "0.5", "marker"],
  ["答案：150%", "150%", "marker"],
  ["答案：十六万七千元", "16.7万", "marker"],
  ["所以概率约为 0.33。", "0.33", "conclusion"],
  ["故答案为：$\\frac{3}{4}$", "0.75", "marker"],
  ["这是唯一的解，36。", "36", "only number"],
  ["我有几分把握，别的看法也未必没有。\n\n【36】", "36", "bracket"],
  ["不敢说一定，按一般的理解是下面这个。\n\n**36**", "36", "only number"],
  ["我算过了。\n[36]", "36", "only number"],
])("%j is %s by %s", async (reply, answer, why) => {
  expect(await grader.grade(sampleOf(reply, { answer }), exact, {})).toMatchObject({
    verdict: "right",
    why,
  });
});

test.each([
  ["是 36 个", "35", "only number"],
  ["答案：5", "15", "marker"],
  ["答案：60", "60%", "marker"],
  ["答案：3.1", "3.14", "marker"],
  ["答案：-5", "5", "marker"],
  ["答案：3~5", "4", "marker"],
])("%j is not %s", async (reply, answer, why) => {
  expect(await grader.grade(sampleOf(reply, { answer }), exact, {})).toMatchObject({
    verdict: "wrong",
    why,
  });
});

test.each([
  ["RFC 9110，2022 年 6 月出的，一口气废了 7230 到 7235 里的大半", "right"],
  ["RFC9110，2022 年发布。", "right"],
  ["答案：RFC 9110", "right"],
  ["它讲的是状态码 451，2016 年 2 月正式发布为 RFC 9110。", "right"],
  ["RFC 9112，2022 年 6 月出的。", "wrong"],
  ["2022 年 6 月出的，不是 RFC 9112，是 RFC 9110。", "right"],
  ["RFC 9110 和 RFC 9112 都有可能，2022 年出的。", "unresolved"],
])("the number behind the name of a document is its number: %s", async (reply, verdict) => {
  const question = "取代 RFC 7231 的那一份 RFC，编号是多少？";
  const grade = await grader.grade(sampleOf(reply, { question, answer: "9110" }), exact, {});
  expect(grade, grade.why).toMatchObject({ verdict });
});

test.each([
  ["算不出来", "declines"],
  ["这个问题很有意思，我们一起想。", "no number"],
  ["答案：甲12个，乙15个", "marker: several numbers: 12个, 15个"],
])("%j is unresolved: %s", async (reply, why) => {
  expect(await grader.grade(sampleOf(reply, { answer: "35" }), exact, {})).toMatchObject({
    verdict: "unresolved",
    value: 0,
    why,
  });
});

test.each([
  ["答案：3.5千米", "3500", "米", "right"],
  ["答案：3500", "3500", "米", "right"],
  ["答案：3500千克", "3500", "米", "wrong"],
  ["答案：2小时30分", "150", "分钟", "right"],
  ["答案：每天5元，共35元", "35", "元", "right"],
  ["答案：5斤", "2.5", "千克", "right"],
  ["答案：25", "25", "%", "right"],
  ["答案：25%", "25", "%", "right"],
  ["答案：36个", "36", "个", "right"],
  ["一共用去 1 万余元", "10000", "元", "right"],
])("%j against %s %s is %s", async (reply, answer, unit, verdict) => {
  expect(await grader.grade(sampleOf(reply, { answer, unit }), exact, {})).toMatchObject({
    verdict,
  });
});

test.each([
  ["利息是多少元？", "利息 400 元；到期本息一共 8400 元。", "400", "right"],
  ["还剩几箱？", "卖掉一半剩 8 箱，再卖 3 箱剩 5 箱。原来有 16 箱。", "5", "right"],
  ["第三个角多少度？", "55°。三角形内角和是 180°。", "55", "right"],
  ["保留一位小数是多少？", "7÷3=2.333…，约等于 2.3。", "2.3", "right"],
  ["每千克多少元？", "36÷4=9 元/千克", "9", "right"],
  ["哥哥多少岁？", "设哥哥 x 岁，2x=30，x=15。弟弟 9 岁。", "15", "right"],
  [
    "周长是多少厘米？",
    "如果边长是 6 厘米，周长就是 24 厘米；如果是 8 厘米，就是 32 厘米。无法确定。",
    "24",
    "unresolved",
  ],
  ["这个数是多少？", "答案：8\n因此答案是 9。", "8", "unresolved"],
  ["女生多少人？", "男生 26 人，女生 21 人，相差 5 人。", "21", "right"],
  ["逆水速度是多少？", "顺水每小时 20 千米，逆水每小时 14 千米。", "14", "right"],
  ["总产值多少亿元？", "总产值为 56 亿元。", "56", "right"],
  ["共有多少人？", "一百单五人。", "105", "right"],
  ["几点集合？", "差一刻七点集合。", "6:45", "right"],
  ["有多少个城市参加？", '{"status":"error","code":31,"message":"busy"}', "31", "unresolved"],
  ["一共多少米？", "12+7=", "19", "unresolved"],
  ["面积多少平方米？", "面积 20 平方米，~~周长 20 米~~ 周长 18 米。", "20", "right"],
  [
    "几小时到达？",
    "按 60 千米/时要 4 小时，按 80 千米/时要 3 小时，题目说的是慢车，取前者。",
    "4",
    "right",
  ],
])("%s %j for %s is %s", async (question, reply, answer, verdict) => {
  expect(await grader.grade(sampleOf(reply, { answer, question }), exact, {})).toMatchObject({
    verdict,
  });
});

test("a range as gold accepts the same range, or a number in it", async () => {
  const grade = async (reply: string) =>
    grader.grade(sampleOf(reply, { answer: "2.9~3.1" }), exact, {});
  expect(await grade("答案：3.0")).toMatchObject({ verdict: "right" });
  expect(await grade("答案：2.9到3.1")).toMatchObject({ verdict: "right" });
  expect(await grade("答案：2.5~3.5")).toMatchObject({ verdict: "wrong" });
});

test("tolerance is absolute, the option relative", async () => {
  const near = sampleOf("约 3.1", { answer: "3.1416", tolerance: 0.05 });
  expect(await grader.grade(near, exact, {})).toMatchObject({ verdict: "right" });
  const edge = sampleOf("0.3", { answer: "0.1", tolerance: 0.2 });
  expect(await grader.grade(edge, exact, {})).toMatchObject({ verdict: "right" });
  const loose = parseGraderOptions(grader, { relative: 0.01 });
  expect(await grader.grade(sampleOf("101", { answer: 100 }), loose, {})).toMatchObject({
    verdict: "right",
  });
  expect(await grader.grade(sampleOf("102", { answer: 100 }), loose, {})).toMatchObject({
    verdict: "wrong",
  });
});

test("following the required format is recorded separately from being right", async () => {
  const bracket = parseGraderOptions(grader, { format: "bracket" });
  const grade = async (reply: string) => grader.grade(sampleOf(reply, { answer: 35 }), bracket, {});
  expect(await grade("最终答案：【 35 】")).toMatchObject({
    verdict: "right",
    notes: { format_followed: true },
  });
  expect(await grade("最终答案：35")).toMatchObject({
    verdict: "right",
    notes: { format_followed: false },
  });
});

test("a gold that is not a number is found before any call", () => {
  for (const answer of ["很多", "", "3和5"]) {
    expect(grader.check(goldOf({ answer }), exact)).toMatchObject([{ path: "answer" }]);
  }
  for (const answer of ["三分之一", 35, "1,200", "35千克", "-2.5", "2/6", "4(5/11)"]) {
    expect(grader.check(goldOf({ answer }), exact)).toEqual([]);
  }
});
