import type { Cue, Solution } from "./cue.ts";

/** Leads to the gold's text, or to one that is easily taken for it. */
export function solveWords(cue: Cue): Solution {
  const value = cue.intent === "right" ? goldOf(cue) : mistaken(cue);
  return { steps: [leadIn(cue)], value, meaning: null, rivals: [] };
}

export const goldOf = ({ gold }: Cue): string =>
  [gold.answer ?? gold.aliases[0] ?? gold.reference ?? ""].flat().map(String).join("、");

function leadIn({ random, previous }: Cue): string {
  if (previous !== null) return random.pick(["接着上面的内容来看。", "在刚才的基础上再想一步。"]);
  return random.pick([
    "这道题要先弄清楚问的是什么，再回到原文或常识里去找。",
    "先回忆相关的内容，再对照题目的要求核对一遍。",
    "题目的关键在前半句，顺着意思往下推就可以了。",
    "从上下文看，需要填的内容应当与前面呼应。",
  ]);
}

/** The answer of another question, else the right one with a slip of the pen. */
export function mistaken(cue: Cue): string {
  const rights = [goldOf(cue), ...[cue.gold.answer ?? []].flat().map(String), ...cue.gold.aliases];
  const strangers = cue.others.filter(
    (other) => !rights.some((right) => other.includes(right) || right.includes(other)),
  );
  const [first, ...rest] = strangers;
  if (first !== undefined && cue.random.chance(0.7)) return cue.random.pick([first, ...rest]);
  const slip = slipOf(goldOf(cue), cue);
  return rights.some((right) => slip.includes(right)) ? "暂时想不起来" : slip;
}

const lookalikes: readonly string[] = [
  "的得地",
  "在再",
  "做作",
  "已己",
  "未末",
  "春秋",
  "东西",
  "南北",
  "山水",
  "风雨",
  "明清",
  "大太",
  "一二三四五六七八九十",
  "甲乙丙丁",
  "人入",
  "土士",
  "日曰",
  "花草",
  "上下",
  "前后",
  "左右",
  "高低",
];

function slipOf(text: string, { random }: Cue): string {
  const points = Array.from(text);
  const swapped = points.flatMap((point, index) => {
    const family = lookalikes.find((each) => each.includes(point));
    const other =
      family === undefined ? undefined : Array.from(family).find((each) => each !== point);
    return other === undefined ? [] : [points.with(index, other).join("")];
  });
  const [first, ...rest] = swapped;
  if (first !== undefined) return random.pick([first, ...rest]);
  if (/\d/.test(text)) return text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  if (points.length >= 4) return [...points.slice(0, -2), points.at(-1), points.at(-2)].join("");
  return random.pick(
    ["春", "水", "云", "月", "石"].filter((each) => !text.includes(each)) as [string],
  );
}
