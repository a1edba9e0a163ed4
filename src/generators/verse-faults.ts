import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { ToneBook, FaultyVerse } from "../generating/verse/verse.ts";

import { defineGenerator } from "../generating/generator.ts";
import { brokenPlaces, drawVerse, wholePatterns } from "../generating/verse/verse.ts";

const Options = z.strictObject({
  book: z
    .enum(["今音", "平水韵"])
    .default("今音")
    .describe("今音: tones of today and 中华新韵; 平水韵: with entering tones"),
  size: z.literal([5, 7]).default(5).describe("characters of a line"),
  lines: z.literal([4, 8]).default(4),
  poems: z.int().min(1).max(40).default(1),
  faults: z.int().min(2).max(8).default(2).describe("of one poem, at most"),
  hidden: z
    .boolean()
    .default(false)
    .describe("of eight lines: it is not said which of four patterns a poem follows"),
});

/** Regulated verse after a pattern that is shown: which characters break it, by their tone or by their rhyme? */
export const generator = defineGenerator({
  id: "verse-faults",
  version: "4",
  title: { zh: "平仄与押韵", en: "tones and rhymes" },
  grader: "value",
  options: Options,
  levels: (
    [
      ["今音", 5, 4, 1, 2, 0.01],
      ["今音", 7, 4, 1, 3, 0.005],
      ["今音", 5, 8, 1, 4, 0.003],
      ["今音", 7, 8, 4, 4, 0.002],
      ["平水韵", 7, 8, 11, 5, 0.002, true],
      ["平水韵", 7, 8, 14, 6, 0.002, true],
      ["平水韵", 7, 8, 18, 6, 0.002, true],
      ["平水韵", 7, 8, 23, 6, 0.002, true],
      ["平水韵", 7, 8, 28, 6, 0.002, true],
      ["平水韵", 7, 8, 34, 6, 0.002, true],
    ] as const
  ).map(([book, size, lines, poems, faults, floor, hidden = false]) => ({
    options: { book, size, lines, poems, faults, hidden },
    floor,
  })),
  make: (draw, { book, size, lines, poems, faults, hidden }): Made => {
    if (hidden) return unnamed(draw, { book, size, poems, faults });
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

type Unnamed = { book: ToneBook; size: 5 | 7; poems: number; faults: number };

/** Poems without marks, each after one of four patterns, namely that which it breaks least. */
function unnamed(draw: Draw, { book, size, poems, faults }: Unnamed): Made {
  const patterns = wholePatterns(size);
  const verses = Array.from({ length: poems }, () => {
    for (;;) {
      const verse = drawSure(draw, { book, size, length: 8, faults });
      const broken = patterns
        .map((pattern) => brokenPlaces(verse, pattern, book))
        .toSorted((a, b) => a.length - b.length);
      const [least = [], next = []] = broken;
      // Characters with several tones must not decide it.
      if (least.length + 1 < next.length) return { verse, least };
    }
  });
  const sum = verses.reduce(
    (all, { least }, poem) => all + least.reduce((own, at) => own + (poem + 1) * (at + 1), 0),
    0,
  );
  const name = size === 5 ? "五律" : "七律";
  const rows = patterns.map(
    (pattern, at) =>
      `${"甲乙丙丁"[at] ?? ""}式：${pattern.map(punctuated).join("").replaceAll("\n", "")}`,
  );
  return {
    question: [
      draw.pick(heads).replace("{体}", `组${name}（共 ${poems} 首，没有加标点）`),
      ...verses.map(
        ({ verse }, at) => `其${numeral(at + 1)}（押“${verse.rhyme}”韵）${verse.lines.join("")}`,
      ),
      `${draw.pick(patternLists)}（“中”处可平可仄，末字为平的句子押韵）：`,
      ...rows,
      `题中不说哪一首用哪一式：每首以不合的字（平仄不合谱的、押韵句末字出韵的，都算；一个字两样都犯也只算一个）最少的那一式为准。严格按谱，不论拗救。${draw.pick(toneRules[book])}`,
      `${draw.pick(placeAsks)}请在最后一行用“答案：数字”作答。`,
    ].join("\n"),
    answer: sum,
    grader: { use: "numeric" },
  };
}

const patternLists = ["每首诗都照下面四式中的一式来写", "可用的谱式有下列四种", "谱式共有四种"];

const placeAsks = [
  "每个不合律的字，用它在第几首乘它是那首诗的第几个字，所有这些积的和是多少？",
  "把不合律的字都找出来，各算出“首序×字序”（字序是它在那首诗里从头数起第几个字），总和是多少？",
  "一个不合律的字记分等于它所在的首数乘它在那首里的字数位置（每首从 1 数起），全部加起来多少分？",
];

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
