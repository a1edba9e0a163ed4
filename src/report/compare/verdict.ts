import type { Interval } from "../../stats/interval.ts";
import type { Difference } from "./difference.ts";

import { adjusted, type FamilyTest } from "../../stats/difference/family.ts";

export type DifferenceVerdict = "better" | "worse" | "tied" | "not enough data" | "too few items";

/** A difference with its verdict; `p_adjusted` is that of the family of parts, null for the total. */
export type ComparedNode = Difference & {
  readonly kind: "total" | "suite" | "dimension";
  readonly path: readonly string[];
  /** Holm's over the parts that can be told apart at all; null for the total and for the others. */
  readonly p_adjusted: number | null;
  readonly verdict: DifferenceVerdict;
};

/** The data could say neither that something changed nor that nothing did. */
export const isUndecided = (verdict: DifferenceVerdict): boolean =>
  verdict === "not enough data" || verdict === "too few items";

/** The total has this level, and the parts as one family have it once more. */
export const level = 0.05;

/**
 * Gives each difference its verdict. The total is tested at 5%. The parts are one family with another 5% together:
 * those whose least attainable p is too large leave it (Tarone), rows that hold the same items are one hypothesis, and
 * Holm's adjustment runs over the rest. An interval that leaves out 0 is a verdict too, so each is widened to 0 where
 * its test does not reject, and cut off there where it does.
 */
export function judged<Row extends Difference & Pick<ComparedNode, "kind" | "path">>(
  differences: readonly Row[],
  margin: number,
): readonly (Row & ComparedNode)[] {
  const family = familyOf(differences);
  return differences.map((difference) => {
    const isTotal = difference.kind === "total";
    const p_adjusted = isTotal ? null : (family.get(difference.hypothesis) ?? null);
    const p = isTotal ? difference.p : p_adjusted;
    const interval = agreeing(difference, p !== null && p < level);
    const verdict = verdictOf({ ...difference, interval }, p, margin);
    return { ...difference, interval, p_adjusted, verdict };
  });
}

/** Adjusted p-values of the parts that can be tested, by hypothesis. */
function familyOf(
  differences: readonly (Difference & Pick<ComparedNode, "kind">)[],
): ReadonlyMap<string, number> {
  const parts = new Map<string, FamilyTest>();
  for (const { kind, hypothesis, p, least_p } of differences) {
    if (kind !== "total" && p !== null) parts.set(hypothesis, { p, least_p: least_p ?? 0 });
  }
  const found = adjusted([...parts.values()], level);
  return new Map(
    [...parts.keys()].flatMap((hypothesis, index): [string, number][] => {
      const p = found[index] ?? null;
      return p === null ? [] : [[hypothesis, p]];
    }),
  );
}

/** The interval, made to hold 0 where the test does not reject, and to end there where it does. */
export function agreeing(
  { interval, delta }: Pick<Difference, "interval" | "delta">,
  isRejected: boolean,
): Interval | null {
  if (interval === null || delta === null) return interval;
  if (!isRejected) return { low: Math.min(0, interval.low), high: Math.max(0, interval.high) };
  return delta > 0
    ? { low: Math.max(0, interval.low), high: interval.high }
    : { low: interval.low, high: Math.min(0, interval.high) };
}

/**
 * What a difference says: better or worse where `p`, that of the level or the family, is below 5%; tied where the whole
 * interval lies within ±`margin`; else there is not enough data to say, or the items are so few, or so few of them
 * changed, that no result could have shown anything.
 */
function verdictOf(
  { delta, interval, least_p }: Difference,
  p: number | null,
  margin: number,
): DifferenceVerdict {
  if (delta === null || interval === null) return "not enough data";
  if (p !== null && p < level && delta !== 0) return delta > 0 ? "better" : "worse";
  if (interval.low >= -margin && interval.high <= margin) return "tied";
  return p === null || (least_p !== null && least_p > level) ? "too few items" : "not enough data";
}
