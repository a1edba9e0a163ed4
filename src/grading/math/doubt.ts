import type { WantedFormula } from "./asked.ts";
import type { FormulaChoice } from "./choose.ts";
import type { FormulaClaim } from "./claims.ts";

import { onlyApproximates, signsOf } from "./evidence.ts";
import { isReadable, sameMath } from "./same.ts";

/**
 * Not concluded, beside other formulas; or concluded, and it only approximates, or another one is concluded or follows
 * without being a check.
 */
export function isSpokenAgainst(
  { claim, rival }: FormulaChoice,
  claims: readonly FormulaClaim[],
  wanted: WantedFormula,
): boolean {
  if (onlyApproximates(claim, wanted)) return true;
  if (rival === null) return false;
  if (!claim.concludes) return true;
  const from = claims.indexOf(claim);
  return claims.some(
    (other, index) =>
      index > from &&
      other.formula !== claim.formula &&
      !signsOf(other, wanted)["checks"] &&
      isReadable(other.formula) &&
      !sameMath(other.formula, claim.formula, false),
  );
}

/** The only formula of a reply, concluded and no mere approximation. */
export const isSure = (claim: FormulaClaim, wanted: WantedFormula): boolean =>
  claim.concludes && !onlyApproximates(claim, wanted);

/** 2+2i,它的模为2√2: an announcement that tells more than its formula. */
export const goesOnInWords = (formula: string): boolean =>
  /[,，;；].*\p{Script=Han}{2}/u.test(formula);

/** 最大值为$2$，最小值为$1$: two are named alike in one sentence, and no question tells which is asked. */
export const isTwin = (
  { claim, rival, likely }: FormulaChoice,
  { squeezed: question }: WantedFormula,
) =>
  question === "" &&
  rival !== null &&
  rival.at === claim.at &&
  likely < sureAlone &&
  named.test(claim.before) &&
  named.test(rival.before);
const sureAlone = 0.95;
const named = /\p{Script=Han}{2}(?:是|为|:)\s*$/u;
