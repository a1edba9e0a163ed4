import { pinyin } from "pinyin-pro";
import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { inQuotes } from "../grading/constraints/texts.ts";
import { shippedVendorNames } from "../text/names/vendor-names.ts";
import { foldSimplified } from "../text/normalise.ts";

const Options = z.strictObject({
  also: z.array(z.string().min(1)).default([]).describe("further names, such as those of models"),
});

/** Names no vendor of a provider file: with spaces or hyphens between the letters or in pinyin as well. */
export const constraint = defineConstraint({
  id: "names-no-vendor",
  version: "1",
  title: { zh: "不报家门", en: "names no vendor" },
  options: Options,
  describe: (_options, lang) =>
    lang === "zh" ? "不提任何公司或模型的名字" : "names no company and no model",
  test: (text, { also }) => {
    const forms = formsOf(text);
    const found = [...shippedVendorNames(), ...also].filter((name) => isNamed(name, forms));
    return found.length === 0
      ? kept("没有提到公司或模型的名字", "no company or model is named")
      : broken(`提到了${inQuotes(found)}`, `${inQuotes(found)} is named`);
  },
});

type Forms = { readonly words: string; readonly han: string; readonly letters: string };

/** A text with its words apart, its characters close together, and its Latin letters alone. */
function formsOf(text: string): Forms {
  const folded = foldSimplified(text).toLowerCase();
  // G-P-T and g p t are one word.
  const words = folded.replaceAll(/(?<![a-z0-9])[a-z](?:[\s._·-]+[a-z](?![a-z0-9]))+/gu, (word) =>
    word.replaceAll(/[\s._·-]/gu, ""),
  );
  return {
    words,
    han: folded.replaceAll(/[^\p{Script=Han}]/gu, ""),
    letters: folded.normalize("NFD").replaceAll(/[^a-z]/gu, ""),
  };
}

function isNamed(name: string, { words, han, letters }: Forms): boolean {
  const own = foldSimplified(name).toLowerCase();
  if (!/\p{Script=Han}/u.test(own)) return holdsWord(words, own);
  if (han.includes(own)) return true;
  const spoken = pinyin(own, { toneType: "none", type: "array" }).join("");
  return spoken.length >= 6 && letters.includes(spoken);
}

/** Latin letters beside it make another word of it. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[a-z]/u.test(`${text[at - 1] ?? ""}${text[at + word.length] ?? ""}`)) return true;
  return false;
}
