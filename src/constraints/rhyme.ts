import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { partsOf } from "../grading/constraints/parts.ts";
import { canBe, readingOf, RhymeBook } from "../grading/constraints/verse/reading.ts";
import { versesOf } from "../grading/constraints/verse/verses.ts";

const Options = z.strictObject({
  lines: z
    .array(z.int().positive())
    .min(2)
    .optional()
    .describe("which lines rhyme; without it every second one"),
  by: z
    .enum(["verse", "line", "sentence"])
    .default("verse")
    .describe("verse: what stands between marks"),
  book: RhymeBook.default("新韵"),
  tone: z.enum(["平", "仄"]).optional().describe("class of the rhyming characters"),
  same: z.boolean().default(false).describe("a character may rhyme with itself"),
});

/** The last characters of lines rhyme: their readings have a group in common. */
export const constraint = defineConstraint({
  id: "rhyme",
  version: "1",
  title: { zh: "押韵", en: "rhyme" },
  options: Options,
  describe: ({ lines, book, tone = "" }, lang) => {
    const zh = lang === "zh";
    const which = lines?.join("、") ?? (zh ? "双数" : "even");
    return zh ? `第 ${which} 句押${tone}韵（${book}）` : `lines ${which} rhyme ${tone} (${book})`;
  },
  test: (text, { lines, by, book, tone, same }) => {
    const all = by === "verse" ? versesOf(text) : partsOf(text, by).map((part) => part.text);
    const asked = lines ?? all.flatMap((_, at) => (at % 2 === 1 ? [at + 1] : []));
    const missing = asked.find((n) => n > all.length);
    if (missing !== undefined || asked.length < 2)
      return broken(`只有 ${all.length} 句`, `there are ${all.length} lines only`);
    const ends = asked.map((n) => (all[n - 1]?.match(/\p{Script=Han}/gu) ?? []).at(-1) ?? "");
    const shown = ends.join("、");
    if (!same && new Set(ends).size < ends.length)
      return broken(`韵脚重复：${shown}`, `a rhyming character comes twice: ${shown}`);
    if (!shareGroup(ends, book))
      return broken(`${shown}不同韵（${book}）`, `${shown} do not rhyme (${book})`);
    const off = tone === undefined ? undefined : ends.find((end) => !canBe(end, tone, book));
    return off === undefined
      ? kept(`${shown}押韵`, `${shown} rhyme`)
      : broken(`“${off}”不是${tone}声`, `"${off}" is not ${tone}`);
  },
});

/** Characters that no book holds rhyme with nothing. */
function shareGroup(ends: readonly string[], book: RhymeBook): boolean {
  const [first, ...rest] = ends.map((end) => readingOf(end, book).groups);
  return [...(first ?? [])].some((group) => rest.every((groups) => groups.has(group)));
}
