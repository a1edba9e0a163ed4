import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { Band, Swap } from "../generating/glyphs/glyphs.ts";

import { defineGenerator } from "../generating/generator.ts";
import { drawSwaps, sureStrokesOf } from "../generating/glyphs/glyphs.ts";
import { eroded, taken } from "../generating/glyphs/rings.ts";

const Options = z.strictObject({
  characters: z.int().min(2).max(300).default(6),
  swaps: z
    .int()
    .min(0)
    .max(100)
    .default(2)
    .describe("halves that are changed one after another; 0: no such items"),
  band: z
    .enum(["common", "rare"])
    .default("common")
    .describe("rare: from the second half of 通用规范汉字表"),
  steps: z
    .int()
    .min(0)
    .max(200)
    .default(0)
    .describe(
      "over a ring from which each character is taken; 0: strokes are only counted and added",
    ),
});

/**
 * Strokes of characters, added up or compared; characters whose halves are changed one after another; and rings and rows
 * from which characters go by their strokes and their left halves.
 */
export const generator = defineGenerator({
  id: "glyph",
  version: "6",
  title: { zh: "字形与笔画", en: "shapes and strokes of characters" },
  grader: "numeric",
  options: Options,
  levels: [
    { characters: 2, swaps: 1, band: "common" as const, floor: 0.045 },
    { characters: 3, swaps: 1, band: "common" as const, floor: 0.03 },
    { characters: 5, swaps: 2, band: "common" as const, floor: 0.025 },
    { characters: 40, swaps: 12, band: "common" as const, floor: 0.015, steps: 14 },
    { characters: 90, swaps: 0, band: "common" as const, floor: 0.006, steps: 56 },
    { characters: 110, swaps: 0, band: "common" as const, floor: 0.006, steps: 72 },
    { characters: 140, swaps: 0, band: "common" as const, floor: 0.006, steps: 92 },
    { characters: 170, swaps: 0, band: "common" as const, floor: 0.006, steps: 116 },
    { characters: 210, swaps: 0, band: "common" as const, floor: 0.006, steps: 140 },
    { characters: 260, swaps: 0, band: "common" as const, floor: 0.006, steps: 180 },
  ].map(({ floor, ...options }) => ({ options, floor })),
  make: (draw, { characters, swaps, band, steps }): Made => {
    if (steps === 0)
      return draw.pick([
        () => sumOf(draw, characters, band),
        () => exactly(draw, characters, band),
        () => changed(draw, swaps),
      ])();
    if (swaps > 0 && draw.int(0, 2) === 0) return changed(draw, swaps);
    const made = draw.int(0, 2) > 0 ? taken(draw, characters, steps) : eroded(draw, 3 * characters);
    return { ...made, question: `${made.question ?? ""}${counting}${inFigures}` };
  },
});

const counting = "笔画数以《通用规范汉字表》（2013）的字形为准。";

function sumOf(draw: Draw, count: number, band: Band): Made {
  const strokes = sureStrokesOf(band);
  const chosen = draw.sample([...strokes.keys()], count);
  return {
    question: `${draw.pick(sumForms).replace("{字}", chosen.map((each) => `“${each}”`).join(""))}${counting}${inFigures}`,
    answer: chosen.reduce((sum, each) => sum + (strokes.get(each) ?? 0), 0),
    grader: { use: "numeric" },
  };
}

const inFigures = "请在最后一行用“答案：数字”作答。";

const sumForms = [
  "{字}这几个字一共有多少画？",
  "求{字}各字笔画数的总和。",
  "把{字}各写一遍，一共要写多少笔？",
  "小明练字，把{字}各写了一遍，他一共写了多少画？",
  "{字}的笔画数加起来是多少？",
  "刻字铺按笔画收费，每画一元。刻{字}这些字，共收多少元？",
  "依次数出{字}的笔画，再求总和。总和是多少？",
];

