import { describe, expect, test } from "vitest";

import type { AnswerForm } from "./answer-form.ts";

import { checked } from "./answer.ts";

const letters = (several = false, parts: number | null = null): AnswerForm => ({
  kind: "letters",
  labels: ["A", "B", "C", "D"],
  several,
  parts,
});
const number: AnswerForm = { kind: "number", unit: null };
const formula: AnswerForm = { kind: "formula" };
const words: AnswerForm = { kind: "words", exactly: false };
const exactly: AnswerForm = { kind: "words", exactly: true };

/** What the answer is as the reply writes it; null where the reading does not count. */
const taken = (answer: string, quote: string, reply: string, asked: AnswerForm): string | null => {
  const found = checked({ answer, quote }, reply, asked);
  return found.ok ? found.answer : null;
};

describe("what counts, as the reply writes it", () => {
  test.each<[string, string, string, AnswerForm, string]>([
    ["B", "真正的元凶是SO₂", "嗯。真正的元凶是SO₂和氮氧化物。", letters(), "B"],
    ["b。", "元凶是二氧化硫", "元凶是**二氧化硫**。", letters(), "B"],
    ["选项D", "none of them follows", "So none of them\nfollows.", letters(), "D"],
    ["CA", "11 和 29", "11 和 29 是质数", letters(true), "AC"],
    ["A、C", "11 和 29", "11 和 29 是质数", letters(true), "AC"],
    ["B AC", "先乙后甲丙", "先乙后甲丙", letters(false, 2), "1. B\n2. AC"],
    ["1.B 2.AC", "先乙后甲丙", "先乙后甲丙", letters(false, 2), "1. B\n2. AC"],
    [
      "120 degrees",
      "each measures 120 degrees",
      "So each measures 120 degrees.",
      number,
      "120 degrees",
    ],
    ["1.5亿公里", "也就是约1.5亿公里", "1.496×10^8 km，也就是约１.５亿公里", number, "１.５亿公里"],
    ["11", "每队十一人", "每队十一人，包括一名守门员。", number, "11"],
    ["-2", "零下两度", "最低零下两度。", number, "-2"],
    // The value itself is not the reader's but the reply's.
    ["52", "所以是 5²", "所以是 5²。", words, "5²"],
    ["\\\\frac{1}{2}", "得 \\frac{1}{2}", "得 $\\frac{1}{2}$。", formula, "\\frac{1}{2}"],
    ["x=-2", "x 等于负二", "所以 x 等于负二。", formula, "x=-2"],
    [
      "哈姆莱特",
      "《哈姆莱特》就是第一部",
      "丹麦王子那一部，《哈姆莱特》就是第一部",
      words,
      "哈姆莱特",
    ],
    ["堪培拉", "首都\\n是堪培拉", "首都\n是“堪培拉”", words, "堪培拉"],
    [
      "mathrm{H_2O}",
      "mathrm{H_2O}$，由",
      "$\\mathrm{H_2O}$，由氢和氧组成。",
      words,
      "\\mathrm{H_2O}",
    ],
    ["後", "写作後", "繁体写作後。", exactly, "後"],
    ["NaCl", "written as NaCl", "It is written as NaCl (salt).", words, "NaCl"],
    [
      "Michelangelo",
      "painted by Michelangelo",
      "painted by Michelangelo, a rival",
      words,
      "Michelangelo",
    ],
    ["20", "100 20 3", "100 20 3", words, "20"],
    ["5", "$x = 5$ 秒", "得 $x = 5$ 秒", number, "5"],
  ])("%s from %j", (answer, quote, reply, asked, expected) => {
    expect(taken(answer, quote, reply, asked)).toBe(expected);
  });

  test("an answer that is not there needs no quotation", () => {
    expect(checked({ answer: null, quote: "" }, "我不知道。", letters())).toEqual({
      ok: true,
      answer: null,
      quote: "",
    });
  });
});

describe("what does not count", () => {
  test.each<[string, string, string, string, AnswerForm]>([
    ["an invented quotation", "B", "所以选二氧化硫", "真正的元凶是SO₂", letters()],
    ["a quotation of two places", "B", "不算……元凶是SO₂", "不算。元凶是SO₂", letters()],
    ["no option", "E", "元凶是SO₂", "元凶是SO₂", letters()],
    ["words for a letter", "二氧化硫", "元凶是SO₂", "元凶是SO₂", letters()],
    ["two where one is asked", "AB", "元凶是SO₂", "元凶是SO₂", letters()],
    ["too few parts", "B", "先乙后甲", "先乙后甲", letters(false, 2)],
    ["a number that is worked out", "105", "3500 × 3%", "应缴 3500 × 3%", number],
    ["a piece of a number", "12", "共 120 元", "共 120 元", number],
    ["a number without its power of ten", "8", "共 8万元", "共 8万元", number],
    ["a number without its sign", "2", "x 等于负2", "x 等于负2", formula],
    ["a sign that is not there", "-2", "x 等于二", "x 等于二", formula],
    ["a name that is known and not said", "李白", "那位诗仙写的", "那位诗仙写的", words],
    ["a piece of a word", "cat", "in this category", "in this category", words],
    ["another script", "后", "写作後", "繁体写作後。", exactly],
    ["5² and 52 alike", "52", "5² 或 52", "5² 或 52", words],
    ["a quotation of blanks", "李白", "  ", "李白", words],
  ])("%s", (_, answer, quote, reply, asked) => {
    expect(checked({ answer, quote }, reply, asked).ok).toBe(false);
  });
});
