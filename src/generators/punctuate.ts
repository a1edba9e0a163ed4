import { z } from "zod";

import type { BareText } from "../generating/classical/passage.ts";
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
    .max(400)
    .default(14)
    .describe("places of which it is asked whether to break"),
  names: z
    .enum(["plain", "tricky"])
    .default("plain")
    .describe("tricky: given names that could be another word"),
  asks: z
    .enum(["numbers", "pieces"])
    .default("numbers")
    .describe("pieces: into how many the text falls, and how long some of them are"),
});

/**
 * Unpunctuated lives in the manner of the old histories: at which of the numbered places does one break? Places where
 * readers may differ are never numbered.
 */
export const generator = defineGenerator({
  id: "punctuate",
  version: "3",
  title: { zh: "古文断句", en: "breaks in classical Chinese" },
  grader: "value",
  options: Options,
  levels: [
    { lives: 1, passages: 2, marks: 5, names: "plain" as const },
    { lives: 1, passages: 2, marks: 7, names: "plain" as const },
    { lives: 1, passages: 3, marks: 10, names: "plain" as const },
    { lives: 1, passages: 8, marks: 34, names: "tricky" as const },
    { lives: 2, passages: 10, marks: 80, names: "tricky" as const, asks: "pieces" as const },
    { lives: 3, passages: 11, marks: 120, names: "tricky" as const, asks: "pieces" as const },
    { lives: 4, passages: 12, marks: 160, names: "tricky" as const, asks: "pieces" as const },
    { lives: 5, passages: 14, marks: 220, names: "tricky" as const, asks: "pieces" as const },
    { lives: 6, passages: 16, marks: 290, names: "tricky" as const, asks: "pieces" as const },
    { lives: 7, passages: 18, marks: 380, names: "tricky" as const, asks: "pieces" as const },
  ].map((options) => ({
    options,
    floor:
      options.marks < 7 ? 0.185 : options.marks < 10 ? 0.06 : options.marks < 14 ? 0.01 : 0.003,
  })),
  make: (draw, { lives, passages, marks, names, asks: kind }): Made => {
    const { characters, gaps } = drawLives(draw, lives, passages, names === "tricky");
    const breaks = placesOf(gaps, "break").filter((at) => (characters[at + 1] ?? "\n") !== "\n");
    const inner = placesOf(gaps, "none");
    // About two breaks of five places, and not always so many.
    const wanted = Math.max(2, Math.round((marks * draw.int(30, 50)) / 100));
    const right = draw.sample(breaks, Math.min(wanted, breaks.length));
    const wrong = spread(draw, inner, gaps, marks - right.length);
    const numbered = [...right, ...wrong].toSorted((a, b) => a - b);
    const text = characters
      .map((character, at) => {
        const number = numbered.indexOf(at);
        return `${character}${number < 0 ? "" : markOf(number + 1, marks)}`;
      })
      .join("");
    if (kind === "pieces") return piecesAsked(draw, text, characters, right);
    const answer = numbered.flatMap((at, index) => (gaps[at] === "break" ? [index + 1] : []));
    return {
      question: `${draw.pick(heads)}\n${text}\n${draw.pick(asks)}`,
      answer: answer.join("、"),
      grader: { use: "value", with: { type: "list", order: "free" } },
    };
  },
});

/** The text falls apart at the right places and at the ends of its lines. */
function piecesAsked(
  draw: Draw,
  text: string,
  characters: readonly string[],
  right: readonly number[],
): Made {
  const lengths = [0];
  for (const [at, character] of characters.entries()) {
    if (character !== "\n") lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    if (character === "\n" || right.includes(at)) lengths.push(0);
  }
  const asked = draw
    .sample(
      lengths.map((_, at) => at),
      askedPieces,
    )
    .toSorted((a, b) => a - b);
  return {
    question: `${draw.pick(heads)}\n${text}\n${draw
      .pick(pieceAsks)
      .replace("{截}", asked.map((at) => at + 1).join("、"))}`,
    answer: [lengths.length, ...asked.map((at) => lengths[at] ?? 0)].join("、"),
    grader: { use: "value", with: { type: "list" } },
  };
}

/** Of how many pieces the length is asked for. */
const askedPieces = 5;

const pieceAsks = [
  "标号的地方，应当断开的（不论用句号、逗号还是冒号）都断开；没有标号的地方一律不断；另起一行处也断开。全文这样分成若干截，一共几截？第 {截} 截各有几个字（标号不算字）？请在最后一行用“答案：……”先写总截数，再依次写各截的字数，用数字，以顿号隔开。",
  "只在应当点断的编号处和换行处断开，别处一概不断，全文就分成若干截。请在最后一行用“答案：……”依次写出：总共几截，第 {截} 截各几个字（编号不算）。用数字，以顿号隔开。",
  "把编号处该断的都断开（换行处也断开，没有编号的地方不断），全文分成若干截。数一数共有几截，再数第 {截} 截各有多少个字，编号不算字。最后一行用“答案：……”按这个次序写出各数，以顿号隔开。",
];

/** Lives of several people, each on a line of its own. */
function drawLives(draw: Draw, lives: number, passages: number, hasTraps: boolean): BareText {
  const texts = Array.from({ length: lives }, () => drawPassage(draw, passages, hasTraps));
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
