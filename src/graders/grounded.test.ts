import { describe, expect, test } from "vitest";

import type { GradeContext } from "../domain/grader.ts";

import { gradeSample } from "../grading/grade.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { grader as citation } from "./citation.ts";
import { grader } from "./grounded.ts";

const passages = [
  { text: "员工入职满一年后每年有十天带薪年假，满五年为十五天。", title: "休假" },
  { text: "有机废液倒入蓝色桶，含重金属的废液倒入红色桶。" },
  { text: "保修期内人为损坏的，收取材料费，不收工时费。" },
];
const ask = (reply: string, given = {}, context: GradeContext = {}) =>
  gradeSample(grader, grader.options.parse(given), { ...sampleOf(reply, {}), passages }, context);
const cited = (reply: string, given = {}) =>
  gradeSample(citation, citation.options.parse(given), { ...sampleOf(reply, {}), passages });

describe("by rule", () => {
  test.each([
    ["员工入职满一年后每年可以休 10 天带薪年假[1]。", "right"],
    ["有机废液要倒入蓝色桶。", "right"],
    ["满五年的员工每年有 20 天年假。", "wrong"],
    ["含重金属的废液应倒入蓝色桶。", "wrong"],
    ["保修期内人为损坏的收材料费和工时费。", "wrong"],
    ["公司每年组织两次海外旅游，费用由工会全额承担。", "wrong"],
    // Another word may mean the same: nobody is told that it is wrong.
    ["废液要投进对应颜色的容器。", "unresolved"],
    ["所有员工每年都有十天带薪年假。", "unresolved"],
    ["资料中没有提到这个问题，建议咨询人力资源部。", "right"],
  ])("%s is %s", async (reply, verdict) => {
    expect(await ask(reply)).toMatchObject({ verdict });
  });

  test("the value is the share of claims, and each is told", async () => {
    const grade = await ask(
      "您好！有机废液倒入蓝色桶[2]。含重金属的废液倒入蓝色桶[2]。希望对您有帮助。",
    );
    expect(grade).toMatchObject({
      verdict: "partial",
      value: 0.5,
      notes: { claims: 2, supported: 1, contradicted: 1 },
    });
    expect(grade.extracted).toContain("✗ 含重金属的废液倒入蓝色桶");
    const strict = await ask("有机废液倒入蓝色桶。含重金属的废液倒入蓝色桶。", { pass: 1 });
    expect(strict).toMatchObject({ verdict: "wrong", value: 0 });
  });

  test("without passages nothing can be held against a reply", async () => {
    expect(await gradeSample(grader, {}, sampleOf("十天。", {}))).toMatchObject({
      verdict: "ungraded",
      value: null,
    });
  });
});

describe("by a judge", () => {
  const reply = "废液要投进对应颜色的容器。";
  const judge = (said: (code: string) => string): GradeContext => ({
    panel: () => ({ judges: [{ ref: "a/b", kin: false }] }),
    ask: (_name, prompt) => {
      const text = typeof prompt === "string" ? prompt : (prompt[0]?.text ?? "");
      return Promise.resolve(said(/⟦资料 1 (\w+)⟧/.exec(text)?.[1] ?? ""));
    },
  });
  const form = (word: string, quote: string) => (code: string) =>
    `看过了。\n【判定 ${code}】{"1": "${word}", "引1": "${quote}"}`;

  test.each([
    ["支持", "有机废液倒入蓝色桶，含重金属的废液倒入红色桶", "right"],
    ["支持", "有机废液……倒入红色桶", "right"],
    ["矛盾", "有机废液倒入蓝色桶", "wrong"],
    ["无依据", "无", "wrong"],
    // What it quotes stands nowhere, so its ruling does not count.
    ["支持", "各种废液应倒入颜色对应的容器", "unresolved"],
    ["支持", "", "unresolved"],
    ["大概支持", "有机废液倒入蓝色桶", "unresolved"],
  ])("%s with %j is %s", async (word, quote, verdict) => {
    const grade = await ask(reply, { judge: "panel" }, judge(form(word, quote)));
    expect(grade).toMatchObject({ verdict });
    expect(grade.ballots).toHaveLength(1);
  });

  test("a judge of the same family has no vote", async () => {
    const kin: GradeContext = {
      ...judge(form("支持", "有机废液倒入蓝色桶")),
      panel: () => ({ judges: [{ ref: "a/b", kin: true }] }),
    };
    expect(await ask(reply, { judge: "panel" }, kin)).toMatchObject({
      verdict: "unresolved",
      ballots: [{ fault: "kin" }],
    });
  });
});

describe("citations", () => {
  test.each<[string, string, object]>([
    ["有机废液倒入蓝色桶[2]。", "right", {}],
    ["有机废液倒入蓝色桶。[2]", "right", {}],
    ["有机废液倒入蓝色桶【2】。", "right", {}],
    ["有机废液倒入蓝色桶（资料 2）。", "right", {}],
    ["有机废液倒入蓝色桶（来源：[1-2]）。", "right", {}],
    ["有机废液倒入蓝色桶 [ID:1]。", "right", { first: 0 }],
    ["有机废液倒入蓝色桶[1]。", "wrong", {}],
    ["有机废液倒入蓝色桶[9]。", "wrong", {}],
    ["有机废液倒入蓝色桶。", "wrong", {}],
    ["有机废液倒入蓝色桶。", "right", { uncited: "ignore" }],
    ["1) 有机废液倒入蓝色桶[2]\n2) 含重金属的废液倒入红色桶[2]", "right", {}],
  ])("%s is %s", async (reply, verdict, given) => {
    expect(await cited(reply, given)).toMatchObject({ verdict });
  });

  test("right, wrong and missing are counted apart", async () => {
    const reply = "有机废液倒入蓝色桶[2]。含重金属的废液倒入红色桶[7]。满五年的员工有 15 天年假。";
    expect(await cited(reply)).toMatchObject({
      verdict: "partial",
      notes: { claims: 3, right: 1, wrong: 1, missing: 1 },
    });
  });
});
