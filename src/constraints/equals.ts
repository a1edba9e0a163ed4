import { z } from "zod";

import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";
import { folded, foldShape, inQuotes, listOf, Texts } from "../grading/constraints/texts.ts";

const Options = z.strictObject({ text: Texts, ...foldShape });

/** The text is the wanted one, or one of several, letter by letter. */
export const constraint = defineConstraint({
  id: "equals",
  version: "1",
  title: { zh: "原样", en: "exact text" },
  options: Options,
  describe: ({ text }, lang) =>
    lang === "zh" ? `就是${inQuotes(listOf(text))}` : `is ${inQuotes(listOf(text))}`,
  test: (text, { text: wanted, fold }) => {
    const own = folded(text, fold);
    const form = (each: string): string => folded(each, fold).trim();
    if (listOf(wanted).some((each) => own === form(each))) return kept("完全一致", "identical");
    const goal = form(listOf(wanted)[0] ?? "");
    const [at, got, asked] = firstDifference(own, goal);
    return broken(
      `第 ${at} 个字符起不同：“${quoted(got)}”，要求“${quoted(asked)}”`,
      `differs from character ${at} on: "${quoted(got)}", asked for "${quoted(asked)}"`,
    );
  },
});

function firstDifference(text: string, goal: string): readonly [number, string, string] {
  const [a, b] = [Array.from(text), Array.from(goal)];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return [at + 1, a.slice(at).join(""), b.slice(at).join("")];
}
