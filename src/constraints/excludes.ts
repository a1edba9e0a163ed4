import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes, listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({
  text: Texts,
  ignore_case: z.boolean().default(false).describe("capitals and small letters count as one"),
  ...foldShape,
});

/** None of the texts occurs. */
export const constraint = defineConstraint({
  id: "excludes",
  version: "1",
  title: { zh: "禁用", en: "forbidden text" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `不出现${inQuotes(listOf(text))}` : `without ${inQuotes(listOf(text))}`,
  test: (text, { text: banned, fold, ignore_case }) => {
    const form = (each: string): string =>
      ignore_case ? folded(each, fold).toLowerCase() : folded(each, fold);
    const own = form(text);
    const found = listOf(banned).filter((each) => own.includes(form(each)));
    return found.length === 0
      ? kept(`没有出现${inQuotes(listOf(banned))}`, `${inQuotes(listOf(banned))} does not occur`)
      : broken(`出现了禁用的${inQuotes(found)}`, `forbidden ${inQuotes(found)} occurs`);
  },
});