/** Characters of one count of strokes among neighbours of one or two more or less. */
function exactly(draw: Draw, count: number, band: Band): Made {
  const strokes = [...sureStrokesOf(band)];
  const wanted = draw.int(5, 13);
  const of = (...counts: readonly number[]): readonly string[] =>
    strokes.flatMap(([each, own]) => (counts.includes(own) ? [each] : []));
  const total = Math.max(5, count + 2);
  const right = draw.sample(of(wanted), draw.int(2, Math.max(2, Math.floor(total / 3))));
  const near = draw.sample(
    of(wanted - 2, wanted - 1, wanted + 1, wanted + 2),
    total - right.length,
  );
  const shown = draw.shuffle([...right, ...near]);
  return {
    question: `${draw
      .pick(exactForms)
      .replace("{字}", shown.join("、"))
      .replace(
        "{n}",
        String(wanted),
      )}${counting}请在最后一行用“答案：……”写出这些字，按它们在题中的先后，用顿号隔开。`,
    answer: shown.filter((each) => right.includes(each)).join("、"),
    grader: { use: "value", with: { type: "list", order: "free" } },
  };
}

const exactForms = [
  "下面的字里，哪些恰好是 {n} 画？{字}。",
  "{字}，其中笔画数正好是 {n} 的有哪几个？",
  "请从下列各字中找出所有 {n} 画的字：{字}。",
  "查字典要按笔画。下列哪些字应在 {n} 画里查？{字}。",
  "编字表时要把 {n} 画的字归在一起：{字}。该归到一起的是哪些？",
  "{字}。这些字中 {n} 画的字有哪些？",
  "把下列各字里的 {n} 画字都挑出来：{字}。",
];

function changed(draw: Draw, count: number): Made {
  for (;;) {
    const drawn = drawSwaps(draw, count);
    if (drawn === null) continue;
    const { start, swaps } = drawn;
    const strokes = swaps.flatMap(({ result }) => sureStrokesOf("common").get(result) ?? []);
    if (strokes.length < count) continue;
    const told = swaps.map((swap, at) => tell(draw, swap, at)).join("；");
    const head = draw.pick(startForms).replace("{字}", start);
    if (count < 3) {
      return {
        question: `${head}${told}。${draw.pick(lastForms)}请在最后一行用“答案：……”写出这个字。`,
        answer: swaps.at(-1)?.result ?? "",
        grader: { use: "value", with: { type: "character" } },
      };
    }
    return {
      question: `${head}${told}。${draw.pick(allForms)}（开头的“${start}”不算）${counting}${inFigures}`,
      answer: strokes.reduce((sum, each) => sum + each, 0),
      grader: { use: "numeric" },
    };
  }
}

const startForms = [
  "从“{字}”字开始，",
  "取“{字}”字，",
  "拿一个“{字}”字，",
  "先写“{字}”，",
  "字谜从“{字}”字起，",
];

const tell = (draw: Draw, { side, from, to }: Swap, at: number): string => {
  const place = side === "left" ? "左" : "右";
  const object = at === 0 ? "" : "所得的字";
  return draw
    .pick(at === 0 ? firstTells : laterTells)
    .replace("{它}", object)
    .replaceAll("{边}", place)
    .replace("{旧}", from)
    .replace("{新}", to);
};

const firstTells = [
  "把{边}半边的“{旧}”换成“{新}”，得到一个字",
  "去掉{边}边的“{旧}”，在原处写上“{新}”，成为另一个字",
  "{边}边不要“{旧}”，改作“{新}”，成一个新字",
];

const laterTells = [
  "再把{它}{边}半边的“{旧}”换成“{新}”，又得一字",
  "接着把{它}{边}边的“{旧}”改成“{新}”",
  "然后去掉{它}{边}边的“{旧}”，换上“{新}”",
];

const lastForms = ["最后得到的是什么字？", "结果是哪个字？", "最后写成的是哪个字？"];

const allForms = [
  "各步得到的字，笔画数之和是多少？",
  "每一步都得到一个字，这些字一共多少画？",
  "把各步所得的字都写一遍，共要写多少画？",
  "求各步所得之字的笔画总数。",
];
