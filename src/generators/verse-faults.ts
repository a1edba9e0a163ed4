import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { Book, FaultyVerse } from "../generating/verse/verse.ts";

import { defineGenerator } from "../generating/generator.ts";
import { drawVerse } from "../generating/verse/verse.ts";

const Options = z.strictObject({
  book: z
    .enum(["今音", "平水韵"])
    .default("今音")
    .describe("今音: tones of today and 中华新韵; 平水韵: with entering tones"),
  size: z.literal([5, 7]).default(5).describe("characters of a line"),
  lines: z.literal([4, 8]).default(4),
  faults: z.int().min(2).max(8).default(2).describe("at most; two at least"),
});

/** Regulated verse after a pattern that is shown: which characters break it, by their tone or by their rhyme? */
export const generator = defineGenerator({
  id: "verse-faults",
  version: "1",
  title: { zh: "平仄与押韵", en: "tones and rhymes" },
  grader: "value",
  options: Options,
  levels: [
    { book: "今音" as const, size: 5 as const, lines: 4 as const, faults: 2, floor: 0.01 },
    { book: "今音" as const, size: 5 as const, lines: 4 as const, faults: 2, floor: 0.018 },
    { book: "今音" as const, size: 7 as const, lines: 4 as const, faults: 2, floor: 0.008 },
    { book: "今音" as const, size: 5 as const, lines: 8 as const, faults: 3, floor: 0.003 },
    { book: "平水韵" as const, size: 5 as const, lines: 4 as const, faults: 2, floor: 0.018 },
    { book: "今音" as const, size: 7 as const, lines: 8 as const, faults: 4, floor: 0.001 },
    { book: "平水韵" as const, size: 7 as const, lines: 4 as const, faults: 3, floor: 0.003 },
    { book: "平水韵" as const, size: 5 as const, lines: 8 as const, faults: 4, floor: 0.002 },
    { book: "平水韵" as const, size: 7 as const, lines: 8 as const, faults: 6, floor: 0.001 },
    { book: "平水韵" as const, size: 7 as const, lines: 8 as const, faults: 8, floor: 0.001 },
  ].map(({ floor, ...options }) => ({ options, floor })),
  make: (draw, { book, size, lines, faults }): Made => {
    for (;;) {
      const count = draw.int(Math.max(2, Math.ceil(faults / 2)), faults);
      const verse = drawVerse(draw, { book, size, length: lines, faults: count });
      if (verse === null) continue;
      return {
        question: questionOf(draw, verse, book, size),
        answer: verse.faults.join("、"),
        grader: { use: "value", with: { type: "list", order: "free" } },
      };
    }
  },
});

function questionOf(draw: Draw, verse: FaultyVerse, book: Book, size: 5 | 7): string {
  const { lines, patterns, rhyming, rhyme } = verse;
  const name = `${size === 5 ? "五" : "七"}${lines.length === 4 ? "绝" : "律"}`;
  const punctuated = (each: string, at: number): string => `${each}${at % 2 === 0 ? "，" : "。\n"}`;
  const places = rhyming.map((at) => at + 1).join("、");
  return [
    draw.pick(heads).replace("{体}", name),
    lines.map(punctuated).join("").trimEnd(),
    `${draw.pick(patternHeads)}（“中”处可平可仄）：`,
    patterns.map(punctuated).join("").trimEnd(),
    draw.pick(rules[book]).replace("{句}", places).replace("{韵}", rhyme),
    `${draw.pick(asks)}请在最后一行用“答案：……”写出这些字，用顿号隔开。`,
  ].join("\n");
}

const heads = [
  "下面这首习作{体}里有不合格律的字：",
  "诗社的学员交来一首{体}，有几处声律上的毛病，也可能只有一处：",
  "请替作者检查这首{体}：",
  "下面是一首集词而成的{体}，只看声律，不论意思：",
  "老师批改一首{体}的习作：",
  "有人照谱填了一首{体}，其中有填错的地方：",
];

const patternHeads = ["它所用的谱式是", "应遵守的平仄谱如下", "照这个谱填写", "格律谱"];

const rules = {
  今音: [
    "平仄按普通话：一、二声为平，三、四声为仄。第 {句} 句押韵，须押《中华新韵》“{韵}”韵。",
    "以今音论，阴平、阳平是平，上声、去声是仄；第 {句} 句末字应在《中华新韵》的“{韵}”部。",
  ],
  平水韵: [
    "平仄和押韵都按平水韵，入声算仄。第 {句} 句押韵，须押平水韵“{韵}”。",
    "以平水韵论声，上、去、入三声都是仄；第 {句} 句末字应在平水韵“{韵}”部。",
  ],
} as const;

const asks = [
  "哪些字平仄不合谱，或者出了韵？",
  "请找出全部不合平仄的字和出韵的字。",
  "指出所有填错的字（平仄不合的和不押韵的都算）。",
  "有哪些字必须改？（平仄不合谱的、出韵的）",
  "出律的字和出韵的字各是哪些？合在一起写出来。",
];
