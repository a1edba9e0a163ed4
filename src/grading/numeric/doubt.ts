import type { Wanted } from "./candidates.ts";
import type { ChosenNumber } from "./choose.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";
import { checks } from "./phrases.ts";

/** It is announced or concluded. */
export const isStated = ({ source, concludes }: Claim): boolean => source !== null || concludes;

/**
 * Neither announced nor concluded, beside other numbers; or another one is announced or concluded as well, or follows a
 * conclusion without being a check or what the question gives.
 */
export function isSpokenAgainst(
  { claim, rival }: ChosenNumber,
  claims: readonly Claim[],
  { asked }: Wanted,
): boolean {
  if (rival === null) return false;
  if (!isStated(claim)) return true;
  const from = claims.indexOf(claim);
  return claims.some(
    (other, index) =>
      !sameAs(other.number, claim.number) &&
      !other.part.corrected &&
      ((isStated(other) && other.isFirst) ||
        (claim.source === null &&
          index > from &&
          !checks.test(other.sentence) &&
          !asked.given.some((given) => sameAs(given, other.number)))),
  );
}

/** The only number of a reply, with nothing else in its sentence: 【36】, **36 元**. */
export const isAlone = ({ claim: { sentence, number }, rival }: ChosenNumber): boolean =>
  rival === null && sentence.replace(number.text, "").replaceAll(/[^\p{L}\p{N}]/gu, "").length <= 2;
