import { expect, test } from "vitest";

import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./choice.ts";

const options = { A: "儒家", B: "道家", C: "法家", D: "墨家" };
const question = "庄子是下列哪一学派的代表人物？";
const wrongStem = "下列有关诸子百家的叙述，错误的一项是（ ）";
const auto = parseGraderOptions(grader, {});

const read = async (reply: string, gold: Parameters<typeof goldOf>[0], given: object = {}) =>
  await grader.grade(sampleOf(reply, gold), parseGraderOptions(grader, { ...given }), {});

test.each([
  // Explicit markers; the last one wins.
  ["答案：B", "B", "marker"],
  ["答案：Ｂ", "B", "marker"],
  ["【答案】B<eoa>", "B", "marker"],
  ["[正确答案]B<eoa>", "B", "marker"],
  ["**答案：** B", "B", "marker"],
  ["答案是 **B. 道家**。", "B", "marker"],
  ["参考答案：（B）", "B", "marker"],
  ["正确答案为选项 B，因为……", "B", "marker"],
  ["The correct answer is (B).", "B", "marker"],
  ["Answer: B:道家是老子和庄子的学派。", "B", "marker"],
  ["答案：b", "B", "marker"],
  ["答案應該選 B", "B", "marker"],
  ["我一开始认为答案是A，但仔细分析后，答案应该是B。", "B", "marker"],
  ["答案：A\n等等，重新检查一下题目……\n答案：B", "B", "marker"],
  ["答案：B。\n解析：A 项儒家的代表是孔子，错误；若选A则与题意不符。", "B", "marker"],
  ["庄子主张逍遥，不选A而选B。", "B", "conclusion"],
  ["庄子主张逍遥，故选B。", "B", "conclusion"],
  ["很多同学会误选A。本题应选 B。", "B", "conclusion"],
  ["综合以上分析，我选择（B）。", "B", "conclusion"],
  ["综上，符合题意的是B选项。", "B", "statement"],
  ["正确的是B", "B", "statement"],
  ["故答案为 $\\boxed{B}$", "B", "boxed"],
  ["$$\\boxed{\\text{B}}$$", "B", "boxed"],
  ["答案是第二个选项。", "B", "marker: ordinal"],
  ["我选第二项。", "B", "conclusion: ordinal"],
  ["答案是道家。", "B", "marker: option text"],
  ["答案：道家", "B", "marker: option text"],
  // A label alone, or before a discussion.
  ["B", "B", "marker"],
  ["b", "B", "letter line"],
  ["（B）", "B", "letter line"],
  ["**B**", "B", "letter line"],
  ["B\n\nA项儒家以孔子为代表，错误；B项正确。", "B", "letter line"],
  ["逍遥游是庄子的名篇。\n\nB", "B", "letter line"],
  ["B．道家以老子和庄子为代表。\nA．儒家以孔子为代表。", "B", "leading letter"],
  ["B选项正确。庄子是道家学派的代表人物。", "B", "verdicts"],
  ["b. 道家", "B", "leading letter"],
  // Verdicts on the options.
  ["选项A：错误\n选项B：正确\n选项C：错误\n选项D：错误", "B", "verdicts"],
  ["A 错误，B 正确，C 错误，D 错误", "B", "verdicts"],
  ["A ✗ B ✓ C ✗ D ✗", "B", "verdicts"],
  ["A(×) B(√) C(×) D(×)", "B", "verdicts"],
  ["A、C、D三项均不正确，B项是正确的。", "B", "verdicts"],
  [
    "A项，儒家代表是孔子，不符合题意；B项，庄子属道家，符合题意；C、D项不符合题意。",
    "B",
    "verdicts",
  ],
  ["首先排除A和C，D也可以排除。", "B", "elimination"],
  // The option's own words.
  ["道家", "B", "option text"],
  ["庄子是道家的代表人物。", "B", "verdicts"],
  ["庄子（约前369年—前286年），宋国蒙人。所以他属于道家学派。", "B", "named last"],
  // Only one option mentioned at all.
  ["因此，只有B符合庄子的思想。", "B", "statement"],
])("%j chooses %s by %s", async (reply, letter, why) => {
  expect(await read(reply, { answer: "B", options, question })).toMatchObject({
    verdict: "right",
    extracted: letter,
    why,
  });
});

test.each([
  ["", "no answer found"],
  ["我不知道。", "undecided"],
  ["答案：A、C", "marker: several letters"],
  ["Answer: B and C", "marker: several letters"],
  ["答案是A或B", "marker: hedged"],
  ["答案可能是A，也可能是B。", "marker: hedged"],
  ["A 和 C 都有可能，无法确定。", "hedged"],
  ["【答案】无正确答案", "marker: none"],
  ["答案：以上选项都不正确", "marker: none"],
  ["答案：题目有误", "marker: none"],
  ["答案：E", "marker: outside the options"],
  ["A项正确。B项也正确。C项错误。", "no answer found"],
  ["这道题考查诸子百家的知识。", "no answer found"],
  ["According to the text, DNA is the carrier.", "no answer found"],
])("%j is unresolved, never a guess: %s", async (reply, why) => {
  expect(await read(reply, { answer: "B", options, question })).toMatchObject({
    verdict: "unresolved",
    value: 0,
    extracted: null,
    why,
  });
});

