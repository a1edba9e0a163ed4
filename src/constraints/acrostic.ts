import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { partsOf } from "../grading/constraints/parts.ts";
import { versesOf } from "../grading/constraints/verse/verses.ts";

const Options = z.strictObject({
  text: z.string().min(2),
  by: z.enum(["line", "verse", "sentence", "paragraph", "item"]).default("line"),
  at: z.enum(["first", "last"]).default("first").describe("last: 藏尾"),
});

/** The first or last Han characters of the lines spell a text. */
export const constraint = defineConstraint({
  id: "acrostic",
  version: "1",
  title: { zh: "藏头", en: "acrostic" },
  options: Options,
  describe: ({ text, at }, lang) => {
    if (lang === "zh") return `${at === "first" ? "藏头" : "藏尾"}“${text}”`;
    return `${at} characters spell "${text}"`;
  },
  words: ({ text }) => [Array.from(text).join("\n")],
  test: (text, { text: wanted, by, at }) => {
    const parts = by === "verse" ? versesOf(text) : partsOf(text, by).map((part) => part.text);
    const letters = parts.map((part) => {
      const points = part.match(/[\p{L}\p{N}]/gu) ?? [];
      return (at === "first" ? points[0] : points.at(-1)) ?? "";
    });
    const found = letters.join("");
    return found === wanted
      ? kept(`合成“${wanted}”`, `they spell "${wanted}"`)
      : broken(`合成“${found}”，要求“${wanted}”`, `they spell "${found}", asked for "${wanted}"`);
  },
});
