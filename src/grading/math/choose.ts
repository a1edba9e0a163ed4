import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { formulaKey } from "../../text/formula.ts";
import { type FormulaSigns, signsOf } from "./evidence.ts";
import { standingOf } from "./relations.ts";
import { sameMath } from "./same.ts";
import { weights } from "./weights.ts";

export type FormulaChoice = {
  readonly claim: FormulaClaim;
  /** How likely it is that a person reads this formula in the reply, as far as the evidence tells. */
  readonly likely: number;
  /** How likely it is that a person reads none. */
  readonly none: number;
  /** The next likely formula, if any other is claimed. */
  readonly rival: FormulaClaim | null;
};

/** A reply with more formulas is looping; its end is read. */
const mostClaims = 120;
/** So many of the likeliest are compared as formulas; others only as text. */
const mostCompared = 6;

/** The evidence on each formula, by itself and beside the others. */
export function evidenceOn(
  claims: readonly FormulaClaim[],
  wanted: WantedFormula,
): readonly FormulaSigns[] {
  const own = claims.map((claim) => signsOf(claim, wanted));
  const standing = standingOf(claims, own);
  return own.map((each, index) => ({ ...each, ...standing[index] }));
}

/**
 * The formula that most likely is the answer: the claims share the probability by a softmax over their evidence, in which
 * `none` stands for a reply without an answer (null where there must be one), and a formula has what all that equal it have. Null without any and in a loop.
 */
export function chosenOf(
  all: readonly FormulaClaim[],
  none: FormulaSigns | null,
  wanted: WantedFormula,
): FormulaChoice | null {
  const claims = all.slice(-mostClaims);
  if (loops(claims)) return null;
  const signs = evidenceOn(claims, wanted);
  const forces = signs.map((each) => Math.exp(weightOf(each)));
  const without = none === null ? 0 : Math.exp(weightOf(none));
  const total = forces.reduce((sum, force) => sum + force, without);
  const solved = signs.map((each) => each["unsolved"] === undefined);
  const [best, rival] = valuesOf(claims, forces, solved);
  if (best === undefined) return null;
  return {
    claim: best.claim,
    likely: best.force / total,
    none: without / total,
    rival: rival?.claim ?? null,
  };
}

type FormulaForce = {
  readonly claim: FormulaClaim;
  readonly force: number;
  readonly solved: boolean;
  /** The force of its strongest claim. */
  readonly best: number;
};

/** The different formulas with the force of all their claims, the strongest first; x=1±3 stands for x-1=±3 too. */
function valuesOf(
  claims: readonly FormulaClaim[],
  forces: readonly number[],
  solved: readonly boolean[],
): readonly FormulaForce[] {
  const byKey = new Map<string, FormulaForce>();
  for (const [index, claim] of claims.entries()) {
    const force = forces[index] ?? 0;
    const key = formulaKey(claim.formula);
    const own = { claim, force, best: force, solved: solved[index] === true };
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? own : together(known, own));
  }
  const values: FormulaForce[] = [];
  const ranked = [...byKey.values()].toSorted((a, b) => b.force - a.force);
  for (const [index, value] of ranked.entries()) {
    const at =
      index < mostCompared
        ? values.findIndex((each) => sameMath(each.claim.formula, value.claim.formula, false))
        : -1;
    const known = values[at];
    if (known === undefined) values.push(value);
    else values[at] = together(known, value);
  }
  return values.toSorted((a, b) => b.force - a.force);
}

function together(a: FormulaForce, b: FormulaForce): FormulaForce {
  const lead = a.solved === b.solved ? (b.best > a.best ? b : a) : a.solved ? a : b;
  return { ...lead, force: a.force + b.force };
}

/** The same formula again and again, with others in turn. */
function loops(claims: readonly FormulaClaim[]): boolean {
  const last = claims.slice(-8).map(({ formula }) => formula);
  return (
    last.length === 8 && new Set(last).size === 2 && last[0] === last[2] && last[1] === last[3]
  );
}

const weightOf = (signs: FormulaSigns): number =>
  Object.entries(signs).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0);
