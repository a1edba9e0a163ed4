import { z } from "zod";

import type { BareText, Gap } from "../generating/classical/passage.ts";
import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { drawPassage } from "../generating/classical/passage.ts";
import { defineGenerator } from "../generating/generator.ts";

const Options = z.strictObject({
  lives: z.int().min(1).max(8).default(1).describe("people, one after another"),
  passages: z.int().min(2).max(20).default(5).describe("of each life"),
  marks: z
    .int()
    .min(4)
    .max(500)
    .default(14)
    .describe("places of which it is asked whether to break"),
  names: z
    .enum(["plain", "tricky"])
    .default("plain")
    .describe("tricky: given names that could be another word"),
  asks: z
    .enum(["numbers", "pieces"])
    .default("numbers")
    .describe(
      "pieces: into how many the text falls by rules that the question gives, and how long they are",
    ),
});

/**
 * Unpunctuated lives in the manner of the old histories: at which of the numbered places does one break? Places where
 * readers may differ are never numbered.
 */
export const generator = defineGenerator({
  id: "punctuate",
  version: "6",
  title: { zh: "古文断句", en: "breaks in classical Chinese" },
  grader: "value",
  options: Options,
  levels: [
    { lives: 1, passages: 2, marks: 5, names: "plain" as const },
    { lives: 1, passages: 2, marks: 7, names: "plain" as const },
    { lives: 1, passages: 3, marks: 10, names: "plain" as const },
    { lives: 1, passages: 8, marks: 34, names: "tricky" as const },
    { lives: 3, passages: 10, marks: 130, names: "tricky" as const, asks: "pieces" as const },
    { lives: 4, passages: 11, marks: 170, names: "tricky" as const, asks: "pieces" as const },
    { lives: 4, passages: 13, marks: 200, names: "tricky" as const, asks: "pieces" as const },
    { lives: 4, passages: 15, marks: 240, names: "tricky" as const, asks: "pieces" as const },
    { lives: 6, passages: 16, marks: 350, names: "tricky" as const, asks: "pieces" as const },
    { lives: 7, passages: 18, marks: 440, names: "tricky" as const, asks: "pieces" as const },
  ].map((options) => ({
    options,
    floor:
      options.marks < 7 ? 0.185 : options.marks < 10 ? 0.06 : options.marks < 14 ? 0.01 : 0.003,
  })),
  make: (draw, { lives, passages, marks, names, asks: kind }): Made => {
    const { characters, gaps } = drawLives(draw, lives, passages, names === "tricky");
    const rules: BreakRules | null =
      kind === "pieces" ? { time: draw.int(0, 1) === 1, name: draw.int(0, 1) === 1 } : null;
    const settled = gaps.map((gap): Gap => {
      if (gap !== "time" && gap !== "name") return gap;
      return rules === null ? "either" : rules[gap] ? "break" : "none";
    });
    const isRuled = (at: number): boolean => gaps[at] !== settled[at] && settled[at] !== "either";
    const isInLine = (at: number): boolean => (characters[at + 1] ?? "\n") !== "\n";
    const breaks = placesOf(settled, "break").filter(isInLine);
    const inner = placesOf(settled, "none");
    // About two breaks of five places, and not always so many; what the question's rules settle is asked in any case.
    const wanted = Math.max(2, Math.round((marks * draw.int(30, 50)) / 100));
    const ruledBreaks = breaks.filter(isRuled);
    const others = breaks.filter((at) => !isRuled(at));
    const right = [
      ...ruledBreaks,
      ...draw.sample(others, Math.max(0, Math.min(wanted - ruledBreaks.length, others.length))),
    ];
    const ruledInner = inner.filter(isRuled);
    const free = inner.filter((at) => !isRuled(at));
    const wrong = [
      ...ruledInner,
      ...spread(draw, free, settled, Math.max(0, marks - right.length - ruledInner.length)),
    ];
    const numbered = [...right, ...wrong].toSorted((a, b) => a - b);
    const text = characters
      .map((character, at) => {
        const number = numbered.indexOf(at);
        return `${character}${number < 0 ? "" : markOf(number + 1, marks)}`;
      })
      .join("");
    if (rules !== null) return piecesAsked(draw, { text, characters, right, rules });
    const answer = numbered.flatMap((at, index) => (settled[at] === "break" ? [index + 1] : []));
    return {
      question: `${draw.pick(heads)}\n${text}\n${draw.pick(asks)}`,
      answer: answer.join("、"),
      grader: { use: "value", with: { type: "list", order: "free" } },
    };
  },
});

/** Whether one breaks behind a time, and where the hero is named first. */
type BreakRules = { readonly time: boolean; readonly name: boolean };

