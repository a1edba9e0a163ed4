import { z } from "zod";

import type { Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { isReadable, sameMath } from "../grading/math/same.ts";
import { boxed, markedTails } from "../text/extract.ts";
import { fold } from "../text/normalise.ts";

const Options = z.strictObject({
  ordered: z
    .boolean()
    .default(false)
    .describe("several values count only in the gold's order; points and intervals always do"),
});

/** Mathematically equal formulas: expressions, equations, sets, intervals, points, lists of solutions. */
export const grader = defineGrader({
  id: "math",
  version: "2",
  title: { zh: "数学式", en: "mathematics" },
  options: Options,
  check: (gold) => {
    const texts = goldTexts(gold);
    const bad = texts.find((text) => !isReadable(text));
    if (texts.length > 0 && bad === undefined) return [];
    const given = JSON.stringify(bad ?? gold.answer);
    const message = {
      zh: `标准答案不是能读懂的数学式：${given}`,
      en: `the answer is no formula that can be read: ${given}`,
    };
    return [{ path: "answer", message }];
  },
  grade: ({ gold, reply }, { ordered }): Grade => {
    const found = announcedFormula(fold(reply));
    if (found === null) {
      return { verdict: "unresolved", value: 0, extracted: null, why: "no formula announced" };
    }
    const { formula, why } = found;
    if (goldTexts(gold).some((each) => sameMath(formula, each, ordered))) {
      return { verdict: "right", value: 1, extracted: formula, why };
    }
    return isReadable(formula)
      ? { verdict: "wrong", value: 0, extracted: formula, why }
      : { verdict: "unresolved", value: 0, extracted: formula, why: `${why}: not readable` };
  },
});

type Announced = { readonly formula: string; readonly why: string };

/** The last boxed formula, else the text after the last announcement, else the last line if it is a formula. */
function announcedFormula(text: string): Announced | null {
  const box = boxed(text).at(-1);
  if (box !== undefined && box !== "") return { formula: box, why: "boxed" };
  const tail = markedTails(text).findLast((each) => each !== "");
  if (tail !== undefined) return { formula: formulaOf(tail), why: "marker" };
  const line = text.trim().split("\n").at(-1) ?? "";
  const dressed = Array.from(line.matchAll(/\$([^$\n]+)\$|\\\(([^\n]{0,400}?)\\\)/g)).at(-1);
  if (dressed !== undefined) {
    const result = (dressed[1] ?? dressed[2] ?? "").split("=").at(-1) ?? "";
    return { formula: result.trim(), why: "last formula" };
  }
  return isReadable(line) ? { formula: line.trim(), why: "last line" } : null;
}

/** After an announcement: the formulas between dollars as one list, else the clause without its final full stop. */
function formulaOf(tail: string): string {
  const dressed = Array.from(tail.matchAll(/\$([^$]+)\$/g), (match) => match[1] ?? "");
  if (dressed.length > 0) return dressed.join(",");
  return (tail.split(/[。;]/)[0] ?? "").replace(/[.,]+$/, "").trim();
}
