import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { formsOf, TonePattern } from "../grading/constraints/verse/pattern.ts";
import { RhymeBook } from "../grading/constraints/verse/reading.ts";
import { ruleFaults, toneFaults, verseRules } from "../grading/constraints/verse/regulated.ts";
import { versesOf } from "../grading/constraints/verse/verses.ts";

const Options = z.strictObject({
  pattern: TonePattern.optional().describe("a genre, or one of its four patterns"),
  rules: z
    .array(z.enum(verseRules))
    .min(1)
    .optional()
    .describe("single rules for verse of any form"),
  book: RhymeBook.default("平水韵"),
});

/** Level and oblique tones after the rules of regulated verse. */
export const constraint = defineConstraint({
  id: "tones",
  version: "1",
  title: { zh: "平仄", en: "tones" },
  options: Options,
  check: ({ pattern, rules }) =>
    pattern === undefined && rules === undefined
      ? { zh: "需要 pattern 或 rules", en: "needs pattern or rules" }
      : null,
  describe: ({ pattern, rules = [], book }, lang) => {
    const asked = [pattern ?? [], rules].flat().join("、");
    return lang === "zh" ? `平仄合${asked}（${book}）` : `tones of ${asked} (${book})`;
  },
  test: (text, { pattern, rules, book }) => {
    const verses = versesOf(text);
    if (verses.length === 0) return broken("没有诗句", "there is no verse");
    const [nearest] = (pattern === undefined ? [] : formsOf(pattern))
      .map(({ name, ...form }) => ({ name, faults: toneFaults(verses, { name, ...form }, book) }))
      .toSorted((a, b) => a.faults.length - b.faults.length);
    const faults = [...(nearest?.faults ?? []), ...ruleFaults(verses, rules ?? [], book)];
    if (faults.length === 0)
      return kept(`合${nearest?.name ?? "律"}`, `follows ${nearest?.name ?? "the rules"}`);
    const shown = faults.slice(0, 3);
    const form = nearest === undefined ? "" : `${nearest.name}：`;
    return broken(
      `${form}${shown.map(({ zh }) => zh).join("；")}${faults.length > 3 ? `……共 ${faults.length} 处` : ""}`,
      `${form}${shown.map(({ en }) => en).join("; ")}${faults.length > 3 ? `; ${faults.length} in all` : ""}`,
    );
  },
});
