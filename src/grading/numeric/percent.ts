import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";

/** Of 0.96, 即96% the percentage, where the number before the percent sign is asked; a quotient below 1 is a share too. */
export function inPercent(
  number: ReadNumber,
  claims: readonly Claim[],
  wanted: Wanted,
): ReadNumber {
  if (!wanted.percent) return number;
  const told = claims.find((claim) => claim.number.percent && sameAs(claim.number, number))?.number;
  const isQuotient =
    number.unit === null &&
    /^\s*0\.\d+\s*$/.test(number.text) &&
    claims.some(
      (claim) =>
        claim.source === null && sameAs(claim.number, number) && quotient.test(claim.clause),
    );
  return told ?? (isQuotient ? { ...number, percent: true } : number);
}

/** 200 / 1600 = 0.125 */
const quotient = /[\d.)]\s*[/÷]\s*[(\d][^=]*=\s*0\.\d+\s*$/;
