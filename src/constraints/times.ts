import { z } from "zod";

import { boundsProblem, boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { defineConstraint } from "../grading/constraints/constraint.ts";
import {
  folded,
  foldShape,
  inQuotes,
  listOf,
  occurrences,
  Texts,
} from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: Texts, ...boundsShape, ...foldShape });

/** Each of the texts occurs so often. */
export const constraint = defineConstraint({
  id: "times",
  version: "1",
  title: { zh: "出现次数", en: "occurrences" },
  options: Options,
  check: ({ text: _t, fold: _f, ...bounds }) => boundsProblem(bounds),
  describe: ({ text, fold: _f, ...bounds }, lang) =>
    lang === "zh"
      ? `${inQuotes(listOf(text))}出现${boundsText(bounds, lang)} 次`
      : `${inQuotes(listOf(text))} occurs ${boundsText(bounds, lang)} times`,
  words: ({ text, equal, min = equal ?? 0 }) =>
    listOf(text).flatMap((each) => Array.from({ length: Math.min(min, 50) }, () => each)),
  test: (text, { text: wanted, fold, ...bounds }) => {
    const own = folded(text, fold);
    const counts = listOf(wanted).map((each) => ({
      each,
      n: occurrences(own, folded(each, fold)),
    }));
    const wrong = counts.filter(({ n }) => !isWithin(n, bounds));
    const shown = wrong.length === 0 ? counts : wrong;
    return {
      ok: wrong.length === 0,
      why: {
        zh: `${shown.map(({ each, n }) => `“${each}”${n} 次`).join("、")}，要求${boundsText(bounds, "zh")} 次`,
        en: `${shown.map(({ each, n }) => `"${each}" ${n} times`).join(", ")}, asked for ${boundsText(bounds, "en")}`,
      },
    };
  },
});
