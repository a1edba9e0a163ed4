import { z } from "zod";

import { boundsProblem, boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { defineConstraint } from "../grading/constraints/constraint.ts";
import { countable, Countable, countOf } from "../grading/constraints/countable.ts";
import { stretchesBetween } from "../grading/constraints/parts.ts";
import { listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({
  of: Countable,
  by: Texts.optional().describe("the text, or any of the texts, between two parts"),
  at: z.string().min(1).optional().describe("the characters after which a part ends"),
  strict: z
    .boolean()
    .default(false)
    .describe("a mark of `by` at either end, or twice in a row, leaves an empty part that counts"),
  ...boundsShape,
});

/** How many paragraphs, sentences, entries, headings, digits … a text has. */
export const constraint = defineConstraint({
  id: "count",
  version: "1",
  title: { zh: "数目", en: "count" },
  options: Options,
  check: ({ of, by, at, strict, ...bounds }) => {
    if (of === "part" && by === undefined && at === undefined)
      return { zh: "of: part 需要 by 或 at", en: "of: part needs by or at" };
    if (by !== undefined && at !== undefined)
      return { zh: "by 与 at 只能有一个", en: "by and at cannot stand side by side" };
    if (strict && by === undefined) return { zh: "strict 需要 by", en: "strict needs by" };
    return boundsProblem(bounds);
  },
  describe: ({ of, ...bounds }, lang) => `${boundsText(bounds, lang)} ${countable[of][lang]}`,
  test: (text, { of, by, at, strict, ...bounds }) => {
    const cut = by !== undefined ? { by: listOf(by) } : at !== undefined ? { at } : null;
    const count =
      strict && by !== undefined ? stretchesBetween(text, listOf(by)) : countOf(text, of, cut);
    const noun = countable[of];
    return {
      ok: isWithin(count, bounds),
      why: {
        zh: `${count} ${noun.zh}，要求${boundsText(bounds, "zh")}`,
        en: `${count} ${noun.en}, asked for ${boundsText(bounds, "en")}`,
      },
    };
  },
});
