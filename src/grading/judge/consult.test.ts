import { describe, expect, test } from "vitest";

import type { ChatMessage } from "../../domain/call.ts";
import type { JudgeRequestOptions } from "../../domain/judging.ts";

import { sampleOf } from "../testing/sample.ts";
import { consult } from "./consult.ts";
import { marksContract } from "./marks.ts";
import { JudgeOptions } from "./options.ts";
import { furtherForms, observedKinds } from "./testing/sloppy-forms.ts";
import { verdictMark } from "./verdict/verdict.ts";

const options = JudgeOptions.parse({ criteria: ["切题", "文采"], score: "mean" });
const sample = sampleOf("雪落无声", { question: "写一句话" });
const contract = marksContract(sample, options);
const line = (marks: unknown, own = contract): string =>
  `${verdictMark(own.code)}${JSON.stringify(marks)}`;

type Asked = { readonly messages: readonly ChatMessage[]; readonly how: JudgeRequestOptions };

/** Asks a judge that says these replies one after the other; an Error is thrown. */
async function consulted(replies: readonly (string | Error)[], own = contract) {
  const asked: Asked[] = [];
  const result = await consult(own, "a/one", { vote: 1, temperature: 0 }, (_, prompt, how) => {
    const reply = replies[asked.length] ?? new Error("asked too often");
    asked.push({
      messages: typeof prompt === "string" ? [] : prompt,
      how: how ?? { vote: 1, temperature: 0 },
    });
    return typeof reply === "string" ? Promise.resolve(reply) : Promise.reject(reply);
  });
  return { result, asked };
}

describe("a refusal is a verdict of its own and is not asked again", () => {
  test.each([
    ["in the line", `${verdictMark(contract.code)}拒评`],
    ["with its reason", `内容有害。\n${verdictMark(contract.code)} 拒评：涉及伤害`],
    ["as JSON", `${verdictMark(contract.code)}{"拒评": "是"}`],
    ["as an apology", "抱歉，这段内容我无法评价。"],
    ["in English", "I'm sorry, but I can't help with evaluating this content."],
  ])("%s", async (_, reply) => {
    const { result, asked } = await consulted([reply]);
    expect(result).toMatchObject({ ok: false, fault: "refused", again: false });
    expect(asked).toHaveLength(1);
  });

  test.each(["filtered-input", "filtered-output"])("by the vendor: %s", async (outcome) => {
    const { result } = await consulted([new Error(outcome)]);
    expect(result).toMatchObject({ ok: false, fault: "refused" });
  });

  test("a judge that cannot be reached has refused nothing", async () => {
    const { result } = await consulted([new Error("timeout")]);
    expect(result).toMatchObject({ ok: false, fault: "unreachable", problem: "timeout" });
  });

  test("a judgement that lost its form is asked again, even where it speaks of refusing", async () => {
    const long = `回答拒绝了用户，${"说明了理由，也给了求助的电话。".repeat(20)}切题 4，文采 3。`;
    const { result, asked } = await consulted([long, line({ 切题: 4, 文采: 3 })]);
    expect(asked).toHaveLength(2);
    expect(result).toMatchObject({ ok: true, again: true });
  });
});

describe("a second reply counts only if it says what the first one said", () => {
  test.each<[string, string, unknown, boolean]>([
    ["the same marks", "切题 2 分，文采 2 分", { 切题: 2, 文采: 2 }, true],
    ["all raised", "切题 2 分，文采 2 分", { 切题: 5, 文采: 5 }, false],
    ["one lowered", line({ 切题: 4.5, 文采: 5 }), { 切题: 4, 文采: 3 }, false],
    ["half a mark settled", line({ 切题: 4.5, 文采: 3 }), { 切题: 5, 文采: 3 }, true],
    [
      "a mark off the scale brought onto it",
      line({ 切题: 8, 文采: 3 }),
      { 切题: 4, 文采: 3 },
      true,
    ],
    ["one of two values", line({ 切题: "4或5", 文采: 3 }), { 切题: 5, 文采: 3 }, true],
    ["none of two values", line({ 切题: "4或5", 文采: 3 }), { 切题: 2, 文采: 3 }, false],
    ["nothing was said before", "我觉得不错", { 切题: 4, 文采: 4 }, true],
    ["numerals", "切题：二分；文采：二分", { 切题: 5, 文采: 2 }, false],
  ])("%s", async (_, first, second, counts) => {
    const { result, asked } = await consulted([first, line(second)]);
    expect(asked).toHaveLength(2);
    if (counts) expect(result).toMatchObject({ ok: true, verdict: second, again: true });
    else expect(result).toMatchObject({ ok: false, fault: "changed", again: true });
  });

  test("the second question shows the line, the problem and what may stand there", async () => {
    const bad = line({ 切题: 8, 文采: 3 });
    const { asked } = await consulted([bad, "不知道"]);
    const [, second] = asked;
    expect(second?.how.again).toBe(true);
    const said = second?.messages.at(-1)?.text ?? "";
    for (const part of [`> ${bad}`, "“切题”的值 8", "只能是 1、2、3、4、5", "一分也不要改"])
      expect(said).toContain(part);
  });
});

test("beyond doubt, one call is enough for a ballot, in whatever form", async () => {
  const readable = [...observedKinds.marks.readable, ...furtherForms.marks.readable];
  let calls = 0;
  for (const { text } of readable) {
    const reply = text.replaceAll("@", verdictMark(contract.code)).replaceAll("#", contract.code);
    const { result, asked } = await consulted([reply]);
    expect(result).toMatchObject({ ok: true, verdict: { 切题: 4, 文采: 3 } });
    calls += asked.length;
  }
  expect(calls / readable.length).toBeLessThanOrEqual(1.05);
});

test("a judge that can be held to JSON gets a schema and hands in an object with the code", async () => {
  const own = marksContract(sample, options, "json");
  const reply = JSON.stringify({ 编号: own.code, 理由: "写到了雪", 切题: 4, 文采: 3 });
  const { result, asked } = await consulted([reply], own);
  expect(result).toMatchObject({ ok: true, verdict: { 切题: 4, 文采: 3 }, reason: "写到了雪" });
  expect(asked[0]?.how.schema).toMatchObject({
    type: "object",
    properties: { 编号: { enum: [own.code] }, 切题: { type: "integer", enum: [1, 2, 3, 4, 5] } },
    additionalProperties: false,
  });
  expect(asked[0]?.messages[0]?.text).toContain(
    `{"编号": "${own.code}", "理由": "……", "切题": <1-5>`,
  );
  expect((await consulted(["{}", line({ 切题: 4, 文采: 3 }, own)], own)).result).toMatchObject({
    ok: true,
  });
});

test("a doubt of the reference is taken down beside the marks", async () => {
  const own = marksContract(sampleOf("42", { question: "6 × 7 = ？", reference: "48" }), options);
  expect(own.prompt).toContain('"参考存疑": "<是/否>"');
  expect(contract.prompt).not.toContain('参考存疑":');
  const doubting = await consulted([line({ 切题: 5, 文采: 3, 参考存疑: "是" }, own)], own);
  expect(doubting.result).toMatchObject({ ok: true, doubts: true });
  const silent = await consulted([line({ 切题: 5, 文采: 3 }, own)], own);
  expect(silent.result).toMatchObject({ ok: true, doubts: false });
});
