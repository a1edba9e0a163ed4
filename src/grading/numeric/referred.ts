import type { ReadNumber } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";
import { calculation, refers } from "./clauses.ts";

/** 前者 or 后者 of the two numbers told last, where the reply ends with that. */
export function referredTo(
  sentences: readonly string[],
  claims: readonly Claim[],
): ReadNumber | null {
  const at = sentences.findLastIndex((sentence) => refers.test(sentence));
  const match = refers.exec(sentences[at] ?? "");
  if (match === null || at < sentences.length - 3) return null;
  // 后者, 因此中标金额为80万元: it says the number itself.
  const behind = (sentences[at] ?? "").slice(match.index);
  if (/\d/.test(behind) || claims.some((claim) => claim.at > at)) return null;
  const [, first, second] = match;
  const last = claims.at(-1)?.number;
  if (last === undefined) return null;
  const others = claims.filter(
    ({ number }) =>
      !sameAs(number, last) && (number.unit === null || number.unit.kind === last.unit?.kind),
  );
  const other = (others.findLast(({ clause }) => calculation.test(clause)) ?? others.at(-1))
    ?.number;
  return (first ?? second) === "前者" ? (other ?? null) : last;
}
