import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { inQuotes } from "../grading/constraints/texts.ts";

const Word = z.string().min(1);
const Options = z.strictObject({
  require: z
    .array(z.union([Word, z.array(Word).min(1)]))
    .default([])
    .describe("every word; of a list within it, any one"),
  ask: z.string().min(1).optional().describe("a question for the judge, to be answered with yes"),
});

/**
 * That the reply is about what was asked, so that an empty form does not pass: words that must occur, and where a judge is
 * configured its answer to a question.
 */
export const constraint = defineConstraint({
  id: "content",
  version: "1",
  title: { zh: "内容", en: "content" },
  options: Options,
  check: ({ require, ask }) =>
    require.length > 0 || ask !== undefined
      ? null
      : { zh: "需要 require 或 ask", en: "needs require or ask" },
  describe: ({ require, ask }, lang) => {
    const words = require.map((each) => [each].flat().join("/"));
    const about = lang === "zh" ? `提到${inQuotes(words)}` : `mentions ${inQuotes(words)}`;
    return [...(words.length === 0 ? [] : [about]), ...(ask === undefined ? [] : [ask])].join("；");
  },
  words: ({ require }) => require.flatMap((each) => [each].flat().slice(0, 1)),
  asks: ({ ask }) => ask ?? null,
  test: (text, { require }) => {
    const lacking = require.filter((each) => ![each].flat().some((word) => text.includes(word)));
    if (lacking.length > 0) {
      const words = inQuotes(lacking.map((each) => [each].flat().join("/")));
      return broken(`没有提到${words}`, `${words} is not mentioned`);
    }
    const filler = fillerOf(text);
    if (filler !== null)
      return broken(`内容只是重复“${filler}”`, `consists of "${filler}" repeated`);
    return kept("提到了所要求的内容", "mentions what was asked");
  },
});

/** In running Chinese the most frequent character (的) makes less than a tenth. */
const mostShare = 0.35;
const fewestLetters = 8;

/** The one character that most of a text consists of, such as 一一一一一 around the right words; null where none does. */
function fillerOf(text: string): string | null {
  const letters = text.match(/[\p{L}\p{N}]/gu) ?? [];
  if (letters.length < fewestLetters) return null;
  const counts = [...Map.groupBy(letters, (letter) => letter)];
  const [letter, own] = counts.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ["", []];
  return own.length > letters.length * mostShare ? letter : null;
}
