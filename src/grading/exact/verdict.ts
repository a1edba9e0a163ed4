import type { Gold, Grade } from "../../domain/grader.ts";
import type { FoldMode } from "../../text/answer-fold.ts";

import { foldAnswer, undressed } from "../../text/answer-fold.ts";
import { placesOf, searchable } from "../../text/occurrence.ts";
import { goldTexts } from "../graders.ts";
import { isHeadOf } from "../value/places/asserted.ts";
import { isHedged } from "../value/places/forms.ts";
import { isSame } from "./same.ts";

/** The gold stands in what was read, with something else: 字梦阮, 鄱阳湖还是洞庭湖. That may be right or wrong. */
export const isMore = (forms: readonly string[], gold: Gold): boolean =>
  forms.some((form) => {
    const text = searchable(undressed(form));
    return (
      isHedged(form) ||
      goldTexts(gold).some((each) => placesOf(each, text).some(({ negated }) => !negated))
    );
  });

/** An announced text that is no gold: one with a gold at its end (那位写《出师表》的诸葛亮), or with more beside it. */
export function headed(stated: readonly string[], gold: Gold, grade: Grade): Grade {
  const head = goldTexts(gold).find((each) =>
    stated.some((form) => isHeadOf(each, form, gold.question)),
  );
  if (head !== undefined)
    return {
      verdict: "right",
      value: 1,
      extracted: head,
      why: grade.why,
      notes: { doubtful: true },
    };
  if (!isMore(stated, gold)) return grade;
  const why = `more than an answer: ${grade.why}`;
  return { verdict: "unresolved", value: 0, extracted: grade.extracted, why };
}

/** A reply, or an answer in it, without a letter. */
export const empty: Grade = { verdict: "unresolved", value: 0, extracted: null, why: "empty" };

/** The grade of an answer that is written in these forms, of which any may be the gold. */
export function verdictOn(
  extracted: string,
  forms: readonly string[],
  gold: Gold,
  mode: FoldMode,
  why: string,
): Grade {
  const golds = goldTexts(gold);
  const keys = new Set(golds.map((text) => foldAnswer(text, mode)));
  const folded = forms.map((form) => foldAnswer(form, mode));
  if (folded.every((form) => form === "")) return empty;
  const isRight =
    folded.some((form) => keys.has(form)) ||
    (mode === "text" &&
      forms.some((form) => golds.some((each) => isSame(form, each, gold.question))));
  return isRight
    ? { verdict: "right", value: 1, extracted, why }
    : { verdict: "wrong", value: 0, extracted, why };
}
