import { z } from "zod";

import { boundsProblem, boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { syllablesOf } from "../grading/constraints/verse/reading.ts";

const Options = z.strictObject({
  from: z.array(z.string().min(2)).min(2).describe("the idioms that count"),
  link: z
    .enum(["character", "sound"])
    .default("character")
    .describe("sound: a character of the same syllable will do"),
  first: z.string().min(2).optional(),
  ...boundsShape,
});

/** 成语接龙: every idiom begins with the last character of the one before it, all of them from the item's list. */
export const constraint = defineConstraint({
  id: "idiom-chain",
  version: "1",
  title: { zh: "成语接龙", en: "idiom chain" },
  options: Options,
  check: ({ from: _f, link: _l, first: _s, ...bounds }) => boundsProblem(bounds),
  describe: ({ from: _f, link: _l, first, ...bounds }, lang) => {
    const head = first === undefined ? "" : lang === "zh" ? `从“${first}”起` : ` from "${first}"`;
    return lang === "zh"
      ? `${head}接龙${boundsText(bounds, lang)} 个成语`
      : `a chain of ${boundsText(bounds, lang)} idioms${head}`;
  },
  test: (text, { from, link, first, ...bounds }) => {
    const chain = text.split(/[^\p{Script=Han}]+/u).filter((each) => each !== "");
    const [head = ""] = chain;
    if (first !== undefined && head !== first)
      return broken(
        `第一个是“${head}”，要求“${first}”`,
        `begins with "${head}", asked for "${first}"`,
      );
    const strange = chain.find((idiom) => !from.includes(idiom));
    if (strange !== undefined)
      return broken(`“${strange}”不在题目的成语表里`, `"${strange}" is not in the item's list`);
    const twice = chain.find((idiom, at) => chain.indexOf(idiom) < at);
    if (twice !== undefined) return broken(`“${twice}”重复`, `"${twice}" comes twice`);
    const gap = chain
      .slice(1)
      .findIndex((idiom, at) => !follows(chain[at] ?? "", idiom, link === "sound"));
    if (gap >= 0)
      return broken(
        `“${chain[gap] ?? ""}”接不上“${chain[gap + 1] ?? ""}”`,
        `"${chain[gap + 1] ?? ""}" does not follow "${chain[gap] ?? ""}"`,
      );
    return isWithin(chain.length, bounds)
      ? kept(`接了 ${chain.length} 个成语`, `${chain.length} idioms`)
      : broken(
          `${chain.length} 个成语，要求${boundsText(bounds, "zh")}`,
          `${chain.length} idioms, asked for ${boundsText(bounds, "en")}`,
        );
  },
});

function follows(before: string, idiom: string, bySound: boolean): boolean {
  const [last = "", first = ""] = [Array.from(before).at(-1), Array.from(idiom)[0]];
  if (last === first) return true;
  return bySound && syllablesOf(last).some((each) => syllablesOf(first).includes(each));
}
