import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { Band, Swap } from "../generating/glyphs/glyphs.ts";

import { defineGenerator } from "../generating/generator.ts";
import { drawSwaps, sureStrokesOf } from "../generating/glyphs/glyphs.ts";

const Options = z.strictObject({
  characters: z.int().min(2).max(250).default(6),
  swaps: z.int().min(1).max(100).default(2).describe("halves that are changed one after another"),
  band: z
    .enum(["common", "rare"])
    .default("common")
    .describe("rare: from the second half of 通用规范汉字表"),
  steps: z
    .int()
    .min(0)
    .max(120)
    .default(0)
    .describe("of a walk over the characters; 0: strokes are only counted and added"),
});

/** Strokes of characters, added up or compared, and characters whose halves are changed one after another. */
export const generator = defineGenerator({
  id: "glyph",
  version: "3",
  title: { zh: "字形与笔画", en: "shapes and strokes of characters" },
  grader: "numeric",
  options: Options,
  levels: [
    { characters: 2, swaps: 1, band: "common" as const, floor: 0.045 },
    { characters: 3, swaps: 1, band: "common" as const, floor: 0.03 },
    { characters: 5, swaps: 2, band: "common" as const, floor: 0.025 },
    { characters: 20, swaps: 8, band: "common" as const, floor: 0.015, steps: 8 },
    { characters: 40, swaps: 24, band: "common" as const, floor: 0.006, steps: 18 },
    { characters: 60, swaps: 34, band: "rare" as const, floor: 0.006, steps: 26 },
    { characters: 80, swaps: 48, band: "rare" as const, floor: 0.006, steps: 36 },
    { characters: 110, swaps: 66, band: "rare" as const, floor: 0.006, steps: 50 },
    { characters: 150, swaps: 80, band: "rare" as const, floor: 0.006, steps: 70 },
    { characters: 200, swaps: 90, band: "rare" as const, floor: 0.006, steps: 100 },
  ].map(({ floor, ...options }) => ({ options, floor })),
  make: (draw, { characters, swaps, band, steps }): Made =>
    draw.pick(
      steps === 0
        ? [
            () => sumOf(draw, characters, band),
            () => exactly(draw, characters, band),
            () => changed(draw, swaps, false),
          ]
        : [
            () => walked(draw, characters, band, steps),
            () => compared(draw, characters, band),
            () => changed(draw, swaps, true),
          ],
    )(),
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

function changed(draw: Draw, count: number, isWeighted: boolean): Made {
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
    if (isWeighted) {
      return {
        question: `${head}${told}。${draw.pick(weightedForms)}（开头的“${start}”不算，第一步得到的字是第 1 个）${counting}${inFigures}`,
        answer: strokes.reduce((sum, each, at) => sum + each * (at + 1), 0),
        grader: { use: "numeric" },
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

const weightedForms = [
  "各步得到的字，第几个就把它的笔画数乘几，这些积的和是多少？",
  "把每一步所得的字按先后编号，求“编号×笔画数”的总和。",
  "每一步都得到一个字，把步数和所得字的笔画数相乘，再全部加起来，得多少？",
];

/** A row of characters in which each says by its strokes how far to go on. */
function walked(draw: Draw, count: number, band: Band, steps: number): Made {
  const strokes = sureStrokesOf(band);
  const row = draw.sample([...strokes.keys()], count);
  let [at, sum] = [0, 0];
  for (let step = 1; step <= steps; step += 1) {
    const own = strokes.get(row[at] ?? "") ?? 0;
    sum += step * own;
    at = (at + own) % count;
  }
  return {
    question: `${draw.pick(walkHeads).replace("{n}", String(count))}\n${row.join("")}\n${draw
      .pick(walkAsks)
      .replace("{步}", String(steps))}${counting}${inFigures}`,
    answer: sum,
    grader: { use: "numeric" },
  };
}

const walkHeads = [
  "下面 {n} 个字从左到右排成一圈，最后一个字后面又是第一个字：",
  "{n} 个字首尾相接围成一圈，从第一个字写起是：",
  "一圈转盘上依次刻着 {n} 个字，末一个字之后回到头一个字：",
];

const walkAsks = [
  "棋子先停在第一个字上，算第 1 步。每一步把“步数×所停之字的笔画数”记下来，然后向后走，所停的字有几画就走几个字。记完第 {步} 步为止，记下的数总和是多少？",
  "从第一个字开始，第 1 步停在它上面；停在哪个字上，下一步就往后数它的笔画数那么多个字。停过 {步} 步以后，各步的“第几步×那个字的笔画数”加起来是多少？",
  "指针起初指着第一个字（第 1 步），以后每步都顺着往后移，移动的字数等于刚才所指那个字的笔画数。前 {步} 步里，把步数与所指之字的笔画数相乘再求和，得多少？",
];

/** Of characters in a row those that have more strokes than their neighbours, or more than the one before, by their places. */
function compared(draw: Draw, count: number, band: Band): Made {
  const strokes = sureStrokesOf(band);
  const row = draw.sample([...strokes.keys()], count);
  const own = row.map((each) => strokes.get(each) ?? 0);
  const kind = draw.pick(comparisons);
  const places = own.flatMap((each, at) => {
    const [before, after] = [own[at - 1], own[at + 1]];
    return before !== undefined && after !== undefined && kind.holds(each, before, after)
      ? [{ at: at + 1, each }]
      : [];
  });
  return {
    question: `${draw.pick(compareHeads).replace("{n}", String(count))}\n${row.join("")}\n${kind.text}${draw.pick(compareAsks)}${counting}${inFigures}`,
    answer: places.reduce((sum, { at, each }) => sum + at * each, 0),
    grader: { use: "numeric" },
  };
}

const comparisons = [
  {
    text: "找出笔画数比左右两个邻字都多的字（头尾两个字不算）。",
    holds: (own: number, before: number, after: number) => own > before && own > after,
  },
  {
    text: "找出笔画数比前一个字多、又不比后一个字多的字（头尾两个字不算）。",
    holds: (own: number, before: number, after: number) => own > before && own <= after,
  },
  {
    text: "找出笔画数恰好介于左右两个邻字之间（不等于其中任何一个）的字（头尾两个字不算）。",
    holds: (own: number, before: number, after: number) => (own - before) * (own - after) < 0,
  },
  {
    text: "找出左右两个邻字笔画数之和是奇数的字（头尾两个字不算）。",
    holds: (_own: number, before: number, after: number) => (before + after) % 2 === 1,
  },
];

const compareHeads = [
  "下面一行共有 {n} 个字：",
  "给出 {n} 个字，按从左到右的次序编号 1、2、3……：",
  "把下面的 {n} 个字从 1 开始依次编号：",
];

const compareAsks = [
  "把每个找到的字的位置（从左数第几个）乘以它的笔画数，求这些积的和。",
  "这些字各是第几个字，就把它的笔画数乘几，加起来是多少？",
  "求它们的“序号×笔画数”之和。",
];
