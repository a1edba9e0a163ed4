import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes, listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: Texts, ...foldShape });

/** Marks that may stand behind the wanted text where it has none of its own. */
const closing = /[。！？!?.…；;，,、”’」』）)】*\s]/u;

const isClosing = (point: string | undefined): boolean =>
  point !== undefined && closing.test(point);

/** The text ends with the wanted one, or with one of several. */
export const constraint = defineConstraint({
  id: "ends",
  version: "1",
  title: { zh: "结尾", en: "ending" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `以${inQuotes(listOf(text))}结尾` : `ends with ${inQuotes(listOf(text))}`,
  words: ({ text }) => listOf(text).slice(0, 1),
  test: (text, { text: wanted, fold }) => {
    const own = folded(text, fold);
    const found = listOf(wanted).some((each) => endsWith(own, folded(each, fold)));
    const all = inQuotes(listOf(wanted));
    const last = Array.from(text).slice(-20).join("").replaceAll(/\s+/g, " ");
    return found
      ? kept(`以${all}结尾`, `ends with ${all}`)
      : broken(`结尾是“${last}”，要求${all}`, `ends with "${last}", asked for ${all}`);
  },
});

const endsWith = (text: string, wanted: string): boolean =>
  text.endsWith(wanted) || (!isClosing(wanted.at(-1)) && withoutClosing(text).endsWith(wanted));

function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && isClosing(text[end - 1])) end -= 1;
  return text.slice(0, end);
}
