import { z } from "zod";

import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { sentence } from "../generating/sentence.ts";
import { names, towns } from "../generating/words.ts";

/** One fact in a long Chinese text, at a random depth; a second, similar fact is elsewhere. */
export const generator = defineGenerator({
  id: "needle",
  version: "1",
  title: { zh: "大海捞针", en: "needle in a Chinese text" },
  grader: "exact",
  options: z.strictObject({
    length: z.int().min(200).max(100_000).default(4000).describe("characters of the text"),
    depth: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("where the fact stands; drawn where it is not given"),
  }),
  make: (draw, { length, depth }): Made => {
    const [asked, other] = draw.sample(names, 2);
    const [place, elsewhere] = draw.sample(towns, 2);
    const [code, decoy] = draw.sample(codes(draw.int), 2);
    const needle = `${asked}把${place}库房的钥匙编号记成 ${code}。`;
    const similar = `${other}把${elsewhere}库房的钥匙编号记成 ${decoy}。`;
    const sentences: string[] = [];
    let size = needle.length + similar.length;
    while (size < length) {
      const next = sentence(draw);
      sentences.push(next);
      size += next.length;
    }
    const share = depth ?? draw.int(0, 100) / 100;
    sentences.splice(draw.int(0, sentences.length), 0, similar);
    sentences.splice(Math.round(share * sentences.length), 0, needle);
    return {
      context: sentences.join(""),
      question: `根据上文，${asked}记下的${place}库房的钥匙编号是多少？`,
      answer: code ?? "",
    };
  },
});

/** Codes such as `K-4821`, all with different digits. */
const codes = (int: (low: number, high: number) => number): readonly string[] =>
  ["K", "M", "T"].map((letter, index) => `${letter}-${1000 + 3000 * index + int(0, 2999)}`);
