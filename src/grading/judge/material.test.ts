import { describe, expect, test } from "vitest";

import { sampleOf } from "../testing/sample.ts";
import { excerpted } from "./excerpt.ts";
import { marksContract } from "./marks.ts";
import { JudgeOptions } from "./options.ts";

const options = JudgeOptions.parse({});
const promptOf = (reply: string, gold = {}, given = options): string =>
  marksContract(sampleOf(reply, { question: "6 × 7 = ？", ...gold }), given).prompt;

describe("what the reference is for is said by the item", () => {
  test.each([
    [{ answer: 42 }, "⟦标准答案", "标准答案只用来判结论"],
    [{ reference: "四十二" }, "⟦参考答案", "题目有唯一结论的，当标准答案用"],
    [
      { reference: "四十二", reference_kind: "answer" as const },
      "⟦标准答案",
      "标准答案只用来判结论",
    ],
    [{ reference: "一篇文章", reference_kind: "sample" as const }, "⟦范文", "范文只用来看深浅"],
  ])("%j", (gold, fence, hint) => {
    const prompt = promptOf("42", gold);
    for (const part of [fence, hint, '"参考存疑": "<是/否>"']) expect(prompt).toContain(part);
  });

  test("none is not shown, and there is nothing to doubt", () => {
    const prompt = promptOf("42", { reference: "四十二", reference_kind: "none" as const });
    expect(prompt).not.toContain("四十二");
    expect(prompt).not.toContain('"参考存疑"');
  });
});

test("several golds say whether all or any of them are needed, and aliases are any", () => {
  const gold = { answers: ["鲁迅", ["狂人日记", "呐喊"]], aliases: ["周树人"] };
  expect(promptOf("x", gold)).toContain(
    "下面各项都要答对，缺一不可：\n1. 鲁迅\n2. 狂人日记、呐喊\n写成下面任何一种也算对：周树人",
  );
  const any = JudgeOptions.parse({ answers: "any" });
  expect(promptOf("x", gold, any)).toContain("答出下面任何一项就算对：\n1. 鲁迅");
});

test("a reply that was cut off is marked as cut off, outside the fences", () => {
  const cut = { ...sampleOf("从前有座", { question: "讲故事" }), finish_reason: "length" };
  const said = "回答没有写完";
  expect(marksContract(cut, options).prompt).toContain(said);
  expect(promptOf("从前有座")).not.toContain(`${said}：`);
});

test("of a long text the judge sees head and tail, and is told what is left out", () => {
  const long = `开头${"中".repeat(3_000)}结尾`;
  const { text, said } = excerpted(long, 600);
  expect(text.startsWith("开头")).toBe(true);
  expect(text.endsWith("结尾")).toBe(true);
  expect(text).toContain("此处略去 2404 字");
  expect(said).toContain("共 3004 字，太长，只给出开头 400 字和结尾 200 字，中间略去 2404 字");
  expect(excerpted("短", 600)).toEqual({ text: "短", said: null });
  const prompt = promptOf(long, {}, JudgeOptions.parse({ max_chars: 600 }));
  expect(prompt.length).toBeLessThan(4_000);
  expect(prompt).toContain("不要因为看不到中间就说它没写");
});

test("all replies of a task share the beginning of their prompts, up to the first fence", () => {
  const [a, b] = [promptOf("四十二"), promptOf("我不知道", { question: "另一道题" })];
  const fixed = a.slice(0, a.indexOf("⟦"));
  expect(b.startsWith(fixed)).toBe(true);
  expect(fixed.length).toBeGreaterThan(900);
  expect(fixed).not.toMatch(/[0-9a-f]{10}/);
});

test("weights, levels and caps are told to the judge", () => {
  const own = JudgeOptions.parse({
    criteria: [{ name: "文采", weight: 2, levels: { "1": "套话", "5": "有自己的写法" } }, "切题"],
  });
  const prompt = promptOf("x", {}, own);
  expect(prompt).toContain("1. 文采（权重 2）\n   1 = 套话；5 = 有自己的写法");
  expect(prompt).toContain("2. 切题\n   1 = 这一项完全没做到；2 = 问题多");
  expect(prompt).toContain("“综合”只能是 1，写得再流畅也一样");
  expect(prompt).toContain("回答没写完的，“综合”不高于 3");
});
