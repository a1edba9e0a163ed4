import { z } from "zod";

import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";

const Options = z.strictObject({ open: z.string().min(1), close: z.string().min(1) });

/** The text stands whole between two marks, once. */
export const constraint = defineConstraint({
  id: "wrapped",
  version: "1",
  title: { zh: "首尾标记", en: "wrapping" },
  options: Options,
  describe: ({ open, close }, lang) =>
    lang === "zh" ? `整个写在“${open}”和“${close}”之间` : `whole between "${open}" and "${close}"`,
  words: ({ open, close }) => [`${open}${close}`],
  test: (text, { open, close }) => {
    if (!text.startsWith(open))
      return broken(
        `开头是“${quoted(text)}”，不是“${open}”`,
        `begins with "${quoted(text)}", not "${open}"`,
      );
    if (!text.endsWith(close) || text.length < open.length + close.length)
      return broken(`结尾不是“${close}”`, `does not end with "${close}"`);
    const inner = text.slice(open.length, text.length - close.length);
    if (inner.trim() === "") return broken("中间没有内容", "nothing stands between the marks");
    return inner.includes(close)
      ? broken(`“${close}”不止一处`, `"${close}" occurs more than once`)
      : kept(`写在“${open}”和“${close}”之间`, `between "${open}" and "${close}"`);
  },
});