test.each([
  ["A项正确，B项正确，C项错误，D项正确。", "C"],
  ["A、B、D正确，C错误。", "C"],
  ["C项说法错误，其余各项都正确。", "C"],
  ["错误的一项是C。", "C"],
  ["答案：C", "C"],
  ["选项C是错误的，法家主张以法治国。选项A、B、D都是正确的。", "C"],
])("the stem asks for the wrong one: %j", async (reply, letter) => {
  expect(await read(reply, { answer: "C", options, question: wrongStem })).toMatchObject({
    verdict: "right",
    extracted: letter,
  });
});

test.each([
  ["答案：A、C", "AC"],
  ["答案：CA", "AC"],
  ["答案：A,C", "AC"],
  ["答案：A C", "AC"],
  ["答案是A和C。", "AC"],
  ["故选 $\\text{AC}$", "AC"],
  ["**A**、**C**", "AC"],
  ["（A）（C）", "AC"],
  ["A/C", "AC"],
  ["ac", "AC"],
  ["A: 儒家\nC: 法家", "AC"],
  ["答案：\nA. 儒家\nC. 法家", "AC"],
  ["A项正确；B项错误；C项正确；D项错误。", "AC"],
  ["A、C。\n\nA项正确，B项错误，C项正确，D项错误。", "AC"],
])("several letters: %j is %s", async (reply, letters) => {
  for (const answer of ["AC", "CA", ["A", "C"], "选项AC", "a c", "AC（D错）"]) {
    expect(await read(reply, { answer, options })).toMatchObject({
      verdict: "right",
      extracted: letters,
    });
  }
});

test.each([
  ["ABD", "exact", 1],
  ["AB", "exact", 0],
  ["AB", "gaokao-physics", 0.5],
  ["ABC", "gaokao-physics", 0],
  ["ABD", "gaokao-physics", 1],
  ["AB", "share", 2 / 3],
  ["AC", "share", 0],
  ["A", "half", 0.5],
  ["AB", "half", 0],
])("%s for ABD with the rule %s is worth %d", async (chosen, rule, value) => {
  const grade = await read(
    `答案：${chosen}`,
    { answer: "ABD", options },
    { mode: "multi", partial: rule },
  );
  expect(grade.value).toBeCloseTo(value, 10);
});

test("a gold's own rule wins over the option", async () => {
  const gold = { answer: "ABD", options, partial: "share" };
  expect(await read("答案：AB", gold, { mode: "multi" })).toMatchObject({ verdict: "partial" });
});

test.each([
  ["（1）【答案】A\n（2）【答案】C\n（3）【答案】B", "A C B"],
  ["1. A 2. C 3. B", "A C B"],
  ["（1）A；（2）C；（3）B", "A C B"],
  ["答案：ACB", "A C B"],
  ["【答案】A C B <eoa>", "A C B"],
  ["第1题：A\n第2题：C\n第3题：B", "A C B"],
  ["（1）先排除D，应选A。\n【答案】A\n（2）应选D？不，应选C。\n【答案】C\n（3）【答案】B", "A C B"],
])("sub-questions: %j is %s", async (reply, extracted) => {
  expect(await read(reply, { answers: ["A", "C", "B"], options })).toMatchObject({
    verdict: "right",
    extracted,
  });
});

test("sub-questions give partial credit, and a wrong number of answers none", async () => {
  const gold = { answers: ["A", "C", "B"], options };
  expect(await read("1. A 2. D 3. B", gold)).toMatchObject({ verdict: "partial", value: 2 / 3 });
  expect(await read("1. A 2. C", gold)).toMatchObject({ verdict: "unresolved" });
});

test("options may be part of the question, or unknown", async () => {
  const asked = `${question}\nA．儒家 B．道家\nC．法家 D．墨家`;
  expect(await read("应该是道家。", { answer: "B", question: asked })).toMatchObject({
    verdict: "right",
  });
  expect(await read("答案是B。", { answer: "B" })).toMatchObject({ verdict: "right" });
});

test.each([
  [{ 甲: "儒家", 乙: "道家" }, "乙", "答案：乙"],
  [{ "1": "儒家", "2": "道家" }, "2", "答案：2"],
  [{ 对: "对", 错: "错" }, "错", "答案：错"],
  [{ A: "1/2", B: "-1/2" }, "B", "所以结果为 $-\\frac{1}{2}$。"],
  [{ A: "①②", B: "①④" }, "B", "①正确，②错误，③错误，④正确。"],
])("labels %j: %s", async (named, answer, reply) => {
  expect(await read(reply, { answer, options: named, question })).toMatchObject({
    verdict: "right",
    extracted: answer,
  });
});

test("traditional characters are understood", async () => {
  expect(
    await read("選項A錯誤，選項B正確，選項C錯誤，選項D錯誤。", { answer: "B", options }),
  ).toMatchObject({
    verdict: "right",
    extracted: "B",
  });
});

test.each([
  [{ answer: "E", options }, "answer"],
  [{ answer: "名家", options }, "answer"],
  [{ options }, "answer"],
  [{ answers: ["A", "E"], options }, "answers[1]"],
  [{ answer: "A", options, partial: "quarter" }, "partial"],
])("a malformed gold is found before any call: %j", (gold, path) => {
  expect(grader.check(goldOf(gold), auto)).toMatchObject([{ path }]);
});

test.each([
  { answer: "B" },
  { answer: "道家" },
  { answer: "b" },
  { answer: ["A", "C"] },
  { answer: "选项CD" },
])("a good gold has no problem: %j", (gold) => {
  expect(grader.check(goldOf({ ...gold, options }), auto)).toEqual([]);
});

test("a single choice takes one letter", () => {
  const single = parseGraderOptions(grader, { mode: "single" });
  expect(grader.check(goldOf({ answer: "AC", options }), single)).toHaveLength(1);
});
