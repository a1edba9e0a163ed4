import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";
import { unsolved } from "./clauses.ts";
import { checks, weightOf, wordOf } from "./evidence.ts";

export type Choice = {
  /** `several` where different numbers have nothing that tells them apart. */
  readonly value: ReadNumber | "several";
  readonly claim: Claim;
  /** No other claim says anything else. */
  readonly only: boolean;
};

type Weighed = { readonly claim: Claim; readonly weight: number };

/** Of all that is claimed the value for which most speaks; of equal ones in different sentences the later. Null without claims. */
export function chosenOf(all: readonly Claim[], wanted: Wanted): Choice | null {
  const claims = all.slice(-mostClaims);
  const last = claims.at(-1)?.at ?? 0;
  const uses = usesOf(claims);
  const weighed = claims.map((claim, index) => ({
    claim,
    weight:
      weightOf(claim, wanted) +
      laterBy * (last === 0 ? 0 : claim.at / last) -
      ((uses.get(digitsOf(claim)) ?? -1) > index ? step : 0),
  }));
  const [best, ...others] = byValue(weighed).toSorted((a, b) => b.weight - a.weight);
  if (best === undefined) return null;
  const rival = others.find(
    ({ weight, claim }) =>
      claim.at === best.claim.at &&
      best.weight - weight < (wordOf(claim.number) === wordOf(best.claim.number) ? alike : unlike),
  );
  return {
    value: rival === undefined ? best.claim.number : "several",
    claim: best.claim,
    only: others.length === 0,
  };
}

/** A reply with more numbers is looping; its end is read. */
const mostClaims = 400;
/** What the last of several sentences has before the first. */
const laterBy = 1.5;
/** A number with which another is calculated later. */
const step = 2.5;
/** Said again, a value counts more. */
const again = 0.8;
/** How much more must speak for one number than for another beside it, under the same measure word or another. */
const alike = 0.85;
const unlike = 0.5;

/** Numbers with which a later one is calculated, 96 in 100-96=4, and the last claim that does. */
function usesOf(claims: readonly Claim[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const [index, { clause, number, sentence }] of claims.entries()) {
    const sign = Math.max(clause.lastIndexOf("="), clause.lastIndexOf("≈"));
    if (sign < 0 || checks.test(sentence)) continue;
    const used = unsolved.test(clause) ? clause : clause.slice(0, sign);
    const own = digitsOf({ number });
    for (const [digits] of used.matchAll(/\d[\d.,]*/g))
      if (digits !== own || unsolved.test(clause)) uses.set(digits, index);
  }
  return uses;
}

const digitsOf = ({ number }: Pick<Claim, "number">): string =>
  /\d[\d.,]*/.exec(number.text)?.[0] ?? "";

/** One entry for each value, with the claim that says it best. */
function byValue(weighed: readonly Weighed[]): readonly Weighed[] {
  const values: Weighed[] = [];
  const repeated = new Set<number>();
  for (const each of weighed) {
    const index = values.findIndex(({ claim }) => sameAs(claim.number, each.claim.number));
    const known = values[index];
    if (known === undefined) values.push(each);
    else {
      if (Math.min(known.weight, each.weight) > 0) repeated.add(index);
      if (each.weight > known.weight) values[index] = each;
    }
  }
  return values.map((each, index) =>
    repeated.has(index) ? { ...each, weight: each.weight + again } : each,
  );
}
