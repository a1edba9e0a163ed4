import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { weightOf } from "./evidence.ts";
import { isReadable, sameMath } from "./same.ts";

export type FormulaChoice = {
  readonly claim: FormulaClaim;
  readonly weight: number;
  /** A different formula from which nothing tells it apart. */
  readonly rival: FormulaClaim | null;
};

/** A reply with more formulas is looping; its end is read. */
const mostClaims = 120;
/** What the last of several sentences has before the first, and the last formula of a sentence before its first. */
const laterBy = 0.8;
const laterWithin = 0.6;
/** For which so much speaks is an answer; what follows is beside it. */
const enough = 5.5;
const afterwards = 2;
/** So many are tried before none is readable. */
const mostTries = 12;

/** Of all formulas the readable one for which most speaks; null without any and in a loop. */
export function chosenOf(
  all: readonly FormulaClaim[],
  wanted: WantedFormula,
  within: "first" | "last",
): FormulaChoice | null {
  const claims = all.slice(-mostClaims);
  if (loops(claims)) return null;
  const rank = (claim: FormulaClaim): number =>
    within === "last" ? claim.fromEnd : -claim.fromEnd;
  const last = Math.max(0, ...claims.map(({ at }) => at));
  const own = claims.map((claim) => weightOf(claim, wanted));
  const answered = claims.find((_, index) => (own[index] ?? 0) >= enough)?.at ?? last;
  const weighed = claims
    .map((claim, index) => ({
      claim,
      weight:
        (own[index] ?? 0) +
        laterBy * (last === 0 ? 0 : claim.at / last) -
        laterWithin * Math.min(1, rank(claim) / 4) -
        (claim.at > answered && !claim.concludes ? afterwards : 0),
    }))
    .toSorted((a, b) => b.weight - a.weight || b.claim.at - a.claim.at);
  const [first] = weighed;
  const [best = first, ...others] = weighed
    .slice(0, mostTries)
    .filter(({ claim }) => isReadable(claim.formula));
  if (first === undefined || best === undefined) return null;
  // For one that cannot be read much more may speak.
  if (first.weight - best.weight > unreadable) return { ...first, rival: null };
  const rival = others
    .filter(({ weight, claim }) => best.weight - weight < marginOf(best.claim, claim, wanted))
    .find(({ claim }) => !sameMath(claim.formula, best.claim.formula, false));
  return { ...best, rival: rival?.claim ?? null };
}

const unreadable = 3;

/**
 * How much more must speak for one formula than for a different one in its sentence; most where both are named
 * (最大值为, 最小值为) and no question tells which is asked.
 */
function marginOf(best: FormulaClaim, other: FormulaClaim, { words }: WantedFormula): number {
  if (best.at !== other.at) return 0.2;
  return words.size === 0 && named.test(best.before) && named.test(other.before) ? 1.2 : 0.3;
}

const named = /\p{Script=Han}{2}(?:是|为|:)\s*$/u;

/** The same formula again and again, with others in turn. */
function loops(claims: readonly FormulaClaim[]): boolean {
  const last = claims.slice(-8).map(({ formula }) => formula);
  return (
    last.length === 8 && new Set(last).size === 2 && last[0] === last[2] && last[1] === last[3]
  );
}
