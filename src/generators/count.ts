import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { sentence } from "../generating/sentence.ts";

/** Counting in a text of about so many sentences: several characters, all Chinese characters, marks, one sentence. */
export const generator = defineGenerator({
  id: "count",
  version: "2",
  title: { zh: "文中计数", en: "counting in a text" },
  grader: "numeric",
  options: z.strictObject({
    sentences: z
      .int()
      .min(1)
      .max(50)
      .default(4)
      .describe("about how many sentences; the number is drawn"),
  }),
  levels: [1, 2, 3, 4, 6, 9, 13, 20, 32, 50].map((sentences) => ({
    options: { sentences },
    floor: 0.065,
  })),
  make: (draw, { sentences }): Made => {
    const count = draw.int(Math.ceil(sentences / 2), Math.ceil(sentences * 1.5) + 1);
    const text = Array.from({ length: count }, () => sentence(draw)).join("");
    return draw.pick(kinds)(draw, text);
  },
});

/** What has a narrow range of answers is asked less often, so that no number is right often. */
const kinds: readonly ((draw: Draw, text: string) => Made)[] = [
  characters,
  characters,
  everyCharacter,
  everyCharacter,
  ofOneSentence,
  ofOneSentence,
  betweenSentences,
  marks,
];

const isHan = /\p{Script=Han}/gu;
const hanOf = (text: string): readonly string[] => text.match(isHan) ?? [];

/** Several characters at once; those that occur once only serve where there are no others. */
function characters(draw: Draw, text: string): Made {
  const han = hanOf(text);
  const countOf = (char: string): number => han.filter((each) => each === char).length;
  const shuffled = draw.shuffle([...new Set(han)]);
  const often = shuffled.filter((char) => countOf(char) > 1);
  const wanted = [...often, ...shuffled.filter((char) => !often.includes(char))].slice(
    0,
    draw.int(2, 5),
  );
  return asked(
    text,
    `这段话里，${wanted.map((char) => `“${char}”`).join("")}这 ${wanted.length} 个字加起来一共出现了几次？`,
    wanted.reduce((sum, char) => sum + countOf(char), 0),
  );
}

function everyCharacter(_draw: Draw, text: string): Made {
  return asked(text, "这段话里一共有多少个汉字（标点不算）？", hanOf(text).length);
}

const sentencesOf = (text: string): readonly string[] => text.split("。").slice(0, -1);

function ofOneSentence(draw: Draw, text: string): Made {
  const sentences = sentencesOf(text);
  const at = draw.int(0, sentences.length - 1);
  return asked(
    text,
    `以句号为界，这段话的第 ${at + 1} 句里有多少个汉字（标点不算）？`,
    hanOf(sentences[at] ?? "").length,
  );
}

function betweenSentences(draw: Draw, text: string): Made {
  const sentences = sentencesOf(text);
  const [a, b] = [draw.int(0, sentences.length - 1), draw.int(0, sentences.length - 1)];
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  if (from === to) return ofOneSentence(draw, text);
  return asked(
    text,
    `以句号为界，这段话从第 ${from + 1} 句到第 ${to + 1} 句（首尾两句都算）一共有多少个汉字（标点不算）？`,
    hanOf(sentences.slice(from, to + 1).join("")).length,
  );
}

function marks(draw: Draw, text: string): Made {
  const [name, pattern] = draw.pick([
    ["逗号", /，/g],
    ["句号", /。/g],
    ["标点符号", /[，。]/g],
  ] as const);
  return asked(text, `这段话里一共有几个${name}？`, text.match(pattern)?.length ?? 0);
}

const asked = (text: string, question: string, answer: number): Made => ({
  question: `${text}\n${question}`,
  answer,
});
