import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { Demand } from "../generating/written/demands.ts";

import { defineGenerator } from "../generating/generator.ts";
import { demandsOf } from "../generating/written/demands.ts";
import { drawFours, foursDemands, foursHeads, foursNote } from "../generating/written/fours.ts";
import { drawSentences } from "../generating/written/scenes.ts";

const Options = z.strictObject({
  demands: z.int().min(5).max(120).default(8).describe("of prose: demands in all"),
  sentences: z
    .int()
    .min(2)
    .max(16)
    .default(4)
    .describe("of fours: 4, 8, 12 or 16; of prose: up to 12"),
  form: z
    .enum(["prose", "fours"])
    .default("prose")
    .describe("fours: lines of two phrases of four characters, none of which comes twice"),
  places: z.int().min(1).max(60).default(4).describe("of fours: characters that are given"),
  sums: z.int().min(1).max(16).default(4).describe("of fours: lines whose strokes are given"),
});

/**
 * A short text under many demands that a program checks; a text that keeps all of them is drawn first. Prose, or lines of
 * four and four characters in which no character comes twice and whose strokes are given, which cannot be set right one by one.
 */
export const generator = defineGenerator({
  id: "written",
  version: "3",
  title: { zh: "多重约束写作", en: "writing under constraints" },
  grader: "constraints",
  options: Options,
  levels: [
    ...[
      [6, 2],
      [7, 3],
      [8, 3],
      [22, 7],
    ].map(([demands = 5, sentences = 2]) => ({ options: { demands, sentences }, floor: 0 })),
    ...[
      [8, 5, 5],
      [8, 8, 8],
      [12, 12, 12],
      [12, 18, 12],
      [16, 24, 16],
      [16, 40, 16],
    ].map(([sentences = 8, places = 4, sums = 4]) => ({
      options: { form: "fours" as const, sentences, places, sums },
      floor: 0,
    })),
  ],
  make: (draw, { demands: count, sentences: length, form, ...rest }): Made => {
    if (form === "fours") return fours(draw, { ...rest, lines: Math.ceil(length / 4) * 4 });
    const { topic, word, sentences } = drawAbout(draw, length);
    const chosen = choose(demandsOf(draw, sentences), count - 3);
    const first: Demand = {
      kind: "count",
      says: draw.pick([
        `全文共 ${length} 句，每句用句号结尾`,
        `写成 ${length} 句话，句末都用句号`,
        `一共 ${length} 句，各以句号收束`,
      ]),
      constraint: { check: "count", of: "sentence", equal: length },
    };
    const says = draw.pick(["要写到“{}”", "文中必须提到“{}”", "须有“{}”这个词"]);
    const least = Math.min(
      8,
      ...sentences.map((each) => (each.match(/\p{Script=Han}/gu) ?? []).length),
    );
    const long = draw.pick([
      "每句不少于 {n} 个汉字",
      "每一句至少 {n} 个汉字",
      "各句都不得少于 {n} 个汉字",
    ]);
    const about = says.replace("{}", word);
    return {
      question: questionOf(draw, topic, [
        first.says,
        about,
        long.replace("{n}", String(least)),
        ...chosen.map((each) => each.says),
      ]),
      constraints: [
        first.constraint,
        { check: "content", require: [word] },
        { check: "length", unit: "汉字", min: least, scope: "sentence each" },
        ...chosen.map(({ constraint }) => constraint),
      ],
      witness: sentences.join(""),
      lazy: [`${word}。`.repeat(length)],
    };
  },
});

function fours(
  draw: Draw,
  { lines, ...counts }: { readonly lines: number; readonly places: number; readonly sums: number },
): Made {
  const text = drawFours(draw, lines);
  const demands = foursDemands(draw, text, counts);
  const list = listOf(
    draw,
    demands.map(({ says }) => says),
  );
  return {
    question: `${draw.pick(foursHeads)}\n${list}\n${foursNote}${draw.pick(tails)}`,
    constraints: demands.map(({ constraint }) => constraint),
    witness: text.sentences.join(""),
    lazy: [Array.from(text.head, (each) => `${each}一二三，四五六七。`).join("")],
  };
}

/** Sentences that name what they are about. */
function drawAbout(
  draw: Draw,
  length: number,
): { readonly topic: string; readonly word: string; readonly sentences: readonly string[] } {
  for (;;) {
    const { topic, sentences } = drawSentences(draw, length);
    const word = topic.slice(-2);
    if (sentences.some((sentence) => sentence.includes(word))) return { topic, word, sentences };
  }
}

/** Kinds of which some at the beginning see to it that another text does not pass by luck. */
const telling = new Set(["last", "length", "first", "total"]);

/** One telling demand of each kind, then every kind in turn, so that few demands already differ. */
function choose(demands: readonly Demand[], count: number): readonly Demand[] {
  const strong = Map.groupBy(
    demands.filter(({ kind }) => telling.has(kind)),
    ({ kind }) => kind,
  );
  const begun = [...strong.values()].flatMap((own) => own.slice(0, 1));
  const rest = demands.filter((each) => !begun.includes(each));
  const kinds = [...Map.groupBy(rest, ({ kind }) => kind).values()];
  const most = Math.max(0, ...kinds.map((own) => own.length));
  const rounds = Array.from({ length: most }, (_, round) =>
    kinds.flatMap((own) => own.slice(round, round + 1)),
  ).flat();
  return [...begun, ...rounds].slice(0, count);
}

const questionOf = (draw: Draw, topic: string, demands: readonly string[]): string =>
  `${draw.pick(heads).replace("{题}", topic)}\n${listOf(draw, demands)}\n${draw.pick(tails)}`;

function listOf(draw: Draw, demands: readonly string[]): string {
  const mark = draw.pick([
    (n: number) => `${n}. `,
    (n: number) => `（${n}）`,
    (n: number) => `${n}）`,
  ]);
  const list = demands.map((says, at) => `${mark(at + 1)}${says}；`).join("\n");
  return list.replace(/；$/, "。");
}

const heads = [
  "请以“{题}”为题写一段短文，同时满足下列要求：",
  "写一小段描写{题}的文字，须遵守以下各条：",
  "请描写{题}，要求如下：",
  "作文练习：{题}。写一段话，并做到：",
  "为摄影展写一段图片说明，照片拍的是{题}。编辑提出了这些要求：",
  "写作游戏的题目是“{题}”，规则有：",
  "请就“{题}”写一段话，下面每一条都要做到：",
];

const tails = [
  "只写这段文字，不要标题，不要解释。",
  "直接给出正文，不分段，不加标题和说明。",
  "回答里只要正文一段，别的都不要写。",
  "请直接输出短文本身，不要附加任何说明。",
];
