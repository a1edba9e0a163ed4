import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { ToneBook, FaultyVerse } from "../generating/verse/verse.ts";

import { defineGenerator } from "../generating/generator.ts";
import { gatheredQuestion } from "../generating/verse/gathered-text.ts";
import { drawGathering } from "../generating/verse/gathered.ts";
import { drawVerse } from "../generating/verse/verse.ts";

const Options = z.strictObject({
  book: z
    .enum(["今音", "平水韵"])
    .default("今音")
    .describe("今音: tones of today and 中华新韵; 平水韵: with entering tones"),
  size: z.literal([5, 7]).default(5).describe("characters of a line"),
  lines: z.literal([4, 8]).default(4),
  poems: z.int().min(1).max(40).default(1),
  faults: z.int().min(2).max(8).default(2).describe("of one poem, at most"),
  candidates: z
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe("about so many lines, from which eight are to be chosen; 0: faults are looked for"),
  ways: z
    .int()
    .min(20)
    .max(10_000)
    .default(180)
    .describe("to choose them before points are looked at, or up to twice as many"),
});

/**
 * Regulated verse after a pattern that is shown: which characters break it, by their tone or by their rhyme? From level 5 on,
 * in how many ways eight lines can be chosen that make a poem of so many points without any character twice.
 */
export const generator = defineGenerator({
  id: "verse-faults",
  version: "7",
  title: { zh: "平仄与押韵", en: "tones and rhymes" },
  grader: "value",
  options: Options,
  levels: [
    ...(
      [
        ["今音", 5, 4, 1, 2, 0.01],
        ["今音", 7, 4, 1, 3, 0.005],
        ["今音", 5, 8, 1, 4, 0.003],
        ["今音", 7, 8, 4, 4, 0.002],
      ] as const
    ).map(([book, size, lines, poems, faults, floor]) => ({
      options: { book, size, lines, poems, faults },
      floor,
    })),
    ...(
      [
        [40, 60, 0.045],
        [44, 150, 0.03],
        [47, 420, 0.03],
        [51, 950, 0.03],
        [54, 1_350, 0.03],
        [56, 1_500, 0.03],
      ] as const
    ).map(([candidates, ways, floor]) => ({ options: { candidates, ways }, floor })),
  ],
  make: (draw, { book, size, lines, poems, faults, candidates: count, ways }): Made => {
    if (count > 0) {
      const gathering = drawGathering(draw, { lines: count, ways });
      const question = gatheredQuestion(draw, gathering);
      return { question, answer: gathering.ways, grader: { use: "numeric" } };
    }
    const verses = Array.from({ length: poems }, () =>
      drawSure(draw, { book, size, length: lines, faults }),
    );
    const wrong = verses.flatMap((verse, at) =>
      verse.faults.map((each) => (poems === 1 ? each : `${at + 1}${each}`)),
    );
    return {
      question: questionOf(draw, verses, book, size),
      answer: wrong.join("、"),
      grader: { use: "value", with: { type: "list", order: "free" } },
    };
  },
});

const punctuated = (each: string, at: number): string => `${each}${at % 2 === 0 ? "，" : "。\n"}`;

type Wish = { book: ToneBook; size: 5 | 7; length: 4 | 8; faults: number };

/** A verse with some of so many faults, two at least. */
function drawSure(draw: Draw, { faults, ...wish }: Wish): FaultyVerse {
  const count = draw.int(Math.max(2, Math.floor(faults / 2)), faults);
  for (;;) {
    const verse = drawVerse(draw, { ...wish, faults: count });
    if (verse !== null) return verse;
  }
}

function questionOf(
  draw: Draw,
  verses: readonly FaultyVerse[],
  book: ToneBook,
  size: 5 | 7,
): string {
  const [first] = verses;
  const name = `${size === 5 ? "五" : "七"}${first?.lines.length === 4 ? "绝" : "律"}`;
  const patternHead = draw.pick(patternHeads);
  const rule = draw.pick(rhymeRules[book]);
  const poems = verses.map(({ lines, patterns, rhyming, rhyme }, at) => {
    const places = rhyming.map((line) => line + 1).join("、");
    return [
      ...(verses.length === 1 ? [] : [`其${numeral(at + 1)}`]),
      lines.map(punctuated).join("").trimEnd(),
      `${patternHead}（“中”处可平可仄）：`,
      patterns.map(punctuated).join("").trimEnd(),
      rule.replace("{句}", places).replace("{韵}", rhyme),
    ].join("\n");
  });
  const number = verses.length === 1 ? `首${name}` : `组${name}（共 ${verses.length} 首）`;
  const how =
    verses.length === 1
      ? "请在最后一行用“答案：……”写出这些字，用顿号隔开，不加引号和说明。"
      : "请在最后一行用“答案：……”写出这些字，每个字前面写上它在第几首，如“1天、3云”，用顿号隔开，不加引号和说明。";
  return [
    draw.pick(heads).replace("{体}", number),
    ...poems,
    draw.pick(toneRules[book]),
    `${draw.pick(asks)}严格按谱，不论拗救。${how}`,
  ].join("\n");
}

const digits = ["", ...Array.from("一二三四五六七八九")];

/** 一 to 九十九. */
function numeral(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const head = tens === 0 ? "" : `${tens === 1 ? "" : (digits[tens] ?? "")}十`;
  return `${head}${digits[ones] ?? ""}`;
}

const heads = [
  "下面这{体}是初学者的习作，里面有不合格律的字：",
  "诗社的学员交来一{体}，声律上有毛病：",
  "请替作者检查这{体}：",
  "下面是集词而成的一{体}，只看声律，不论意思：",
  "老师批改一{体}习作：",
  "有人照谱填了一{体}，其中有填错的地方：",
];

const patternHeads = ["它所用的谱式是", "应遵守的平仄谱如下", "照这个谱填写", "格律谱"];

const toneRules = {
  今音: [
    "平仄按普通话：一、二声为平，三、四声为仄。",
    "以今音论，阴平、阳平是平，上声、去声是仄。",
    "声调以普通话为准，第一、二声算平声，第三、四声算仄声。",
  ],
  平水韵: [
    "平仄和押韵都按平水韵，入声算仄。",
    "以平水韵论声，上、去、入三声都是仄。",
    "声调以平水韵为准，入声字一律算仄，不管今天读几声。",
  ],
} as const;

const rhymeRules = {
  今音: [
    "第 {句} 句押韵，须押《中华新韵》“{韵}”韵。",
    "第 {句} 句末字应在《中华新韵》的“{韵}”部。",
  ],
  平水韵: ["第 {句} 句押韵，须押平水韵“{韵}”韵。", "第 {句} 句末字应在平水韵的“{韵}”部。"],
} as const;

const asks = [
  "哪些字平仄不合谱，或者出了韵？",
  "请找出全部不合平仄的字和出韵的字。",
  "指出所有填错的字（平仄不合的和不押韵的都算）。",
  "有哪些字不合律？（平仄不合谱的、出韵的）",
  "出律的字和出韵的字各是哪些？合在一起写出来。",
];
