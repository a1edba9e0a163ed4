import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { sameAs } from "./candidates.ts";
import { evidence, offTopics } from "./evidence.ts";
import { relationsOf } from "./relations.ts";
import { weights } from "./weights.ts";

export type ChosenNumber = {
  readonly claim: Claim;
  /** How likely it is that a person reads this number in the reply, as far as the evidence tells. */
  readonly likely: number;
  /** The next likely number, if any other is claimed. */
  readonly rival: ReadNumber | null;
  /** How likely it is that a person reads none. */
  readonly none: number;
};

/** What is known of a claim, by the names of the evidence. */
export type Observed = Readonly<Record<string, number>>;

/** The evidence on each claim. */
export function observedIn(claims: readonly Claim[], wanted: Wanted): readonly Observed[] {
  const relations = relationsOf(claims, wanted);
  return claims.map((claim, index) => ({
    ...Object.fromEntries(
      Object.entries(evidence).flatMap(([name, holds]) => {
        const value = Number(holds(claim, wanted));
        return value === 0 ? [] : [[name, value]];
      }),
    ),
    ...Object.fromEntries(offTopics(claim, wanted).map((topic) => [`besides_${topic}`, 1])),
    ...relations[index],
  }));
}

/**
 * The number that most likely is the answer: the claims share the probability by a softmax over their evidence, in which
 * `none` stands for a reply without an answer, and a number has what its claims have. Null without claims.
 */
export function chosenOf(
  all: readonly Claim[],
  none: Observed,
  wanted: Wanted,
): ChosenNumber | null {
  const claims = all.slice(-mostClaims);
  const observed = observedIn(claims, wanted);
  const forces = observed.map((each) => Math.exp(weightOf(each)));
  const without = Math.exp(weightOf(none));
  const total = forces.reduce((sum, force) => sum + force, without);
  const values: { claim: Claim; force: number; best: number }[] = [];
  for (const [index, claim] of claims.entries()) {
    const force = forces[index] ?? 0;
    const known = values.find((value) => sameAs(value.claim.number, claim.number));
    if (known === undefined) values.push({ claim, force, best: force });
    else {
      known.force += force;
      if (force > known.best) [known.claim, known.best] = [claim, force];
    }
  }
  const [best, rival] = values.toSorted((a, b) => b.force - a.force);
  if (best === undefined) return null;
  return {
    claim: best.claim,
    likely: best.force / total,
    rival: rival?.claim.number ?? null,
    none: without / total,
  };
}

/** A reply with more numbers is looping; its end is read. */
const mostClaims = 200;

const weightOf = (observed: Observed): number =>
  Object.entries(observed).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0);
