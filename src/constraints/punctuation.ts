import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";

const Options = z.strictObject({
  sequence: z
    .string()
    .min(1)
    .optional()
    .describe("all marks of the text in order, such as ，。，。"),
  only: z.string().optional().describe("the marks that may occur; empty for none"),
  each: z.string().min(1).optional().describe("marks that must all occur"),
});

/** Which punctuation a text uses, and in which order. */
export const constraint = defineConstraint({
  id: "punctuation",
  version: "1",
  title: { zh: "标点", en: "punctuation" },
  options: Options,
  check: ({ sequence, only, each }) =>
    sequence !== undefined || only !== undefined || each !== undefined
      ? null
      : { zh: "需要 sequence、only 或 each", en: "needs sequence, only or each" },
  describe: ({ sequence, only, each }, lang) => {
    const zh = lang === "zh";
    if (sequence !== undefined)
      return zh ? `标点依次为“${sequence}”` : `the marks are "${sequence}"`;
    if (only === "") return zh ? "不用标点" : "no punctuation";
    if (only !== undefined) return zh ? `标点只用“${only}”` : `no marks but "${only}"`;
    return zh ? `用到“${each ?? ""}”` : `uses "${each ?? ""}"`;
  },
  test: (text, { sequence, only, each }) => {
    const marks = text.match(mark) ?? [];
    const found = marks.join("");
    if (sequence !== undefined && found !== sequence)
      return broken(
        `标点依次为“${found}”，要求“${sequence}”`,
        `the marks are "${found}", asked for "${sequence}"`,
      );
    const stray = only === undefined ? [] : marks.filter((each_) => !only.includes(each_));
    if (stray.length > 0)
      return broken(
        `用了不该用的“${[...new Set(stray)].join("")}”`,
        `uses "${[...new Set(stray)].join("")}"`,
      );
    const lacking = Array.from(each ?? "").filter((each_) => !found.includes(each_));
    return lacking.length > 0
      ? broken(`没有用“${lacking.join("")}”`, `does not use "${lacking.join("")}"`)
      : kept(`标点合乎要求（${marks.length} 个）`, `the marks comply (${marks.length})`);
  },
});

/** Unicode's punctuation, with the signs of Chinese that Unicode files elsewhere. */
const mark = /\p{P}|～/gu;
