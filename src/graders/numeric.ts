import { z } from "zod";

import type { Gold } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { afterLastMarker, boxed } from "../text/extract.ts";
import { goldTexts } from "../text/gold.ts";
import { fold, stripLatex, stripMarkdown } from "../text/normalise.ts";
import { numbersIn } from "../text/numerals.ts";

const Options = z.strictObject({
  relative: z.number().nonnegative().default(0).describe("share of the gold still right"),
});

/** Reads one number of the reply: behind a marker, boxed, in 【】, else the last one. */
export const grader = defineGrader({
  id: "numeric",
  version: "1",
  title: { zh: "数值", en: "number" },
  options: Options,
  check: (gold) =>
    goldNumbers(gold).length > 0
      ? []
      : [{ path: "answer", message: { zh: "标准答案不是数字", en: "the answer is not a number" } }],
  grade: ({ gold, reply }, { relative }) => {
    const found = find(fold(reply));
    if (found === null)
      return { verdict: "unresolved", value: 0, extracted: null, why: "no number" };
    const tolerance = gold.tolerance ?? 0;
    const right = goldNumbers(gold).some(
      (wanted) =>
        Math.abs(found.value - wanted) <=
        Math.max(tolerance, relative * Math.abs(wanted), 1e-9 * Math.abs(wanted)),
    );
    const notes = { format_followed: found.why === "bracket" };
    return {
      verdict: right ? "right" : "wrong",
      value: right ? 1 : 0,
      extracted: found.text,
      why: found.why,
      notes,
    };
  },
});

const goldNumbers = (gold: Gold): readonly number[] =>
  goldTexts(gold).flatMap((text) => {
    const [first] = numbersIn(fold(text));
    return first === undefined ? [] : [first.value];
  });

function find(text: string) {
  const bare = stripLatex(
    stripMarkdown(text.replaceAll(/\\d?frac\{([^{}]*)\}\{([^{}]*)\}/g, "$1/$2")),
  );
  const tiers: readonly (readonly [why: string, part: string | null | undefined])[] = [
    ["bracket", [...bare.matchAll(/【([^【】\n]{1,40})】/g)].at(-1)?.[1]],
    ["boxed", boxed(bare).at(-1)],
    ["marker", afterLastMarker(bare)],
    ["last number", bare],
  ];
  for (const [why, part] of tiers) {
    const numbers = part === null || part === undefined ? [] : numbersIn(part);
    const seen = why === "marker" ? numbers[0] : numbers.at(-1);
    if (seen !== undefined) return { ...seen, why };
  }
  return null;
}
