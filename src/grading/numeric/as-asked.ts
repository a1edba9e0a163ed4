import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { approximate } from "../../text/quantity/rational.ts";
import { sameAs } from "./candidates.ts";
import { placesOf } from "./counted.ts";

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

/** 22.9 for 22.86, where one decimal is asked and the reply rounds to it as well. */
export function roundedAsAsked(
  number: ReadNumber,
  claims: readonly Claim[],
  { asked: { places } }: Wanted,
): ReadNumber {
  if (places === null || placesOf(number.text) <= places) return number;
  const value = approximate(number.low);
  const rounded = claims.find(({ number: other }) => {
    const written = Number(/\d[\d,]*\.\d+/.exec(other.text)?.[0].replaceAll(",", ""));
    if (placesOf(other.text) !== places || Number.isNaN(written) || written === 0) return false;
    // Half a step of what is written, in whatever unit.
    const step = Math.abs(approximate(other.low) / written) * 10 ** -places;
    return (
      other.unit?.kind === number.unit?.kind &&
      Math.abs(approximate(other.low) - value) <= step * 0.5001
    );
  });
  return rounded?.number ?? number;
}
