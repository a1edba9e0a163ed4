import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { sentence } from "../generating/sentence.ts";

/** Counting in a text: one character, all Chinese characters, or the sentences. */
export const generator = defineGenerator({
  id: "count",
  version: "1",
  title: { zh: "文中计数", en: "counting in a text" },
  grader: "numeric",
  options: z.strictObject({
    sentences: z.int().min(1).max(50).default(4),
  }),
  make: (draw, { sentences }): Made => {
    const text = Array.from({ length: sentences }, () => sentence(draw)).join("");
    return draw.pick([character, characters, marks])(draw, text);
  },
});

function character(draw: Draw, text: string): Made {
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  const wanted = draw.pick([...new Set(han)]);
  return asked(
    text,
    `这段话里，“${wanted}”字一共出现了几次？`,
    han.filter((char) => char === wanted).length,
  );
}

function characters(_draw: Draw, text: string): Made {
  return asked(
    text,
    "这段话里一共有多少个汉字（标点不算）？",
    (text.match(/\p{Script=Han}/gu) ?? []).length,
  );
}

function marks(draw: Draw, text: string): Made {
  const [mark, name] = draw.pick([
    ["，", "逗号"],
    ["。", "句号"],
  ] as const);
  return asked(text, `这段话里一共有几个${name}？`, text.split(mark).length - 1);
}

const asked = (text: string, question: string, answer: number): Made => ({
  question: `${text}\n${question}`,
  answer,
});
