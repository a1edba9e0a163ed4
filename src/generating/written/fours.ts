import type { Draw } from "../draw.ts";
import type { Demand } from "./demands.ts";

import { sureStrokesOf } from "../glyphs/glyphs.ts";
import { idioms } from "../idioms/idioms.ts";

/** Lines of two phrases of four characters each, no character twice, whose first characters spell sayings. */
export type Fours = { readonly head: string; readonly sentences: readonly string[] };

const strokes = sureStrokesOf("common");
const letters = (text: string): readonly string[] => text.match(/\p{Script=Han}/gu) ?? [];
const isFree = (phrase: string, taken: ReadonlySet<string>): boolean =>
  Array.from(phrase).every((each) => !taken.has(each));

/** Phrases in which no character comes twice, and on whose strokes all books agree. */
const phrases = idioms.filter(
  (each) => new Set(each).size === 4 && Array.from(each).every((letter) => strokes.has(letter)),
);
const byFirst = Map.groupBy(phrases, (each) => each.slice(0, 1));
/** Sayings of which each character begins a phrase. */
const sayings = phrases.filter((each) => Array.from(each).every((letter) => byFirst.has(letter)));

/** Text of so many lines, a multiple of four. */
export function drawFours(draw: Draw, lines: number): Fours {
  for (;;) {
    const head = drawHead(draw, lines);
    const sentences = head === null ? null : fill(draw, head);
    if (head !== null && sentences !== null) return { head, sentences };
  }
}

/** Sayings that share no character; null where the draw comes to a dead end. */
function drawHead(draw: Draw, lines: number): string | null {
  let head = "";
  while (head.length < lines) {
    const taken = new Set(head);
    const free = sayings.filter((each) => isFree(each, taken));
    if (free.length === 0) return null;
    head += draw.pick(free);
  }
  return head;
}

function fill(draw: Draw, head: string): readonly string[] | null {
  const taken = new Set(head);
  const take = (from: readonly string[], skip: number): string | null => {
    const free = from.filter((each) => isFree(each.slice(skip), taken));
    if (free.length === 0) return null;
    const phrase = draw.pick(free);
    Array.from(phrase).forEach((each) => taken.add(each));
    return phrase;
  };
  const firsts = Array.from(head, (letter) => take(byFirst.get(letter) ?? [], 1));
  const seconds = firsts.map(() => take(phrases, 0));
  const sentences = firsts.flatMap((first, at) => {
    const second = seconds[at] ?? null;
    return first === null || second === null ? [] : [`${first}，${second}。`];
  });
  return sentences.length === head.length ? sentences : null;
}

/** What is demanded of such a text: its form first, then places of characters and strokes of lines in random order. */
export function foursDemands(
  draw: Draw,
  { head, sentences }: Fours,
  { places, sums }: { readonly places: number; readonly sums: number },
): readonly Demand[] {
  const all = sentences.flatMap(letters);
  const inner = [...all.keys()].filter((at) => at % 8 !== 0);
  const lines = [...sentences.keys()];
  return [
    {
      kind: "form",
      says: draw
        .pick([
          "共 {n} 句，每句都是前四字、后四字，中间用逗号、末尾用句号",
          "写 {n} 句，每句八个字，四字一顿，前半用逗号，后半用句号，不用别的标点",
          "全文 {n} 句，句句都是“四个字，四个字。”的样子",
        ])
        .replace("{n}", String(lines.length)),
      constraint: {
        check: "matches",
        pattern: String.raw`(?:\p{Han}{4}，\p{Han}{4}。\s*){${lines.length}}`,
        says: `${lines.length} 句“四个字，四个字。”`,
      },
    },
    {
      kind: "head",
      says: draw
        .pick([
          "各句的第一个字连起来是“{字}”",
          "藏头：句首的字依次为“{字}”",
          "把每句打头的字顺次读下来，要读成“{字}”",
        ])
        .replace("{字}", head),
      constraint: { check: "acrostic", text: head, by: "sentence" },
    },
    {
      kind: "plain",
      says: draw.pick([
        "全文没有一个字用过两次",
        "通篇用字互不重复",
        "任何一个字在全文里至多出现一次",
      ]),
      constraint: { check: "no-repeat" },
    },
    ...draw.shuffle([
      ...draw.sample(inner, places).map((at) => ({
        kind: "place",
        says: draw
          .pick([
            "全文第 {n} 个汉字是“{字}”",
            "从头数起，第 {n} 个汉字必须是“{字}”",
            "第 {n} 个汉字（标点不算）用“{字}”",
          ])
          .replace("{n}", String(at + 1))
          .replace("{字}", all[at] ?? ""),
        constraint: { check: "char", at: at + 1, text: all[at] ?? "" },
      })),
      ...draw.sample(lines, sums).map((at) => {
        const sum = letters(sentences[at] ?? "").reduce(
          (total, each) => total + (strokes.get(each) ?? 0),
          0,
        );
        return {
          kind: "strokes",
          says: draw
            .pick([
              "第 {n} 句八个字的笔画数加起来是 {画}",
              "第 {n} 句一共 {画} 画",
              "第 {n} 句各字笔画之和等于 {画}",
            ])
            .replace("{n}", String(at + 1))
            .replace("{画}", String(sum)),
          constraint: { check: "strokes", equal: sum, scope: `sentence ${at + 1}` },
        };
      }),
    ]),
  ];
}

export const foursHeads: readonly string[] = [
  "校庆要在展板上印一篇四言贺词，要求是：",
  "请为一家老字号写一篇四言短文，贴在店堂里，须做到：",
  "给村里的文化墙写一篇四言歌诀，村委会提了这些条件：",
  "单位征集四言口号，来稿须逐条符合：",
  "仿《千字文》的样子写一段四言文字，遵守下面各条：",
  "替朋友的新居写一篇四言吉语，他开列了这些要求：",
  "年会节目单的封底要印一段四言，编排的人要求：",
];

/** What holds for the strokes of all lines. */
export const foursNote =
  "意思通顺与否不论，四字成语可用可不用。笔画按《通用规范汉字字典》（规范字形）计；各书笔画数不一的字（如“鬼”“瓦”）不要用。";
