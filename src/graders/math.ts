import { z } from "zod";

import type { Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { wantedFormula } from "../grading/math/asked.ts";
import { findFormula } from "../grading/math/find.ts";
import { isInForm } from "../grading/math/form.ts";
import { isReadable, sameMath } from "../grading/math/same.ts";
import { readerNeeds, readerOption, readerStamp, withReader } from "../grading/reader/reader.ts";

const Options = z.strictObject({
  ordered: z
    .boolean()
    .default(false)
    .describe("several values count only in the gold's order; points and intervals always do"),
  ...readerOption,
});

type Options = z.infer<typeof Options>;

/** Mathematically equal formulas: expressions, equations, sets, intervals, points, lists of solutions. */
export const grader = defineGrader({
  id: "math",
  version: "10",
  title: { zh: "数学式", en: "mathematics" },
  options: Options,
  reads: ["answer", "aliases"],
  needs: readerNeeds,
  stamp: readerStamp,
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
  grade: withReader(
    ({ gold, reply }, { ordered }: Options): Grade => {
      const found = findFormula(reply, wantedFormula(goldTexts(gold), gold.question));
      if (found === null) {
        return { verdict: "unresolved", value: 0, extracted: null, why: "no formula announced" };
      }
      const { formula, why, doubtful } = found;
      if (formula === null) return { verdict: "unresolved", value: 0, extracted: null, why };
      const noted = doubtful ? { notes: { doubtful } } : {};
      const grade = { extracted: formula, why, ...noted };
      if (
        goldTexts(gold).some(
          (each) => sameMath(formula, each, ordered) && isInForm(formula, each, gold.question),
        )
      ) {
        return { verdict: "right", value: 1, ...grade };
      }
      return isReadable(formula)
        ? { verdict: "wrong", value: 0, ...grade }
        : { verdict: "unresolved", value: 0, ...grade, why: `${why}: not readable` };
    },
    () => ({ kind: "formula" }),
  ),
});
