import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes } from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: z.array(z.string().min(1)).min(2), ...foldShape });

/** The texts occur one after the other: each first after the end of the one before it. */
export const constraint = defineConstraint({
  id: "order",
  version: "1",
  title: { zh: "次序", en: "order" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `依次出现${inQuotes(text)}` : `${inQuotes(text)} in this order`,
  words: ({ text }) => text,
  test: (text, { text: wanted, fold }) => {
    const own = folded(text, fold);
    let reached = 0;
    for (const each of wanted.map((one) => folded(one, fold))) {
      const at = own.indexOf(each, reached);
      if (at < 0)
        return own.includes(each)
          ? broken(`“${each}”出现得太早`, `"${each}" stands too early`)
          : broken(`没有出现“${each}”`, `"${each}" does not occur`);
      // A second time before its place would be out of order.
      if (own.indexOf(each) < reached)
        return broken(`“${each}”出现得太早`, `"${each}" stands too early`);
      reached = at + each.length;
    }
    return kept("次序正确", "in order");
  },
});
