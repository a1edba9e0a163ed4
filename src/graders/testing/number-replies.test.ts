import { describe, expect, test } from "vitest";

import { grader as math } from "../math.ts";
import { grader as numeric } from "../numeric.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../registry.ts";
import { sampleOf } from "./sample.ts";

type Expected = "right" | "wrong" | "unresolved";
type Row = readonly [reply: string, gold: string | number, unit: string | null, verdict: Expected];

const numbers: readonly Row[] = [
  // Chinese numerals, small and capital, old and colloquial.
  ["答案：三十五", 35, null, "right"],
  ["答案：叁拾伍元", 35, "元", "right"],
  ["答案：壹万贰仟叁佰元整", 12300, "元", "right"],
  ["共计人民币壹佰贰拾叁元肆角伍分", 123.45, "元", "right"],
  ["答案：两千零五", 2005, null, "right"],
  ["答案：二百五", 250, null, "right"],
  ["答案：一百零五", 105, null, "right"],
  ["答案：一百五", 105, null, "wrong"],
  ["答案：廿五", 25, null, "right"],
  ["答案：卅", 30, null, "right"],
  ["答案：十二", 12, null, "right"],
  ["答案：两个", 2, null, "right"],
  ["答案：〇", 0, null, "right"],
  ["答案：零", 0, null, "right"],
  ["答案：二〇二五年", 2025, null, "right"],
  ["答案：三点一四", 3.14, null, "right"],
  ["答案：负三", -3, null, "right"],
  ["答案：两万三千", 23000, null, "right"],
  ["答案：一亿二千万", 120000000, null, "right"],
  ["答案：1.2亿", 120000000, null, "right"],
  ["答案：3.5万亿元", 3500000000000, "元", "right"],
  ["答案：12万", 120000, null, "right"],
  ["答案：１２万３千", 123000, null, "right"],
  ["答案：半", 0.5, null, "right"],
  ["答案：两个半小时", 2.5, "小时", "right"],
  ["答案：一个半小时", 1.5, "小时", "right"],
  ["答案：三百余人", 300, "人", "right"],
  ["答案：300多人", 300, "人", "right"],
  ["共有三十六人。", 36, null, "right"],
  ["一共是四十八个苹果。", 48, "个", "right"],
  // Fractions, mixed numbers, percent.
  ["答案：二分之一", 0.5, null, "right"],
  ["答案：五分之三", "3/5", null, "right"],
  ["答案：三又二分之一", 3.5, null, "right"],
  ["答案：3又1/2", 3.5, null, "right"],
  ["答案：$3\\frac{1}{2}$", 3.5, null, "right"],
  ["答案：$\\frac{7}{2}$", 3.5, null, "right"],
  ["答案：\\dfrac{7}{2}", "3.5", null, "right"],
  ["答案：7/2", 3.5, null, "right"],
  ["答案：7÷2=3.5", 3.5, null, "right"],
  ["答案：0.25", "25%", null, "right"],
  ["答案：25%", "0.25", null, "right"],
  ["答案：百分之二十五", "25%", null, "right"],
  ["答案：25％", "25%", null, "right"],
  ["答案：25", "25%", null, "wrong"],
  ["答案：25", "25", "%", "right"],
  ["答案：0.25", "25", "%", "wrong"],
  ["答案：千分之三", "0.003", null, "right"],
  ["答案：3‰", "0.003", null, "right"],
  ["增长了15个百分点", "15%", null, "right"],
  // Powers, thousands, full width, signs.
  ["答案：3×10^8", 300000000, null, "right"],
  ["答案：$3\\times 10^{8}$", 300000000, null, "right"],
  ["答案：3.0×10⁸ m/s", 300000000, null, "right"],
  ["答案：3e8", 300000000, null, "right"],
  ["答案：1.6×10^{-19}", 1.6e-19, null, "right"],
  ["答案：1,234,567", 1234567, null, "right"],
  ["答案：1，234，567", 1234567, null, "right"],
  ["答案：12 345", 12345, null, "right"],
  ["答案：１２３", 123, null, "right"],
  ["答案：-5", -5, null, "right"],
  ["答案：−5", -5, null, "right"],
  ["答案：－5", -5, null, "right"],
  ["答案：零下5摄氏度", -5, null, "right"],
  ["答案：+5", 5, null, "right"],
  ["x = -5", -5, null, "right"],
  ["答案：$-\\frac{1}{2}$", -0.5, null, "right"],
  ["答案：.5", 0.5, null, "right"],
  // Units.
  ["答案：5km", 5000, "米", "right"],
  ["答案：5公里", 5, "千米", "right"],
  ["答案：500g", 0.5, "千克", "right"],
  ["答案：1斤", 500, "克", "right"],
  ["答案：2小时", 120, "分钟", "right"],
  ["答案：1小时30分钟", 90, "分钟", "right"],
  ["答案：1.5h", 90, "分钟", "right"],
  ["答案：3元5角", 3.5, "元", "right"],
  ["答案：3.5块", 3.5, "元", "right"],
  ["答案：3块5", 3.5, "元", "right"],
  ["答案：￥35", 35, "元", "right"],
  ["答案：35.00元", 35, "元", "right"],
  ["答案：1米65", 1.65, "米", "right"],
  ["答案：25平方厘米", 25, "平方厘米", "right"],
  ["答案：25 cm²", 25, "平方厘米", "right"],
  ["答案：$25\\text{ cm}^2$", 25, "平方厘米", "right"],
  ["答案：2.5升", 2500, "毫升", "right"],
  ["答案：36天", 36, "天", "right"],
  ["答案：5千克", 5, "米", "wrong"],
  // Where it stands.
  ["3+4×5=23", 23, null, "right"],
  ["解：设有x人。5x+3=38，x=7。\n答：共有7人。", 7, "人", "right"],
  ["答：小明有 12 本，比小红多 3 本。", 12, null, "unresolved"],
  ["第一步：3×4=12\n第二步：12+5=17\n所以答案是17", 17, null, "right"],
  ["**17**", 17, null, "right"],
  ["【17】", 17, null, "right"],
  ["$\\boxed{17}$", 17, null, "right"],
  ["\\boxed{17 \\text{ 元}}", 17, "元", "right"],
  ["最终答案：$17$ 元", 17, "元", "right"],
  ["答案是 17（即 12+5）。", 17, null, "right"],
  ["答案：约17", 17, null, "right"],
  ["答案≈17.3", 17.3, null, "right"],
  ["答案：大约3.14", 3.14, null, "right"],
  ["所以，一共需要17天（不包括周末的2天）。", 17, "天", "right"],
  ["答案：16。\n\n更正：答案应为17。", 17, null, "right"],
  ["The answer is 17.", 17, null, "right"],
  ["Answer: 17 dollars", 17, null, "right"],
  ["#### 17", 17, null, "right"],
  ["所以小明今年17岁，爸爸45岁。", 17, null, "wrong"],
  ["3~5天", "3~5天", null, "right"],
  ["3-5天", "3~5天", null, "right"],
  ["三到五天", "3~5天", null, "right"],
  ["答案：4天", "3~5天", null, "right"],
  ["答案：3~5", 4, null, "wrong"],
  ["答案：17或18", 17, null, "unresolved"],
  ["我不知道", 17, null, "unresolved"],
  ["<think>是17", 17, null, "unresolved"],
  ["", 17, null, "unresolved"],
];

