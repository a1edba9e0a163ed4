import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { sentence } from "../generating/sentence.ts";
import { names, towns } from "../generating/words.ts";

/**
 * One fact in a long Chinese text, at a random depth, among others of its kind: the same person at another place, another
 * person at the same place, and neither.
 */
export const generator = defineGenerator({
  id: "needle",
  version: "2",
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
    decoys: z
      .int()
      .min(0)
      .max(60)
      .default(24)
      .describe("facts of the same kind; they take a third of the text at most"),
  }),
  levels: [1000, 2000, 3000, 4000, 6000, 8000, 12_000, 16_000, 24_000, 32_000].map((length) => ({
    options: { length },
    // A guess among the codes of the person who is asked for.
    floor: length < 2000 ? 1 / 5 : 1 / 9,
  })),
  make: (draw, { length, depth, decoys }): Made => {
    const facts = drawFacts(draw, Math.min(decoys, Math.floor(length / 3 / longestFact)));
    const [needle = noFact, ...similar] = facts.map((fact) => ({
      ...fact,
      text: told(draw, fact),
    }));
    const sentences: string[] = [];
    let size = facts.length * longestFact;
    while (size < length) {
      const next = sentence(draw);
      sentences.push(next);
      size += next.length;
    }
    const share = depth ?? draw.int(0, 100) / 100;
    for (const { text } of similar) sentences.splice(draw.int(0, sentences.length), 0, text);
    sentences.splice(Math.round(share * sentences.length), 0, needle.text);
    return {
      context: sentences.join(""),
      question: `根据上文，${needle.person}记下的${needle.town}库房的钥匙编号是多少？`,
      answer: needle.code,
    };
  },
});

type Fact = { readonly person: string; readonly town: string; readonly code: string };
const noFact = { person: "", town: "", code: "", text: "" };
const longestFact = 27;

/** The asked fact first; no two are of one person and one place, and no two codes are equal. */
function drawFacts(draw: Draw, decoys: number): readonly Fact[] {
  const [person = "", ...others] = draw.shuffle(names);
  const [town = "", ...elsewhere] = draw.shuffle(towns);
  const codes = new Set<string>();
  while (codes.size <= decoys) codes.add(`${draw.pick(["K", "M", "T"])}-${draw.int(1000, 9999)}`);
  return [...codes].map((code, at) => {
    const round = Math.floor((at - 1) / 3);
    if (at === 0) return { person, town, code };
    const [other = "", place = ""] = [
      others[at % others.length],
      elsewhere[round % elsewhere.length],
    ];
    if (at % 3 === 1) return { person, town: place, code };
    return at % 3 === 2 ? { person: other, town, code } : { person: other, town: place, code };
  });
}

const told = (draw: Draw, { person, town, code }: Fact): string =>
  draw.pick([
    `${person}把${town}库房的钥匙编号记成 ${code}。`,
    `${town}库房的钥匙编号，${person}记的是 ${code}。`,
    `${person}记得${town}库房的钥匙编号是 ${code}。`,
    `按${person}的记录，${town}库房的钥匙编号是 ${code}。`,
  ]);
