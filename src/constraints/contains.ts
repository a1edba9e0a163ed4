import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes, listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: Texts, ...foldShape });

/** Every one of the texts occurs. */
export const constraint = defineConstraint({
  id: "contains",
  version: "1",
  title: { zh: "必含", en: "required text" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `出现${inQuotes(listOf(text))}` : `contains ${inQuotes(listOf(text))}`,
  words: ({ text }) => listOf(text),
  test: (text, { text: wanted, fold }) => {
    const own = folded(text, fold);
    const lacking = listOf(wanted).filter((each) => !own.includes(folded(each, fold)));
    const all = inQuotes(listOf(wanted));
    return lacking.length === 0
      ? kept(`出现了${all}`, `contains ${all}`)
      : broken(`没有出现${inQuotes(lacking)}`, `${inQuotes(lacking)} does not occur`);
  },
});