describe("numbers", () => {
  test.each(numbers)("%j for %j %s: %s", async (reply, answer, unit, verdict) => {
    const grade = await gradeSample(
      numeric,
      parseGraderOptions(numeric, {}),
      sampleOf(reply, { answer, unit }),
    );
    expect([grade.verdict, grade.extracted, grade.why]).toEqual([
      verdict,
      grade.extracted,
      grade.why,
    ]);
  });
});

const formulas: readonly (readonly [reply: string, gold: string, verdict: Expected])[] = [
  ["答案：$x=2$ 或 $x=3$", "2,3", "right"],
  ["$\\boxed{x=2,\\ x=3}$", "x=3或x=2", "right"],
  ["答案：x₁=2，x₂=3", "2,3", "right"],
  ["\\boxed{\\{2, 3\\}}", "\\{3,2\\}", "right"],
  ["答案：$(2,3]$", "2<x≤3", "right"],
  ["答案：$2<x\\leqslant 3$", "(2,3]", "right"],
  ["答案：$x\\in(2,3]$", "(2,3]", "right"],
  ["答案：$\\{x\\mid 2<x\\le 3\\}$", "(2,3]", "right"],
  ["答案：$[2,3]$", "(2,3]", "wrong"],
  ["答案：$(-\\infty,-1)\\cup(3,+\\infty)$", "x<-1或x>3", "right"],
  ["答案：x<-1 或 x>3", "(-\\infty,-1)\\cup(3,+\\infty)", "right"],
  ["答案：$\\frac{\\sqrt{2}}{2}$", "\\frac{1}{\\sqrt{2}}", "right"],
  ["答案：√2/2", "\\frac{\\sqrt{2}}{2}", "right"],
  ["答案：$2^{10}$", "1024", "right"],
  ["答案：$\\sin 30°$", "1/2", "right"],
  ["答案：$\\frac{\\pi}{6}$", "π/6", "right"],
  ["答案：30°", "\\frac{\\pi}{6}", "wrong"],
  ["答案：$a^2-b^2$", "(a+b)(a-b)", "right"],
  ["答案：$(a+b)(a−b)$", "a^2-b^2", "right"],
  ["答案：$y=-2x+3$", "2x+y-3=0", "right"],
  ["答案：$\\ln 8$", "3\\ln 2", "right"],
  ["答案：$e^{2x}$", "(e^x)^2", "right"],
  ["答案：(3, -4)", "(3,-4)", "right"],
  ["答案：$(-4,3)$", "(3,-4)", "wrong"],
  ["答案：无解", "∅", "right"],
  ["答案：空集", "\\varnothing", "right"],
  ["答案：$n(n+1)/2$", "\\frac{n^2+n}{2}", "right"],
  ["答案：$2\\sqrt{3}$ cm", "2\\sqrt{3}", "right"],
  ["**答案：$\\dfrac{3}{4}$**", "0.75", "right"],
  ["所以答案为：$$\\frac{3}{4}$$", "3/4", "right"],
  ["故选 \\(\\frac{3}{4}\\)。", "3/4", "right"],
  ["\\boxed{\\text{无解}}", "∅", "right"],
  ["答案：$x^2$", "x^3", "wrong"],
  ["答案：这道题条件不足", "3", "unresolved"],
];

describe("formulas", () => {
  test.each(formulas)("%j for %j: %s", async (reply, answer, verdict) => {
    const grade = await gradeSample(
      math,
      parseGraderOptions(math, {}),
      sampleOf(reply, { answer }),
    );
    expect([grade.verdict, grade.extracted, grade.why]).toEqual([
      verdict,
      grade.extracted,
      grade.why,
    ]);
  });
});
