import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { approximate } from "../../text/quantity/rational.ts";
import { sameAs } from "./candidates.ts";
import { placesOf } from "./counted.ts";

/** Of 0.96, 即96% the percentage, where the number before the percent sign is asked. */
export function inPercent(
  number: ReadNumber,
  claims: readonly Claim[],
  wanted: Wanted,
): ReadNumber {
  if (!wanted.percent) return number;
  const told = claims.find((claim) => claim.number.percent && sameAs(claim.number, number))?.number;
  return told ?? number;
}

/** 0.15, which may be 15% or 0.15%. */
export const isFraction = ({ unit, percent, text }: ReadNumber): boolean =>
  unit === null && !percent && /^\s*0\.\d+\s*$/.test(text);

/** The claims with 0.15 as 15% where the number before the percent sign is asked and the clause tells a share. */
export const asShares = (claims: readonly Claim[], { percent }: Wanted): readonly Claim[] =>
  percent
    ? claims.map((claim) =>
        isToldAsShare(claim) ? { ...claim, number: { ...claim.number, percent: true } } : claim,
      )
    : claims;

/** Its clause works it out as a quotient or from shares, or tells it as a part of something. */
const isToldAsShare = ({ clause, source, number }: Claim): boolean =>
  isFraction(number) &&
  source === null &&
  (quotient.test(clause) || product.test(clause) || partOf.test(clause));

/** 200 / 1600 = 0.125 */
const quotient = seldom(/[\d.)]\s*[/÷]\s*[(\d][^=]*=\s*0\.\d+\s*$/);
/** 1×1.2×0.8=0.96: of the whole, with no factor of 2 or more. */
const product = seldom(
  /(?<![\d.×*])(?:1|[01]\.\d+)(?:\s*[×*]\s*(?:1|[01]\.\d+))+\s*=\s*0\.\d+\s*$/,
);
/** 占原来的0.15, 相当于原价的 0.96, 占比为0.15 */
const partOf = seldom(
  /(?:占|相当于|等于|[是为剩])[^,。=\d]{1,12}的\s?0\.\d+\s*$|(?:占比|比例|比率|率)\s?(?:约?[是为]|[=≈:])\s?0\.\d+\s*$/,
);

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
