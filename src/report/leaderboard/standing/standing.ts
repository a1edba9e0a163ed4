import type { Interval } from "../../../stats/interval.ts";
import type { Reduction } from "../../../stats/trials/trials.ts";
import type { Method, Node } from "../../score/tree.ts";
import type { ItemValues } from "../../score/weigh.ts";
import type { Items, View } from "../../view/model.ts";

import { adjusted } from "../../../stats/difference/family.ts";
import { noDifference, type PairedValues, pairedTotal } from "../../compare/difference.ts";
import { drawsFor } from "../../compare/nodes.ts";
import { pairUp } from "../../compare/pairing.ts";
import { agreeing, level } from "../../compare/verdict.ts";
import { itemValues } from "../../score/score.ts";

/** Two ranked targets, item by item: what `compare` finds of them, and whether the board says so. */
export type StandingPair = {
  /** The target with the higher score. */
  readonly above: string;
  readonly below: string;
  /** Of the items that both answered, above less below; null where there are none. */
  readonly delta: number | null;
  readonly interval: Interval | null;
  /** As `compare` of these two alone. */
  readonly p: number | null;
  /** Holm's over all pairs of the board that could be told apart at all; null of those that could not. */
  readonly p_adjusted: number | null;
  /** The smallest difference that these two would show in 80 of 100 cases. */
  readonly detectable: number | null;
  readonly told_apart: boolean;
  /** Why a difference beyond chance parts nobody: the board's `tie`, or verdicts that judges owe. */
  readonly held: "tie" | "unjudged" | null;
};

/** One that takes part: its score as a fraction of 1, with its bounds where judges gave no verdict on some answers. */
export type Contender = {
  readonly target: string;
  readonly score: number;
  readonly bounds: Interval | null;
};

export type StandingRules = {
  readonly root: Node;
  readonly method: Method;
  /** In points. */
  readonly tie: number;
  /** Item values of two targets on the items that count for both; null where there is nothing. */
  readonly pairOf: (base: string, fresh: string) => PairedValues | null;
};

/** The seed of `compare`, so that both draw the same p. */
const seed = 7;

/**
 * Every pair of the contenders, the higher score first: the paired test of their totals, which all pairs together keep at
 * 5%. Whether intervals of two scores overlap says nothing here: both answered the same items, and what is hard for one is
 * hard for the other. Contenders come by score, highest first.
 */
export function standingOf(
  items: Items,
  contenders: readonly Contender[],
  rules: StandingRules,
): readonly StandingPair[] {
  const draws = drawsFor(rules.root);
  const pairs = contenders.flatMap((above, place) =>
    contenders.slice(place + 1).map((below) => {
      const values = rules.pairOf(below.target, above.target);
      const found =
        values === null
          ? noDifference
          : pairedTotal(rules.root, values, items, rules.method, { seed, draws });
      return { above, below, found };
    }),
  );
  const tests = adjusted(
    pairs.map(({ found: { p, least_p } }) => ({ p: p ?? 1, least_p: least_p ?? 1 })),
    level,
  );
  return pairs.map(({ above, below, found }, index) => {
    const p_adjusted = tests[index] ?? null;
    const { delta, p, detectable } = found;
    const isBeyondChance = p_adjusted !== null && p_adjusted < level && (delta ?? 0) > 0;
    const interval = agreeing(found, p !== null && p < level);
    const held = isBeyondChance ? heldBy(above, below, interval, rules.tie) : null;
    const told_apart = isBeyondChance && held === null;
    const names = { above: above.target, below: below.target };
    return { ...names, delta, interval, p, p_adjusted, detectable, told_apart, held };
  });
}

/** How the targets of a view are paired: by the rows of one item and trial that count on both sides. */
export const pairedIn =
  (view: View, reduction: Reduction): StandingRules["pairOf"] =>
  (base, fresh) => {
    const [a, b] = [view.byRef.get(base), view.byRef.get(fresh)];
    if (a === undefined || b === undefined) return null;
    if (reduction === "mean") return pairUp({ view, target: a }, { view, target: b });
    return bothCounted(itemValues(view, a, reduction), itemValues(view, b, reduction));
  };

/** The values of items that have one on both sides. */
export function bothCounted(baseValues: ItemValues, newValues: ItemValues): PairedValues {
  const where = (values: ItemValues, others: ItemValues): ItemValues =>
    values.map((value, item) => (Number.isNaN(others[item]) ? Number.NaN : value));
  return {
    baseValues: where(baseValues, newValues),
    newValues: where(newValues, baseValues),
  };
}

/** No place is certain that a verdict which judges refused could change, nor within the points of a tie. */
function heldBy(
  above: Contender,
  below: Contender,
  interval: Interval | null,
  tie: number,
): StandingPair["held"] {
  // Rounded, so that 66.96 - 66.94 counts as 0.02.
  const points = Math.round((above.score - below.score) * 100 * 1e9) / 1e9;
  if (points < tie) return "tie";
  const owed =
    above.score -
    Math.min(above.score, above.bounds?.low ?? 1) +
    Math.max(below.score, below.bounds?.high ?? 0) -
    below.score;
  return owed > 0 && (interval?.low ?? 0) - owed <= 0 ? "unjudged" : null;
}
