import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { sameAs } from "./candidates.ts";
import { type Observed, observedOn } from "./evidence.ts";
import { relationsOf } from "./relations.ts";
import { weights } from "./weights.ts";

export type ChosenNumber = {
  readonly claim: Claim;
  /** How likely it is that a person reads this number in the reply, as far as the evidence tells. */
  readonly likely: number;
  readonly number: ReadNumber;
  /** The next likely number, if any other is claimed. */
  readonly rival: Claim | null;
  /** How likely it is that a person reads none. */
  readonly none: number;
};

/** The evidence on each claim. */
export function observedIn(claims: readonly Claim[], wanted: Wanted): readonly Observed[] {
  const own = observedOn(claims, wanted);
  const relations = relationsOf(claims, own, wanted);
  return own.map((each, index) => ({ ...each, ...relations[index] }));
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
  const lone = loneOf(claims, none);
  if (lone !== null) return lone;
  const forces = observedIn(claims, wanted).map((each) => Math.exp(weightOf(each)));
  const without = Math.exp(weightOf(none));
  const total = forces.reduce((sum, force) => sum + force, without);
  const values = valuesOf(claims, forces);
  const [best, rival] = values.toSorted((a, b) => b.force - a.force);
  if (best === undefined) return null;
  return {
    claim: best.claim,
    likely: best.force / total,
    rival: rival?.claim ?? null,
    none: without / total,
    number: {
      ...best.claim.number,
      elsewhere: claims
        .map(({ number }) => number)
        .filter((number) => number !== best.claim.number && sameAs(number, best.claim.number)),
    },
  };
}

const isFirstNumber = ({ source, isFirst }: Claim): boolean => source !== null && isFirst;

/** One announced value, nothing else after it, and nothing in the reply that takes it back: no evidence is needed. */
function loneOf(claims: readonly Claim[], none: Observed): ChosenNumber | null {
  const claim = claims.findLast(isFirstNumber);
  if (claim === undefined) return null;
  for (const name in none) if (!harmless.has(name)) return null;
  const isLone = claims.every(
    ({ source, at, part, number }) =>
      !part.corrects &&
      !part.corrected &&
      ((source === null && at < claim.at) || sameAs(number, claim.number)),
  );
  if (!isLone || claim.supposed || hedged.test(claim.sentence)) return null;
  const elsewhere = claims
    .map(({ number }) => number)
    .filter((number) => number !== claim.number && sameAs(number, claim.number));
  return { claim, likely: 1, rival: null, none: 0, number: { ...claim.number, elsewhere } };
}

const hedged = seldom(/如果|假如|要是|若(?!干)|而不是|[?]\s*$|\bif\b/i);
const harmless: ReadonlySet<string> = new Set(["none", "noneAlone"]);

type Value = { readonly claim: Claim; readonly force: number; readonly best: number };

/** The different values with the force of all their claims, and of these the one that announces it, else the strongest. */
function valuesOf(claims: readonly Claim[], forces: readonly number[]): readonly Value[] {
  const values: Value[] = [];
  for (const [index, claim] of claims.entries()) {
    const force = forces[index] ?? 0;
    const at = values.findIndex((value) => sameAs(value.claim.number, claim.number));
    const known = values[at];
    if (known === undefined) {
      values.push({ claim, force, best: force });
      continue;
    }
    const isAnnounced = claim.source !== null && known.claim.source === null;
    const isWeaker = claim.source === null && known.claim.source !== null;
    const leads = isAnnounced || (!isWeaker && force > known.best);
    values[at] = {
      claim: leads ? claim : known.claim,
      force: known.force + force,
      best: leads ? force : known.best,
    };
  }
  return values;
}

/** A reply with more numbers is looping; its end is read. */
const mostClaims = 200;

const weightOf = (observed: Observed): number =>
  Object.entries(observed).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0);
