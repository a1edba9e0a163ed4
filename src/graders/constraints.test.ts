import { expect, test } from "vitest";

import type { GradeContext } from "../domain/grader.ts";

import { resultsIn } from "../grading/constraints/results.ts";
import { gradeSample } from "../grading/grade.ts";
import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./constraints.ts";

const bridge = {
  constraints: [
    { check: "count", of: "sentence", equal: 2 },
    { check: "excludes", text: "的" },
    { check: "content", require: ["桥"], ask: "是否在介绍一座桥" },
  ],
};
const good = "村口有一座石桥。它跨过一条小河。";

const gradeOf = (reply: string, given = {}, context: GradeContext = {}) =>
  gradeSample(grader, parseGraderOptions(grader, given), sampleOf(reply, bridge), context);

test.each([
  [good, "strict", "right", 1, "3/3"],
  [`${good}桥上的风很大。`, "strict", "wrong", 0, "1/3"],
  [`${good}桥上的风很大。`, "share", "partial", 1 / 3, "1/3"],
  ["它的风的雨。", "share", "wrong", 0, "0/3"],
  [`<think>先写的桥</think>${good}`, "strict", "right", 1, "3/3"],
])("%j, %s: %s", async (reply, mode, verdict, value, extracted) => {
  expect(await gradeOf(reply, { mode })).toMatchObject({ verdict, value, extracted });
});

test("the notes hold each result with its reason in both languages", async () => {
  const { notes, why } = await gradeOf("村口的石桥。");
  expect(why).toBe("broken: count, excludes");
  expect(notes).toMatchObject({ "1.count": false, "2.excludes": false, "3.content": true });
  expect(resultsIn(notes)).toEqual([
    {
      check: "count",
      ok: false,
      why: { zh: "1 句，要求恰好 2", en: "1 sentences, asked for exactly 2" },
    },
    { check: "excludes", ok: false, why: { zh: "出现了禁用的“的”", en: "forbidden “的” occurs" } },
    {
      check: "content",
      ok: true,
      why: { zh: "提到了所要求的内容", en: "mentions what was asked" },
    },
  ]);
});

/** A judge that answers every question alike, and counts the calls. */
function judge(answer: "是" | "否" | "不按格式") {
  const asked: string[] = [];
  const context: GradeContext = {
    panel: () => ({ judges: [{ ref: "a/judge", kin: false }] }),
    ask: (_judge, prompt) => {
      const text = typeof prompt === "string" ? prompt : (prompt[0]?.text ?? "");
      asked.push(text);
      const [mark = ""] = /【判定 [0-9a-f]+】/.exec(text) ?? [];
      return Promise.resolve(
        answer === "不按格式" ? answer : `看过了。\n${mark}{"1": "${answer}"}`,
      );
    },
  };
  return { asked, context };
}

test.each([
  ["是", "right", 1],
  ["否", "wrong", 1],
  ["不按格式", "ungraded", 2],
] as const)("a judge that says %s: %s", async (answer, verdict, calls) => {
  const { asked, context } = judge(answer);
  const grade = await gradeOf(good, { judges: "default" }, context);
  expect(grade).toMatchObject({ verdict, ballots: [{ judge: "a/judge" }] });
  expect(asked).toHaveLength(calls);
  expect(asked[0]).toContain("是否在介绍一座桥");
});

test("a judge is asked only where its answer matters, and where the suite names one", async () => {
  const { asked, context } = judge("否");
  expect(await gradeOf("桥的桥。", { judges: "default" }, context)).toMatchObject({
    verdict: "wrong",
  });
  expect(await gradeOf(good, {}, context)).toMatchObject({ verdict: "right" });
  expect(await gradeOf(good, { judges: "default" })).toMatchObject({ verdict: "right" });
  expect(asked).toEqual([]);
});

test.each([
  [[], "constraints", "没有列出约束（constraints）"],
  [
    [{ check: "lenght", max: 3 }],
    "constraints[0].check",
    '未知的约束 "lenght"；是否应为 "length"？',
  ],
  [[{ check: "length" }], "constraints[0]", "需要 equal、min 或 max"],
  [[{ check: "length", min: 5, max: 3 }], "constraints[0]", "min（5）大于 max（3）"],
  [[{ check: "starts", txt: "春" }], "constraints[0].txt", '未知的键 "txt"；是否应为 "text"？'],
  [
    [{ check: "starts", text: "春", scope: "第二段" }],
    "constraints[0].scope",
    /看不懂范围“第二段”/,
  ],
  [[{ check: "matches", pattern: "(?=x)" }], "constraints[0]", /正则无法编译/],
  [[{ check: "json", schema: { type: "objekt" } }], "constraints[0]", /JSON Schema 无法编译/],
])("%j is a problem at %s", async (constraints, path, message) => {
  const problems = await grader.check(goldOf({ constraints }), parseGraderOptions(grader, {}));
  const text = typeof message === "string" ? message : expect.stringMatching(message);
  expect(problems).toContainEqual({
    path,
    message: expect.objectContaining({ zh: text }) as object,
  });
});
