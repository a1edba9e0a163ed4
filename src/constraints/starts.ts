import { z } from "zod";

import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes, listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: Texts, ...foldShape });

/** The text begins with the wanted one, or with one of several. */
export const constraint = defineConstraint({
  id: "starts",
  version: "1",
  title: { zh: "开头", en: "beginning" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `以${inQuotes(listOf(text))}开头` : `begins with ${inQuotes(listOf(text))}`,
  words: ({ text }) => listOf(text).slice(0, 1),
  test: (text, { text: wanted, fold }) => {
    const own = folded(text, fold);
    const found = listOf(wanted).some((each) => own.startsWith(folded(each, fold)));
    const all = inQuotes(listOf(wanted));
    return found
      ? kept(`以${all}开头`, `begins with ${all}`)
      : broken(
          `开头是“${quoted(text)}”，要求${all}`,
          `begins with "${quoted(text)}", asked for ${all}`,
        );
  },
});