/** The text falls apart at the right places and at the ends of its lines. */
function piecesAsked(
  draw: Draw,
  {
    text,
    characters,
    right,
    rules,
  }: {
    readonly text: string;
    readonly characters: readonly string[];
    readonly right: readonly number[];
    readonly rules: BreakRules;
  },
): Made {
  const lengths = [0];
  const isRight = new Set(right);
  for (const [at, character] of characters.entries()) {
    if (character !== "\n") lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    if (character === "\n" || isRight.has(at)) lengths.push(0);
  }
  const asked = draw.sample([3, 4, 5, 6, 7, 8], askedLengths).toSorted((a, b) => a - b);
  return {
    question: `${draw.pick(heads)}\n${text}\n${rulesText(draw, rules)}${draw
      .pick(pieceAsks)
      .replace("{长}", asked.join("、"))}`,
    answer: [
      lengths.length,
      lengths.reduce((sum, length, at) => sum + length * (at + 1), 0),
      ...asked.map((wanted) => lengths.filter((length) => length === wanted).length),
    ].join("、"),
    grader: { use: "value", with: { type: "list" } },
  };
}

/** Of how many lengths it is asked how many pieces have them. */
const askedLengths = 3;

const rulesText = (draw: Draw, { time, name }: BreakRules): string => {
  const times =
    "表示时间的“及长”“先是”“居二年”“数岁”“后几年”和带年号的词语（如“永康三年”“太和初”“建平中”“会延光末”）之后";
  const names = "每一行里传主的姓名第一次出现时，姓名（有“者”字的连“者”字）之后";
  return `${draw.pick(["断句的凡例", "本题的断法", "点校凡例"])}：${times}一律${time ? "断开" : "不断"}；${names}一律${name ? "断开" : "不断"}；其余照文意，应当断开的（不论用句号、逗号还是冒号）断开。`;
};

const pieceAsks = [
  "只在有标号的地方断，没有标号的一律不断；另起一行处也断开。全文这样分成若干截，一共几截？每一截的字数（标号不算字）乘以它是第几截，这些积的总和是多少？恰好 {长} 个字的截各有几截？请在最后一行用“答案：……”按这个次序写出各数，用数字，以顿号隔开。",
  "编号处该断的都断开，换行处也断开，别处一概不断，全文就分成若干截。请在最后一行用“答案：……”依次写出：总共几截；每截字数（编号不算字）与它是第几截的乘积之和；恰好有 {长} 个字的截各多少。用数字，以顿号隔开。",
  "按此把编号处该断的都断开（换行处也断开，没有编号的地方不断），全文分成若干截。数一数共有几截，把每截的字数（编号不算字）乘以它的次序（第几截）再求和，再数字数恰好是 {长} 的截各有几截。最后一行用“答案：……”按这个次序写出各数，以顿号隔开。",
];

/** Lives of several people, each on a line of its own. */
function drawLives(draw: Draw, lives: number, passages: number, hasTraps: boolean): BareText {
  const told = new Set<string>();
  const texts = Array.from({ length: lives }, () => drawPassage(draw, passages, hasTraps, told));
  return {
    characters: texts.flatMap(({ characters }, at) =>
      at === 0 ? characters : ["\n", ...characters],
    ),
    gaps: texts.flatMap(({ gaps }, at) => (at === 0 ? gaps : ["either" as const, ...gaps])),
  };
}

const placesOf = (gaps: readonly string[], kind: string): readonly number[] =>
  gaps.flatMap((gap, at) => (gap === kind ? [at] : []));

/** Places within clauses; half of them right beside a break or a pause, where one may be a character off. */
function spread(
  draw: Draw,
  inner: readonly number[],
  gaps: readonly string[],
  count: number,
): readonly number[] {
  const near = inner.filter((at) => gaps[at - 1] !== "none" || gaps[at + 1] !== "none");
  const first = draw.sample(near, Math.ceil(count / 2));
  const rest = inner.filter((at) => !first.includes(at));
  return [...first, ...draw.sample(rest, count - first.length)];
}

/** Circled where there are such numbers for all of them. */
const markOf = (n: number, marks: number): string => (marks > 50 ? `〔${n}〕` : circled(n));

/** ① to ㊿. */
const circled = (n: number): string =>
  String.fromCodePoint(n <= 20 ? 0x24_5f + n : n <= 35 ? 0x32_3c + n : 0x32_8d + n);

const heads = [
  "下面这段文言文没有加标点：",
  "给下面的古文断句：",
  "下面一段仿史传的文字原无标点，文中有些地方标了号：",
  "阅读下面未加标点的文言文，注意文中的编号：",
  "一位编辑在点校下面这段传记，把拿不准的地方都编了号：",
  "读下面的人物传记（原文无标点）：",
  "古籍整理课上发下这样一段白文：",
  "下面的白文里，有的编号处应当断开，有的不应当断开：",
];

const asks = [
  "标号的地方哪些应当断开？文中没有标号的地方不用管。请在最后一行用“答案：……”写出全部编号，用数字，从小到大以顿号隔开。",
  "请找出所有应当点断（不论用句号、逗号还是冒号）的编号处。请在最后一行用“答案：……”列出编号，用数字，以顿号隔开。",
  "在编号处里，挑出必须断句的。请在最后一行用“答案：……”写出这些编号，用数字，从小到大以顿号隔开。",
  "哪些编号处要加标点？只回答这些编号，写在最后一行，形如“答案：1、3”。",
  "请判断每个编号处要不要断句，在最后一行用“答案：……”写出要断的编号（用数字，以顿号隔开）。",
];
