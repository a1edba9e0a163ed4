import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { partsOf, PartKind } from "../grading/constraints/parts.ts";
import { partNoun } from "../grading/constraints/scope.ts";

const Options = z.strictObject({
  of: z.union([z.literal("汉字"), PartKind.exclude(["part"])]).default("汉字"),
  except: z.string().default("").describe("characters that may come again"),
});

/** No character twice; or no two sentences, lines … alike. */
export const constraint = defineConstraint({
  id: "no-repeat",
  version: "1",
  title: { zh: "不重复", en: "no repetition" },
  options: Options,
  describe: ({ of }, lang) => {
    const noun = of === "汉字" ? { zh: "字", en: "character" } : partNoun(of);
    return lang === "zh" ? `没有重复的${noun.zh}` : `no ${noun.en} twice`;
  },
  test: (text, { of, except }) => {
    const all =
      of === "汉字"
        ? (text.match(/\p{Script=Han}/gu) ?? []).filter((each) => !except.includes(each))
        : partsOf(text, of).map((part) => part.text.replaceAll(/[\p{P}\s]/gu, ""));
    const seen = new Set<string>();
    for (const each of all) {
      if (seen.has(each)) return broken(`“${each}”重复`, `"${each}" comes twice`);
      seen.add(each);
    }
    return kept(`${all.length} 个，没有重复`, `${all.length}, none twice`);
  },
});
