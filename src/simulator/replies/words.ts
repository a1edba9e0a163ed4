import type { Cue, Solution } from "./cue.ts";

import { shuffled } from "../random.ts";
import { focusOf } from "./focus.ts";

/** Leads to the gold's text, or to a plausible wrong one. */
export function solveWords(cue: Cue): Solution {
  const value = cue.intent === "right" ? goldOf(cue) : wrongWords(cue);
  return { steps: leadIn(cue), value, meaning: null, rivals: [] };
}

/** True where the whole reply is compared, so that any extra word makes it wrong. */
export const wordsOnly = ({ gold }: Cue): boolean =>
  ["exact", "value"].includes(gold.grader?.use ?? "") && gold.grader?.with?.["from"] === "reply";

/** A sentence around the required words; a wrong reply may also leave them out. */
export function containing({ value, steps }: Solution, cue: Cue): string {
  const { random, intent } = cue;
  if (intent === "right") {
    return random.pick([
      `${value}，这是首先应当提到的一点，也最能说明它的特别之处。`,
      `说到这个话题，不能不提${value}，它给人留下了很深的印象。`,
      `${steps.join("")}\n\n答案：${value}`,
    ]);
  }
  const [first = "", ...rest] = [
    "它内容丰富，特点鲜明，了解过的人都会留下很深的印象。",
    "这个话题很有意思，三言两语说不完，值得慢慢体会。",
    `答案：${value}`,
  ].filter((text) => !holdsRight(text, cue));
  return random.pick([first, ...rest]);
}

/** The gold: the first of several alternatives, or all members where all are required. */
function goldOf({ gold }: Cue): string {
  const members = [gold.answer ?? gold.aliases[0] ?? ""].flat().map(String);
  const isWhole = gold.grader?.use === "contains" || gold.grader?.with?.["type"] === "list";
  return isWhole ? members.join("、") : (members[0] ?? "");
}

export const holdsRight = (text: string, cue: Cue): boolean =>
  rightsOf(cue).some((right) => text.includes(right));

const rightsOf = ({ gold }: Cue): readonly string[] =>
  [gold.answer ?? [], gold.aliases].flat(2).map(String);

function wrongWords(cue: Cue): string {
  // Models tend to add pleasantries where only the bare words are wanted.
  if (wordsOnly(cue) && cue.random.chance(0.5)) {
    return cue.random.pick([`好的，${goldOf(cue)}`, `${goldOf(cue)}，请查收`]);
  }
  return mistaken(cue);
}

/** The answer to another question, else the right one with a slip. */
export function mistaken(cue: Cue): string {
  const rights = rightsOf(cue);
  const unrelated = cue.others.filter(
    (other) => !rights.some((right) => other.includes(right) || right.includes(other)),
  );
  const [first, ...rest] = unrelated;
  if (first !== undefined && cue.random.chance(0.7)) return cue.random.pick([first, ...rest]);
  const slip = slipOf(rights[0] ?? "", cue);
  return rights.some((right) => slip.includes(right)) ? "暂时想不起来" : slip;
}

function leadIn(cue: Cue): readonly string[] {
  const { random, previous, gold } = cue;
  if (previous !== null) return [random.pick(["接着上面的内容来看。", "在刚才的基础上再想一步。"])];
  const focus = focusOf(gold.question);
  const about =
    focus === null
      ? shuffled(generalLeads, random)
      : [
          `题目的关键在“${focus}”。`,
          `先想一想“${focus}”的出处和前后文。`,
          `由“${focus}”可以往下推。`,
        ];
  return [random.pick([about[0] ?? "", about[1] ?? ""]), shuffled(checks, random)[0] ?? ""];
}

const generalLeads: readonly string[] = [
  "这道题要先弄清楚问的是什么，再回到原文或常识里去找。",
  "先回忆相关的内容，再对照题目的要求核对一遍。",
  "题目的条件不多，顺着意思往下推就可以了。",
  "需要填的内容应当与题干互相呼应。",
];
const checks: readonly string[] = [
  "把想到的结果放回题目里读一遍，是通顺的。",
  "几种可能比较下来，只有一种完全合乎要求。",
  "再核对一遍字形和用词，没有发现问题。",
  "按通常的说法，结论比较明确。",
];

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
    const family = lookalikes.find((each) => each.includes(point)) ?? "";
    const other = Array.from(family).find((each) => each !== point);
    return other === undefined ? [] : [points.with(index, other).join("")];
  });
  const [first, ...rest] = swapped;
  if (first !== undefined) return random.pick([first, ...rest]);
  if (/\d/.test(text)) return text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  if (points.length >= 4) return [...points.slice(0, -2), points.at(-1), points.at(-2)].join("");
  const [one = "", ...more] = ["春", "水", "云", "月", "石"].filter((each) => !text.includes(each));
  return random.pick([one, ...more]);
}
