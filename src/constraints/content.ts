import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { emptiness } from "../grading/constraints/emptiness.ts";
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
  test: (text, { require }, { question }) => {
    const lacking = require.filter((each) => ![each].flat().some((word) => text.includes(word)));
    if (lacking.length > 0) {
      const words = inQuotes(lacking.map((each) => [each].flat().join("/")));
      return broken(`没有提到${words}`, `${words} is not mentioned`);
    }
    return emptiness(text, question) ?? kept("提到了所要求的内容", "mentions what was asked");
  },
});
